"""What goes in and out of the call engine: inputs, turns, requests to the outside and their answers.

All values are frozen. What a caller keys or says is a `Secret` from the moment it arrives, so that no repr,
log line or error can show it.
"""

from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from typing import Literal

from eventkit.secret import Secret
from gateway.catalogue import Language
from gateway.phone.dialog import Digits, State

PaymentList = Literal["made", "sent"]


@dataclass(frozen=True)
class Call:
    """Where a call stands. `after` and `last` are references of payments: the one before the page that was
    read out, and the last one on it; paging by reference keeps its place when a payment arrives meanwhile.
    `account_version` is that of the account when the caller was last let in."""

    state: State = State.GREETING
    language: Language = "en"
    tries: int = 0
    misses: int = 0
    failures: int = 0
    rejections: int = 0
    listing: PaymentList | None = None
    participant: str | None = field(default=None, repr=False)
    identifier: Secret | None = None
    new_pin: Secret | None = None
    proof: Secret | None = None
    account_version: int = 0
    after: str | None = field(default=None, repr=False)
    last: str | None = field(default=None, repr=False)


# What the caller does


@dataclass(frozen=True)
class Dialled:
    """The call has just come in."""


@dataclass(frozen=True)
class Keys:
    pressed: Secret


@dataclass(frozen=True)
class Words:
    said: Secret


@dataclass(frozen=True)
class Silence:
    pass


@dataclass(frozen=True)
class NoMatch:
    """The platform heard something that fits nothing it was told to expect."""


@dataclass(frozen=True)
class AskAgain:
    """The caller's answer was lost on the way, by no fault of theirs."""


@dataclass(frozen=True)
class HangUp:
    pass


# What the engine asks of the outside


@dataclass(frozen=True)
class LogIn:
    identifier: Secret
    pin: Secret


@dataclass(frozen=True)
class ChoosePin:
    """The forced change: `proof` is what the log-in with the temporary PIN gave."""

    participant: str = field(repr=False)
    proof: Secret | None
    pin: Secret


@dataclass(frozen=True)
class RequestPin:
    identifier: Secret


@dataclass(frozen=True)
class LoadPayments:
    participant: str = field(repr=False)
    account_version: int = 0


@dataclass(frozen=True)
class LoadBalance:
    participant: str = field(repr=False)
    account_version: int = 0


@dataclass(frozen=True)
class FindAgent:
    pass


Request = LogIn | ChoosePin | RequestPin | LoadPayments | LoadBalance | FindAgent


# What the outside answers


@dataclass(frozen=True)
class LoggedIn:
    """`must_change`: the PIN was a temporary one; `proof` then proves this call when the new PIN is set."""

    participant: str = field(repr=False)
    must_change: bool
    proof: Secret | None = None
    account_version: int = 0


@dataclass(frozen=True)
class NotAccepted:
    """Unknown, wrong or locked: never said which."""


@dataclass(frozen=True)
class PinChanged:
    account_version: int = 0


@dataclass(frozen=True)
class PinTooWeak:
    pass


@dataclass(frozen=True)
class PinRequested:
    pass


@dataclass(frozen=True)
class Payment:
    """One row of a list. `status`: "" or one of readout.SPOKEN_STATUSES; others are not spoken."""

    reference: str
    on: Date
    cents: int
    status: str = ""


@dataclass(frozen=True)
class Payments:
    """Both lists, newest first, and the agency's local time they are true as of."""

    made: tuple[Payment, ...] = field(repr=False)
    sent: tuple[Payment, ...] = field(repr=False)
    as_of: datetime


@dataclass(frozen=True)
class Owed:
    """What is owed in all cases the caller pays in, or in all they are paid in (`role` payor or payee); cents.

    `next_cents` are due on `next_on`, which is None where nothing is expected."""

    role: str
    due_now: int
    past_due: int
    interest: int
    next_on: Date | None = None
    next_cents: int = 0


@dataclass(frozen=True)
class Balance:
    """One for each role the caller has, and the agency's local time they are true as of."""

    owed: tuple[Owed, ...] = field(repr=False)
    as_of: datetime


@dataclass(frozen=True)
class LoggedOut:
    """The PIN was changed elsewhere, or the account disabled, since the caller was let in."""


@dataclass(frozen=True)
class AgentFound:
    """`destination`: a telephone address (tel:+1...) to transfer to, None out of hours."""

    destination: str | None


@dataclass(frozen=True)
class Unavailable:
    """The service that would answer is away."""


Result = (
    LoggedIn | NotAccepted | PinChanged | PinTooWeak | PinRequested | Payments | Balance | LoggedOut
    | AgentFound | Unavailable
)


@dataclass(frozen=True)
class Answer:
    result: Result


Input = Dialled | Keys | Words | Silence | NoMatch | AskAgain | HangUp | Answer


# What the engine gives back


@dataclass(frozen=True)
class Line:
    """A text of the catalogue to be said, its values already in words."""

    key: str
    language: Language
    values: tuple[tuple[str, str | int], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Listen:
    """What is expected: single `keys`, or `digits` ended by #, and `words` (pairs of language and phrase).

    Where `digits` are expected they are secret: no speech, no read-back, longer waiting."""

    language: Language
    keys: tuple[str, ...]
    words: tuple[tuple[Language, str], ...] = ()
    digits: Digits | None = None
    wait_seconds: int = 6


@dataclass(frozen=True)
class Turn:
    """What is said and then expected. Without `listen` the call ends after the words, or is transferred."""

    language: Language
    lines: tuple[Line, ...]
    listen: Listen | None
    transfer: str | None = None


@dataclass(frozen=True)
class Ask:
    request: Request
