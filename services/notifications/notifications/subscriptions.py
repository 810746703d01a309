"""What this service hears: who lives where (cases), and which PINs are to be mailed (auth)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from eventkit.application import Application
from eventkit.public import Envelope
from eventkit.subscription import Subscription, by_type
from eventkit.unit import Unit
from notifications.domain.letter import QueueLetter, Reason, RejectLetter, letter
from notifications.letters.pin_letter import TEMPLATE
from notifications.tables import address_book, print_keys, spool


def subscriptions(app: Application, _settings: Any) -> Sequence[Subscription]:
    return (
        Subscription("address_book", "cases", by_type(app, {
            "cases.participant_registered.v1": keep_address,
            "cases.participant_changed.v1": keep_address,
        })),
        Subscription("letters", "auth", by_type(app, {"auth.temporary_pin_issued.v1": queue_pin_letter})),
    )


def keep_address(unit: Unit, envelope: Envelope) -> None:
    """The whole state of a participant, as encrypted as it came."""
    data = envelope.data
    row = {name: data[name] for name in
           ("participant_id", "name_enc", "address_enc", "address_valid", "language", "email_enc")}
    unit.conn.execute(insert(address_book).values(row)
                      .on_conflict_do_update(index_elements=["participant_id"], set_=row))


def queue_pin_letter(unit: Unit, envelope: Envelope) -> None:
    """Queues the letter, once; one that is sealed to a key that is gone can only be refused."""
    data = envelope.data
    queued = {"letter_id": data["letter_id"], "template": TEMPLATE, "language": data["language"],
              "participant_id": data["participant_id"], "pin_sealed": data["pin_sealed"],
              "print_key_id": data["print_key_id"], "expires_on": date.fromisoformat(data["expires_on"])}
    if not unit.decide(letter, queued["letter_id"], QueueLetter(**queued)).events:
        return
    if not _key_lives(unit, queued["print_key_id"]):
        unit.decide(letter, queued["letter_id"], RejectLetter(Reason.KEY_DESTROYED))
        return
    unit.conn.execute(spool.insert().values(**queued, queued_at=unit.now))


def _key_lives(unit: Unit, print_key_id: str) -> bool:
    """Holds the key's row until the letter is in the spool: a batch that ends now then sees it and spares the key."""
    query = select(print_keys.c.private_enc).where(print_keys.c.print_key_id == print_key_id)
    return unit.conn.execute(query.with_for_update(read=True)).scalar_one_or_none() is not None
