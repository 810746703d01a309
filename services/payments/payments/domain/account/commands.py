"""What can be asked of a case's account. Amounts are cents, more than zero unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.account.events import CreditPart, Lot
from payments.domain.words import Bucket, HoldReason, Kind, Program
from payments.rules.interest import BY_STATUTE, InterestTerms


@dataclass(frozen=True)
class SetObligation:
    obligation_id: str
    order_id: str
    kind: Kind
    effective_on: date
    monthly_cents: int
    ends_on: date | None = None
    interest: InterestTerms = BY_STATUTE


@dataclass(frozen=True)
class SetLiquidation:
    effective_on: date
    monthly_cents: int


@dataclass(frozen=True)
class PostCharges:
    """All installments up to this month, each once."""

    through: date


@dataclass(frozen=True)
class BringCharge:
    """A debt that does not come from an obligation's months: a judgment's principal, a fee, an opening balance."""

    obligation_id: str
    kind: Kind
    due: date
    cents: int
    bucket: Bucket | None = None
    is_interest: bool = False
    interest: InterestTerms = BY_STATUTE


@dataclass(frozen=True)
class CorrectCharge:
    """An installment shall be `cents` in all, which may be 0."""

    correction_id: str
    obligation_id: str
    due: date
    cents: int


@dataclass(frozen=True)
class PostInterest:
    """Of all months up to this one, which must be over."""

    through: date


@dataclass(frozen=True)
class CreditPayment:
    """What a distribution decided for this case; see `PaymentCredited`."""

    receipt_id: str
    number: int
    on: date
    parts: tuple[CreditPart, ...]
    lots: tuple[Lot, ...]
    kept: int = 0
    fee: int = 0
    recouped: int = 0


@dataclass(frozen=True)
class ReverseCredit:
    """Takes a credit back; `payable` is what of it became payable to the family in all, releases of holds included."""

    receipt_id: str
    number: int
    credited_version: int
    on: date
    reversed_on: date
    parts: tuple[CreditPart, ...]
    payable: int
    kept: int
    fee: int
    recouped: int
    reason: str


@dataclass(frozen=True)
class StartAid:
    program: Program
    on: date
    children: int


@dataclass(frozen=True)
class EndAid:
    on: date


@dataclass(frozen=True)
class RecordAssistance:
    month: date
    cents: int
    source_id: str


@dataclass(frozen=True)
class CreditDirectPayment:
    correction_id: str
    on: date
    cents: int


@dataclass(frozen=True)
class CompromiseDebt:
    correction_id: str
    on: date
    cents: int


@dataclass(frozen=True)
class HoldPayouts:
    reason: HoldReason
    on: date


@dataclass(frozen=True)
class ResumePayouts:
    reason: HoldReason
    on: date


@dataclass(frozen=True)
class AddLots:
    on: date
    lots: tuple[Lot, ...]


@dataclass(frozen=True)
class DrawLots:
    disbursement_id: str
    on: date
    cents: int


@dataclass(frozen=True)
class RestoreLots:
    """What `LotsDrawn` of the same disbursement took."""

    disbursement_id: str
    on: date
    lots: tuple[Lot, ...]
    ahead: int


@dataclass(frozen=True)
class ConsentToRecoupment:
    document: str
    on: date
    share_bp: int


AccountCommand = (
    SetObligation | SetLiquidation | PostCharges | BringCharge | CorrectCharge | PostInterest | CreditPayment
    | ReverseCredit | StartAid | EndAid | RecordAssistance | CreditDirectPayment | CompromiseDebt | HoldPayouts
    | ResumePayouts | AddLots | DrawLots | RestoreLots | ConsentToRecoupment
)
