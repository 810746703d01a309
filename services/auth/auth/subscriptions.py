"""What this service hears: who is on file (cases), and the keys and fates of letters (notifications)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from auth.credentials import follow
from auth.domain.account import account
from auth.domain.commands import NoteLetterNotSent, RecordParticipant
from auth.handlers import ask_for_letter
from auth.identifiers import index
from auth.keys import Keys, keys_of
from auth.print_keys import PrintKey, announce, note_destroyed
from eventkit.application import Application
from eventkit.public import Envelope
from eventkit.subscription import Subscription, by_type
from eventkit.unit import Unit
from servicekit.settings import Settings


def subscriptions(app: Application, _settings: Settings) -> Sequence[Subscription]:
    record = partial(record_participant, keys_of(app))
    return (
        Subscription("accounts", "cases", by_type(app, {
            "cases.participant_registered.v1": record,
            "cases.participant_changed.v1": record,
        })),
        Subscription("letters", "notifications", by_type(app, {
            "notifications.print_key_announced.v1": keep_print_key,
            "notifications.letter_rejected.v1": answer_rejection,
        })),
    )


def record_participant(keys: Keys, unit: Unit, envelope: Envelope) -> None:
    """Opens the account, or notes what changed; the index follows. An SSN that cannot be opened parks the event."""
    data = envelope.data
    participant_id, changed_on, sealed = data["participant_id"], data["address_self_changed_on"], data["ssn_sealed"]
    unit.decide(account, participant_id, RecordParticipant(
        participant_id, data["language"], bool(data["address_valid"] and data["address_enc"]),
        date.fromisoformat(changed_on) if changed_on else None))
    ssn = keys.open(sealed, f"{participant_id}|ssn") if sealed else None
    index(unit.conn, keys.index, participant_id, ssn, sealed)


def keep_print_key(unit: Unit, envelope: Envelope) -> None:
    """Requests that waited for a key are served with it."""
    key = PrintKey(envelope.data["print_key_id"], envelope.data["public_key"])
    announce(unit.conn, key, envelope.position)


def answer_rejection(unit: Unit, envelope: Envelope) -> None:
    """A key that was gone: the letter goes out anew under the next one. Any other reason: the PIN is withdrawn."""
    participant_id, letter_id = envelope.data["participant_id"], envelope.data["letter_id"]
    temporary = unit.state(account, participant_id).temporary
    if temporary is None or temporary.letter_id != letter_id:
        return
    if envelope.data["reason"] == "key_destroyed":
        note_destroyed(unit.conn, temporary.print_key_id)
        ask_for_letter(unit, participant_id, replaces=letter_id)
    else:
        outcome = unit.decide(account, participant_id, NoteLetterNotSent(letter_id))
        follow(unit.conn, participant_id, outcome.events)
