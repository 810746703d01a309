"""What follows from an account's history: installments with all that changed them, interest, assistance, lots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from payments.domain.account.events import Lot
from payments.domain.words import Assistance, Bucket, HoldReason, Kind, Program
from payments.rules.interest import InterestTerms
from payments.rules.months import next_month


@dataclass(frozen=True)
class Term:
    effective_on: date
    monthly_cents: int
    ends_on: date | None


@dataclass(frozen=True)
class Obligation:
    order_id: str
    kind: Kind
    interest: InterestTerms
    terms: tuple[Term, ...]
    """In the order of their days."""

    def amount_on(self, day: date) -> int:
        """Cents a month in force on a day."""
        before = [term for term in self.terms if term.effective_on <= day]
        if not before or (before[-1].ends_on and before[-1].ends_on < day):
            return 0
        return before[-1].monthly_cents


@dataclass(frozen=True)
class Installment:
    """`movements` are (day it counts for, cents); what is charged is positive, what is credited negative."""

    obligation_id: str
    kind: Kind
    due: date
    bucket: Bucket
    charged: int
    movements: tuple[tuple[date, int], ...]

    @property
    def key(self) -> str:
        return key_of(self.obligation_id, self.due)

    @property
    def open(self) -> int:
        return sum(cents for _, cents in self.movements)

    def open_on(self, day: date) -> int:
        """By what counts for that day or one before."""
        return sum(cents for on, cents in self.movements if on <= day)


@dataclass(frozen=True)
class Interest:
    """Of one obligation and bucket, in cents."""

    obligation_id: str
    kind: Kind
    bucket: Bucket
    posted: int = 0
    credited: int = 0
    brought: int = 0
    """The part of `posted` that came from elsewhere and is not ours to recompute."""

    @property
    def open(self) -> int:
        return self.posted - self.credited


@dataclass(frozen=True)
class AidPeriod:
    program: Program
    begins_on: date
    ends_on: date | None
    """The first day without."""
    children: int


@dataclass(frozen=True)
class Account:
    """Mappings are replaced, never changed; their order is that of the events that made the entries."""

    obligations: Mapping[str, Obligation] = field(default_factory=dict)
    liquidation: tuple[Term, ...] = ()
    installments: Mapping[str, Installment] = field(default_factory=dict)
    interest: Mapping[str, Interest] = field(default_factory=dict)
    interest_through: date | None = None
    """The last month that interest was posted for."""
    charged_through: date | None = None
    """The last month that was charged for."""
    aid: tuple[AidPeriod, ...] = ()
    assistance_paid: Mapping[str, int] = field(default_factory=dict)
    """By the source's id; empty: not known, and then nothing limits what is kept."""
    kept: int = 0
    advances: Mapping[str, int] = field(default_factory=dict)
    """Paid ahead, by owner."""
    advanced_on: Mapping[str, date] = field(default_factory=dict)
    """The day the last of it was paid, by owner."""
    held_for: tuple[HoldReason, ...] = ()
    lots: tuple[Lot, ...] = ()
    """Payable to the family, oldest first."""
    sent_ahead: int = 0
    """Sent by disbursements before there was anything for it here."""
    overpaid: Mapping[str, int] = field(default_factory=dict)
    """What the family was sent and owes back, by receipt."""
    recoup_bp: int = 0
    collected_for_family: Mapping[str, int] = field(default_factory=dict)
    """By federal fiscal year."""
    fees: Mapping[str, int] = field(default_factory=dict)
    """Taken, by federal fiscal year."""
    corrections: tuple[str, ...] = ()
    """Ids of corrections that are in."""

    def assistance_on(self, day: date) -> tuple[Assistance, AidPeriod | None]:
        """How the family stands on a day, and the period that makes it so (the last one, of former aid)."""
        begun = [period for period in self.aid if period.begins_on <= day]
        if not begun:
            return Assistance.NEVER, None
        last = begun[-1]
        if last.ends_on is None or day < last.ends_on:
            return Assistance.CURRENT, last
        return Assistance.FORMER, last

    @property
    def pool(self) -> int | None:
        """Unreimbursed assistance in cents: what may still be kept; None where it is not known."""
        if not self.assistance_paid:
            return None
        return max(sum(self.assistance_paid.values()) - self.kept, 0)

    @property
    def open_installments(self) -> Iterator[Installment]:
        return (found for found in self.installments.values() if found.open > 0)

    @property
    def overpayment(self) -> int:
        return sum(self.overpaid.values())

    def monthly_current(self, month: date) -> int:
        """What all obligations come to in a month."""
        return sum(obligation.amount_on(month) for obligation in self.obligations.values())

    def liquidation_on(self, day: date) -> int:
        before = [term for term in self.liquidation if term.effective_on <= day]
        return before[-1].monthly_cents if before else 0


def key_of(obligation_id: str, due: date) -> str:
    return f"{obligation_id}|{due.isoformat()}"


def interest_key(obligation_id: str, bucket: Bucket) -> str:
    return f"{obligation_id}|{bucket.value}"


def next_charge(state: Account) -> date | None:
    """The first month that something falls due in and has not been charged; None where nothing will."""
    found = [month for obligation in state.obligations.values()
             if (month := _next_of(obligation, state.charged_through))]
    return min(found, default=None)


def _next_of(obligation: Obligation, through: date | None) -> date | None:
    """Amounts change only where a term begins or ends, so only those months need a look."""
    for term in obligation.terms:
        begin = term.effective_on if term.effective_on.day == 1 else next_month(term.effective_on)
        month = max(begin, next_month(through)) if through else begin
        if obligation.amount_on(month):
            return month
    return None
