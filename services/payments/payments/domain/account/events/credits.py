"""What paid the debts of a case's account, and what was paid ahead. Amounts are cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.words import Bucket, Debt, Destination, Kind, registry


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
