"""What the outside answers to what the engine asks. Money is cents, times are the agency's."""

from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from typing import Literal

from eventkit.secret import Secret

PaymentList = Literal["made", "sent"]


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
    """Both lists, newest first; `held` of what was paid in the caller's cases and was not sent on yet."""

    made: tuple[Payment, ...] = field(repr=False)
    sent: tuple[Payment, ...] = field(repr=False)
    as_of: datetime
    held: int = field(default=0, repr=False)


@dataclass(frozen=True)
class Owed:
    """What is owed in all cases the caller pays in, or in all they are paid in (`role` payor, payee or alleged).

    `next_cents` are due on `next_on`, which is None where nothing is expected."""

    role: str
    due_now: int
    past_due: int
    interest: int
    next_on: Date | None = None
    next_cents: int = 0


@dataclass(frozen=True)
class Balance:
    """One for each role the caller has."""

    owed: tuple[Owed, ...] = field(repr=False)
    as_of: datetime


@dataclass(frozen=True)
class Case:
    """`number`: the court's, else ours. `standing` payor | payee | alleged; `monthly` is the support in force."""

    reference: str = field(repr=False)
    number: str = field(repr=False)
    standing: str
    is_open: bool
    monthly: int = field(repr=False)
    has_order: bool = True


@dataclass(frozen=True)
class Cases:
    cases: tuple[Case, ...]
    as_of: datetime


@dataclass(frozen=True)
class Meeting:
    """A hearing or an appointment to come. `kind`: key of its name; `court` and its department for hearings alone."""

    reference: str = field(repr=False)
    kind: str
    at: datetime
    is_off: bool
    court: str | None = None
    department: str | None = None


@dataclass(frozen=True)
class Dates:
    meetings: tuple[Meeting, ...]
    as_of: datetime


@dataclass(frozen=True)
class Office:
    """`place` is what FindOffice finds it by again; its name in each language, and its telephone number's digits."""

    place: str
    name_en: str
    name_es: str
    phone: str


@dataclass(frozen=True)
class Offices:
    offices: tuple[Office, ...]


@dataclass(frozen=True)
class FoundOffice:
    """None where there is no such place, or none of ours."""

    office: Office | None


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


Result = (LoggedIn | NotAccepted | PinChanged | PinTooWeak | PinRequested | Payments | Balance | Cases | Dates | Offices
          | FoundOffice | LoggedOut | AgentFound | Unavailable)


@dataclass(frozen=True)
class Answer:
    result: Result
