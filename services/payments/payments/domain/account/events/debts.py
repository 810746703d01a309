"""What was set, charged and accrued on a case's account. Amounts are cents; months are their first days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.words import Bucket, Kind, registry
from payments.rules.interest import InterestTerms


@registry.event("ObligationSet")
@dataclass(frozen=True)
class ObligationSet:
    """From `effective_on` the obligation is this much a month; until `ends_on`, which still counts, if there is one.

    A later filing for the same day takes its place; the amount of a day is that of the last day before it.
    """

    obligation_id: str
    order_id: str
    kind: Kind
    effective_on: date
    monthly_cents: int
    ends_on: date | None
    interest: InterestTerms


@registry.event("LiquidationSet")
@dataclass(frozen=True)
class LiquidationSet:
    """A schedule for paying arrears: what is asked for each month on top of current support, never new debt."""

    effective_on: date
    monthly_cents: int


@registry.event("ChargePosted")
@dataclass(frozen=True)
class ChargePosted:
    """An installment fell due on `due`."""

    obligation_id: str
    kind: Kind
    due: date
    bucket: Bucket
    cents: int
    brought: bool = False
    """From elsewhere, not by the months of an obligation."""


@registry.event("ChargeCorrected")
@dataclass(frozen=True)
class ChargeCorrected:
    """An installment is more (or less, negative) than it was charged with; counts from its due date."""

    obligation_id: str
    kind: Kind
    due: date
    bucket: Bucket
    cents: int
    reason: str
    correction_id: str | None = None


@registry.event("InterestCharged")
@dataclass(frozen=True)
class InterestCharged:
    """Interest that the agency brought from elsewhere, such as a judgment's; it bears none itself."""

    obligation_id: str
    kind: Kind
    bucket: Bucket
    on: date
    cents: int


@dataclass(frozen=True)
class InterestPart:
    bucket: Bucket
    cents: int


@registry.event("InterestAccrued")
@dataclass(frozen=True)
class InterestAccrued:
    """The interest of one month of one obligation, posted at the month's end."""

    obligation_id: str
    kind: Kind
    month: date
    parts: tuple[InterestPart, ...]


@registry.event("InterestCorrected")
@dataclass(frozen=True)
class InterestCorrected:
    """What was posted up to `through` was too little (or too much, negative), by what is known now."""

    obligation_id: str
    kind: Kind
    through: date
    parts: tuple[InterestPart, ...]
