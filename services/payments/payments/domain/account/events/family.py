"""The family of a case: its assistance, and what is on its way to it. Amounts are cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.account.events.credits import Lot
from payments.domain.words import Bucket, HoldReason, Kind, Program, registry


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
