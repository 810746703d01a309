"""A letter: queued once, then printed once or rejected once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from eventkit.decider import Decider, Rejected
from notifications.domain.registry import registry

# A letter's id is the name of its file in the batch.
LETTER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")


class Reason(Enum):
    """Why a letter is not sent; the same words leave in `letter_rejected`."""

    KEY_DESTROYED = "key_destroyed"
    NO_ADDRESS = "no_address"
    EXPIRED = "expired"
    NOT_PRINTABLE = "not_printable"


@registry.event("LetterQueued")
@dataclass(frozen=True)
class LetterQueued:
    """`pin_sealed` is HPKE to the print key, context `<letter id>|pin`; unreadable once that key is destroyed."""

    letter_id: str
    template: str
    language: str
    participant_id: str
    pin_sealed: str
    print_key_id: str
    expires_on: date


@registry.event("NoticeQueued")
@dataclass(frozen=True)
class NoticeQueued:
    """A letter with nothing in it to be sealed. Whom it goes to, and what it tells, waits in the spool."""

    letter_id: str
    template: str
    language: str
    participant_id: str


@registry.event("LetterResealed")
@dataclass(frozen=True)
class LetterResealed:
    """It waits on for its addressee, sealed to the next key, so that the old one could be destroyed."""

    pin_sealed: str
    print_key_id: str


@registry.event("LetterPrinted")
@dataclass(frozen=True)
class LetterPrinted:
    letter_id: str
    participant_id: str
    template: str
    batch_id: str
    printed_on: date


@registry.event("LetterRejected")
@dataclass(frozen=True)
class LetterRejected:
    letter_id: str
    participant_id: str
    reason: Reason


@dataclass(frozen=True)
class QueueLetter:
    letter_id: str
    template: str
    language: str
    participant_id: str
    pin_sealed: str
    print_key_id: str
    expires_on: date


@dataclass(frozen=True)
class QueueNotice:
    letter_id: str
    template: str
    language: str
    participant_id: str


@dataclass(frozen=True)
class ResealLetter:
    pin_sealed: str
    print_key_id: str


@dataclass(frozen=True)
class MarkLetterPrinted:
    batch_id: str
    printed_on: date


@dataclass(frozen=True)
class RejectLetter:
    reason: Reason


@dataclass(frozen=True)
class Letter:
    """`queued` is what was asked for, `end` what became of it."""

    queued: LetterQueued | NoticeQueued | None = None
    end: LetterPrinted | LetterRejected | None = None


Command = QueueLetter | QueueNotice | ResealLetter | MarkLetterPrinted | RejectLetter
Event = LetterQueued | NoticeQueued | LetterResealed | LetterPrinted | LetterRejected


def decide(command: Command, letter: Letter) -> Sequence[Event]:
    if isinstance(command, QueueLetter):
        return _queue(LetterQueued(**vars(command)), letter)
    if isinstance(command, QueueNotice):
        return _queue(NoticeQueued(**vars(command)), letter)
    if letter.queued is None:
        raise Rejected("unknown_letter")
    if isinstance(command, ResealLetter):
        if letter.end:
            raise Rejected("letter_is_settled")
        if isinstance(letter.queued, NoticeQueued):
            raise Rejected("nothing_is_sealed")
        return [LetterResealed(command.pin_sealed, command.print_key_id)]
    return _end(command, letter.queued, letter.end)


def _queue(wanted: LetterQueued | NoticeQueued, letter: Letter) -> Sequence[Event]:
    if not LETTER_ID.fullmatch(wanted.letter_id):
        raise Rejected("bad_letter_id")
    if letter.queued is None:
        return [wanted]
    if letter.queued != wanted:
        raise Rejected("letter_id_taken")
    return []


def _end(command: MarkLetterPrinted | RejectLetter, queued: LetterQueued | NoticeQueued,
         end: LetterPrinted | LetterRejected | None) -> Sequence[Event]:
    wanted: LetterPrinted | LetterRejected
    if isinstance(command, MarkLetterPrinted):
        wanted = LetterPrinted(queued.letter_id, queued.participant_id, queued.template, command.batch_id,
                               command.printed_on)
    else:
        wanted = LetterRejected(queued.letter_id, queued.participant_id, command.reason)
    if end is None:
        return [wanted]
    if end != wanted:
        raise Rejected("letter_is_settled")
    return []


def evolve(letter: Letter, event: Event) -> Letter:
    match event:
        case LetterQueued() | NoticeQueued():
            return Letter(queued=event)
        case LetterResealed():
            return letter
        case LetterPrinted() | LetterRejected():
            return Letter(letter.queued, event)


letter = Decider("letter", Letter(), decide, evolve)
