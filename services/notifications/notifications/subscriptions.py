"""What this service hears: who lives where and whose contact was changed (cases), which PINs to mail (auth)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from eventkit.application import Application
from eventkit.public import Envelope
from eventkit.subscription import Subscription, by_type
from eventkit.unit import Unit
from notifications.domain.letter import QueueLetter, QueueNotice, Reason, RejectLetter, letter
from notifications.domain.mail import QueueMail, mail
from notifications.letters import contact_letter, pin_letter
from notifications.mailing import contact_email
from notifications.mailing.settings import is_on
from notifications.tables import address_book, outgoing_mail, print_keys, spool

# One event, one letter and one e-mail: their numbers follow from the event's, however often that is heard.
_LETTERS = uuid.UUID("a3b0c9d4-58a5-4f1e-9d0c-6a3f0e5b7c21")
_MAILS = uuid.UUID("5f7e2c1b-0c8d-4a6e-8f43-2d9b7a10e6c4")


def subscriptions(app: Application, settings: Any) -> Sequence[Subscription]:
    return (
        Subscription("address_book", "cases", by_type(app, {
            "cases.participant_registered.v1": keep_address,
            "cases.participant_changed.v1": keep_address,
            "cases.contact_changed.v1": partial(tell_old_contact, by_email=is_on(settings)),
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
    queued = {"letter_id": data["letter_id"], "template": pin_letter.TEMPLATE, "language": data["language"],
              "participant_id": data["participant_id"], "pin_sealed": data["pin_sealed"],
              "print_key_id": data["print_key_id"], "expires_on": date.fromisoformat(data["expires_on"])}
    if not unit.decide(letter, queued["letter_id"], QueueLetter(**queued)).events:
        return
    if not _key_lives(unit, queued["print_key_id"]):
        unit.decide(letter, queued["letter_id"], RejectLetter(Reason.KEY_DESTROYED))
        return
    unit.conn.execute(spool.insert().values(**queued, queued_at=unit.now))


def tell_old_contact(unit: Unit, envelope: Envelope, *, by_email: bool) -> None:
    """A letter to where they lived before, where mail arrived, and an e-mail to their old address; once an event."""
    data = envelope.data
    if data["old_address_valid"] and data["old_address_enc"]:
        _queue_letter(unit, envelope)
    if by_email and data["old_email_enc"]:
        _queue_email(unit, envelope)


def _queue_letter(unit: Unit, envelope: Envelope) -> None:
    data = envelope.data
    queued = {"letter_id": str(uuid.uuid5(_LETTERS, envelope.id)), "template": contact_letter.TEMPLATE,
              "language": data["language"], "participant_id": data["participant_id"]}
    if not unit.decide(letter, queued["letter_id"], QueueNotice(**queued)).events:
        return
    unit.conn.execute(spool.insert().values(
        **queued, queued_at=unit.now, name_enc=data["name_enc"], address_enc=data["old_address_enc"],
        changed=data["changed"], changed_on=date.fromisoformat(data["on"])))


def _queue_email(unit: Unit, envelope: Envelope) -> None:
    data = envelope.data
    mail_id = str(uuid.uuid5(_MAILS, envelope.id))
    queued = QueueMail(mail_id, contact_email.TEMPLATE, data["language"], data["participant_id"])
    if not unit.decide(mail, mail_id, queued).events:
        return
    unit.conn.execute(outgoing_mail.insert().values(
        mail_id=mail_id, participant_id=data["participant_id"], language=data["language"],
        email_enc=data["old_email_enc"], changed_on=date.fromisoformat(data["on"]), queued_at=unit.now,
        next_try_at=unit.now))


def _key_lives(unit: Unit, print_key_id: str) -> bool:
    """Holds the key's row until the letter is in the spool: a batch that ends now then sees it and spares the key."""
    query = select(print_keys.c.private_enc).where(print_keys.c.print_key_id == print_key_id)
    return unit.conn.execute(query.with_for_update(read=True)).scalar_one_or_none() is not None
