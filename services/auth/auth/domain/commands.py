"""What an account can be asked. What only the outside knows (time, which verifier matched, new ids) is a field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from auth.domain.words import IssueReason


@dataclass(frozen=True)
class RecordParticipant:
    """The whole state of a participant as far as an account minds it."""

    participant_id: str
    language: str
    address_valid: bool
    address_self_changed_on: date | None


@dataclass(frozen=True)
class RequestPin:
    channel: str


@dataclass(frozen=True)
class IssueTemporaryPin:
    """`now` UTC, `today` the agency's date; the PIN stays outside. `replaces`: the letter that was not printed."""

    now: datetime
    today: date
    letter_id: str
    pin_sealed: str
    print_key_id: str
    reason: IssueReason = IssueReason.REQUEST
    replaces: str | None = None


@dataclass(frozen=True)
class NoteLetterNotSent:
    """A letter will never be sent, for another reason than a key that was gone."""

    letter_id: str


@dataclass(frozen=True)
class Matched:
    """Which verifiers the PIN that was given fits; `letter_id` is the temporary one's."""

    letter_id: str | None = None
    standing: bool = False


@dataclass(frozen=True)
class LogIn:
    """`change_mark`: the mark of the proof that a forced change will have to show."""

    channel: str
    now: datetime
    today: date
    matched: Matched
    change_mark: str


@dataclass(frozen=True)
class ChangeForcedPin:
    """After a log-in with a temporary PIN. `fault`: which rule the new PIN breaks."""

    channel: str
    now: datetime
    change_mark: str
    fault: str | None


@dataclass(frozen=True)
class ChangePin:
    """With the current PIN, which is counted like a log-in when it is wrong."""

    channel: str
    now: datetime
    current_matched: bool
    fault: str | None


@dataclass(frozen=True)
class DisableAccount:
    operator: str
    reason: str


@dataclass(frozen=True)
class UnlockAccount:
    operator: str
    reason: str


Command = (
    RecordParticipant | RequestPin | IssueTemporaryPin | NoteLetterNotSent | LogIn | ChangeForcedPin | ChangePin
    | DisableAccount | UnlockAccount
)
