"""What happens to an account. None of these holds a PIN, a verifier, an SSN or an identifier somebody typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from auth.domain.registry import registry
from auth.domain.words import Act, IssueReason, Refused, Superseded


@registry.event("AccountOpened")
@dataclass(frozen=True)
class AccountOpened:
    participant_id: str
    language: str


@registry.event("LanguageChanged")
@dataclass(frozen=True)
class LanguageChanged:
    language: str


@registry.event("MailingAddressChanged")
@dataclass(frozen=True)
class MailingAddressChanged:
    """`valid`: there is an address and mail reaches it. `self_changed_on`: None where the agency said it."""

    valid: bool
    self_changed_on: date | None


@registry.event("PinRequested")
@dataclass(frozen=True)
class PinRequested:
    channel: str


@registry.event("PinRequestRefused")
@dataclass(frozen=True)
class PinRequestRefused:
    reason: Refused


@registry.event("TemporaryPinIssued")
@dataclass(frozen=True)
class TemporaryPinIssued:
    """`pin_sealed`: HPKE to the print key, context `<letter id>|pin`; nobody can read it once that key is destroyed.

    `expires_on` is the last day on which it opens anything, in the agency's time zone. `replaces`: the letter that
    was never printed, instead of which this one goes out.
    """

    participant_id: str
    language: str
    letter_id: str
    issued_at: datetime
    expires_on: date
    pin_sealed: str
    print_key_id: str
    reason: IssueReason
    replaces: str | None = None


@registry.event("TemporaryPinSuperseded")
@dataclass(frozen=True)
class TemporaryPinSuperseded:
    letter_id: str
    reason: Superseded


@registry.event("TemporaryPinUsed")
@dataclass(frozen=True)
class TemporaryPinUsed:
    letter_id: str


@registry.event("LogInSucceeded")
@dataclass(frozen=True)
class LogInSucceeded:
    """`change_mark` is the SHA-256 of the 128 random bits that prove this session in the forced change."""

    channel: str
    must_change: bool
    change_mark: str | None = None
    change_until: datetime | None = None


@registry.event("LogInFailed")
@dataclass(frozen=True)
class LogInFailed:
    """A wrong PIN, counted. `act`: the current PIN is asked for again before it is changed."""

    channel: str
    act: Act = Act.LOG_IN


@registry.event("LogInRefused")
@dataclass(frozen=True)
class LogInRefused:
    """Not looked at, so not counted: the account was locked, or a change had no valid proof."""

    channel: str
    act: Act = Act.LOG_IN


@registry.event("AccountLocked")
@dataclass(frozen=True)
class AccountLocked:
    """`until` None: disabled until a PIN out of a later letter is used.

    `failures`: how many in a row made the lock; of a disabled account, how many tries a PIN had.
    """

    since: datetime
    until: datetime | None
    failures: int


@registry.event("PinChanged")
@dataclass(frozen=True)
class PinChanged:
    channel: str


@registry.event("AccountDisabled")
@dataclass(frozen=True)
class AccountDisabled:
    """By an operator; no PIN opens it and no letter is sent until an operator unlocks it."""

    operator: str
    reason: str


@registry.event("AccountUnlocked")
@dataclass(frozen=True)
class AccountUnlocked:
    """The lock ended, and the next begins short. The tries at a PIN are not forgotten."""

    operator: str
    reason: str


Event = (
    AccountOpened | LanguageChanged | MailingAddressChanged | PinRequested | PinRequestRefused | TemporaryPinIssued
    | TemporaryPinSuperseded | TemporaryPinUsed | LogInSucceeded | LogInFailed | LogInRefused | AccountLocked
    | PinChanged | AccountDisabled | AccountUnlocked
)
