"""What can have happened to a case's account. Amounts are cents; months are their first days.

Every event says all that the journal needs of it, so it is posted without looking at the ones before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.words import Bucket, Debt, Destination, HoldReason, Kind, Program, registry
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


@registry.event("SurplusMoved")
@dataclass(frozen=True)
class SurplusMoved:
    """An installment was credited with more than it is now charged with: the rest becomes an advance, on `on`."""

    obligation_id: str
    kind: Kind
    due: date
    bucket: Bucket
    on: date
    cents: int


@registry.event("AdvanceApplied")
@dataclass(frozen=True)
class AdvanceApplied:
    """What was paid ahead pays an installment, on `on`. `owner` is whose it was, where that is not the bucket's."""

    obligation_id: str
    kind: Kind
    due: date
    bucket: Bucket
    on: date
    cents: int
    owner: str | None = None


@registry.event("AdvanceReturned")
@dataclass(frozen=True)
class AdvanceReturned:
    """The payment that was ahead is taken back, so what it paid is open again, from `on`. `owner` is whose it was,
    where that is not the bucket's: assistance may have moved the debt since."""

    obligation_id: str
    kind: Kind
    due: date
    bucket: Bucket
    on: date
    cents: int
    owner: str | None = None


@dataclass(frozen=True)
class CreditPart:
    """What a payment pays: an installment (`due` given), an obligation's interest, or the future."""

    debt: Debt
    cents: int
    obligation_id: str | None = None
    kind: Kind | None = None
    due: date | None = None
    bucket: Bucket | None = None


@dataclass(frozen=True)
class Lot:
    """Money of one receipt that the family is to get, by what it paid."""

    receipt_id: str
    received_on: date
    debt: Debt
    to: Destination
    cents: int


@registry.event("PaymentCredited")
@dataclass(frozen=True)
class PaymentCredited:
    """A receipt's distribution no. `number` paid these debts; it counts from `on`, the legal date of collection.

    `lots` are payable to the family; `kept` was kept for assistance, `fee` as the annual fee, and `recouped` for what
    the family owes back.
    """

    receipt_id: str
    number: int
    on: date
    parts: tuple[CreditPart, ...]
    lots: tuple[Lot, ...]
    kept: int = 0
    fee: int = 0
    recouped: int = 0


@registry.event("CreditReversed")
@dataclass(frozen=True)
class CreditReversed:
    """Takes back the `PaymentCredited` of that version of the stream, as from the day it counted for. `unpaid` lots had
    not been sent; `sent` cents had, and are now owed by the family."""

    receipt_id: str
    number: int
    credited_version: int
    on: date
    reversed_on: date
    parts: tuple[CreditPart, ...]
    unpaid: tuple[Lot, ...]
    sent: int
    kept: int
    fee: int
    recouped: int
    reason: str


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


@dataclass(frozen=True)
class Move:
    """Installments of one obligation that change their bucket: their open principal, and their interest."""

    obligation_id: str
    kind: Kind
    source: Bucket
    target: Bucket
    dues: tuple[date, ...]
    principal: int
    interest_posted: int
    interest_credited: int
    interest_brought: int = 0
    """The part of `interest_posted` that came from elsewhere."""


@registry.event("AidStarted")
@dataclass(frozen=True)
class AidStarted:
    """The family gets assistance from `on`, for so many children; total debt stays what it is."""

    program: Program
    on: date
    children: int
    moves: tuple[Move, ...]


@registry.event("AidEnded")
@dataclass(frozen=True)
class AidEnded:
    """The family gets none from `on`."""

    on: date
    moves: tuple[Move, ...]


@registry.event("AssistancePaid")
@dataclass(frozen=True)
class AssistancePaid:
    """So much assistance was paid for a month: it fills the pool that may be kept out of what is assigned."""

    month: date
    cents: int
    source_id: str


@registry.event("DirectPaymentCredited")
@dataclass(frozen=True)
class DirectPaymentCredited:
    """The payor paid the family itself: the family's debt falls, no money passes here."""

    correction_id: str
    on: date
    parts: tuple[CreditPart, ...]


@registry.event("DebtCompromised")
@dataclass(frozen=True)
class DebtCompromised:
    """The government gave up some of what it is owed (Fam. Code §17560)."""

    correction_id: str
    on: date
    parts: tuple[CreditPart, ...]


@registry.event("PayoutsHeld")
@dataclass(frozen=True)
class PayoutsHeld:
    """What comes in on the case is applied, and not sent until this is over."""

    reason: HoldReason
    on: date


@registry.event("PayoutsResumed")
@dataclass(frozen=True)
class PayoutsResumed:
    reason: HoldReason
    on: date


@registry.event("LotsAdded")
@dataclass(frozen=True)
class LotsAdded:
    """A hold ended: this is now payable to the family."""

    on: date
    lots: tuple[Lot, ...]


@registry.event("LotsDrawn")
@dataclass(frozen=True)
class LotsDrawn:
    """A disbursement takes lots, oldest first; `ahead` is what it sent before anything was there for it."""

    disbursement_id: str
    on: date
    lots: tuple[Lot, ...]
    ahead: int


@registry.event("LotsRestored")
@dataclass(frozen=True)
class LotsRestored:
    """A disbursement came back: its lots are payable again. `settled` is of receipts that were reversed meanwhile, so
    the family owes that no more."""

    disbursement_id: str
    on: date
    lots: tuple[Lot, ...]
    ahead: int
    settled: tuple[Lot, ...] = ()


@registry.event("RecoupmentConsented")
@dataclass(frozen=True)
class RecoupmentConsented:
    """The family agreed in writing that so many basis points of each payment go back for an overpayment.

    45 CFR 302.38, CSS Letter 07-10: without it nothing is taken. 0 ends the consent.
    """

    document: str
    on: date
    share_bp: int


AccountEvent = (
    ObligationSet | LiquidationSet | ChargePosted | ChargeCorrected | InterestCharged | SurplusMoved | AdvanceApplied
    | AdvanceReturned | PaymentCredited | CreditReversed | InterestAccrued | InterestCorrected | AidStarted | AidEnded
    | AssistancePaid | DirectPaymentCredited | DebtCompromised | PayoutsHeld | PayoutsResumed | LotsAdded | LotsDrawn
    | LotsRestored | RecoupmentConsented
)
