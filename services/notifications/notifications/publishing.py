"""What leaves this service: keys to seal PINs to, and what became of each letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from eventkit.public import PublicCatalog, PublicEvent
from eventkit.store import Recorded
from notifications.domain.letter import LetterPrinted, LetterRejected, Reason
from notifications.domain.print_key import PrintKeyAnnounced

catalog = PublicCatalog("notifications")


@catalog.event("print_key_announced", 1)
class PrintKeyAnnouncedV1(Schema):
    """From now on PINs for letters are sealed to this key (HPKE, X25519, base64 of 32 bytes)."""

    print_key_id = fields.String(required=True)
    public_key = fields.String(required=True)


@catalog.event("letter_printed", 1)
class LetterPrintedV1(Schema):
    """The letter is in a finished print batch; whatever it was sealed with is gone."""

    letter_id = fields.String(required=True)
    participant_id = fields.String(required=True)
    template = fields.String(required=True)
    batch_id = fields.String(required=True)
    printed_on = fields.Date(required=True)


@catalog.event("letter_rejected", 1)
class LetterRejectedV1(Schema):
    """The letter will not be sent; a new one, sealed to the current key, may be."""

    letter_id = fields.String(required=True)
    participant_id = fields.String(required=True)
    reason = fields.String(required=True, validate=validate.OneOf([reason.value for reason in Reason]))


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    made = PUBLISHED.get(type(recorded.event))
    return [made(recorded.event)] if made else []


def _key(event: PrintKeyAnnounced) -> PublicEvent:
    data = {"print_key_id": event.print_key_id, "public_key": event.public_key}
    return catalog.make("print_key_announced", 1, event.print_key_id, data)


def _printed(event: LetterPrinted) -> PublicEvent:
    data = {"letter_id": event.letter_id, "participant_id": event.participant_id, "template": event.template,
            "batch_id": event.batch_id, "printed_on": event.printed_on.isoformat()}
    return catalog.make("letter_printed", 1, event.letter_id, data)


def _rejected(event: LetterRejected) -> PublicEvent:
    data = {"letter_id": event.letter_id, "participant_id": event.participant_id, "reason": event.reason.value}
    return catalog.make("letter_rejected", 1, event.letter_id, data)


# Everything else (queued, notices too, resealed, batches, destroyed keys) stays here.
PUBLISHED: dict[type, Callable[[Any], PublicEvent]] = {
    PrintKeyAnnounced: _key,
    LetterPrinted: _printed,
    LetterRejected: _rejected,
}
