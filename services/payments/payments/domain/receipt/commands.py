"""What can be asked of a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.distribution.share import Share
from payments.domain.receipt.events import CreditRef, PassedThrough
from payments.domain.words import HoldReason, ReversalReason, Source


@dataclass(frozen=True)
class ReceiveCollection:
    payor_id: str | None
    case_id: str | None
    amount_cents: int
    received_on: date
    posted_on: date
    source: Source
    method: str
    digest: str
    joint_return: bool = False


@dataclass(frozen=True)
class IdentifyCollection:
    payor_id: str
    case_id: str | None
    on: date


@dataclass(frozen=True)
class HoldCollection:
    reason: HoldReason
    on: date


@dataclass(frozen=True)
class DistributeCollection:
    applied_on: date
    shares: tuple[Share, ...]
    rules: tuple[str, ...]
    credits: tuple[CreditRef, ...]
    passed: tuple[PassedThrough, ...] = ()


@dataclass(frozen=True)
class ReleaseHold:
    hold: int
    on: date


@dataclass(frozen=True)
class UndoDistribution:
    on: date


@dataclass(frozen=True)
class ReverseCollection:
    reversed_on: date
    reason: ReversalReason


ReceiptCommand = (ReceiveCollection | IdentifyCollection | HoldCollection | DistributeCollection | ReleaseHold
                  | UndoDistribution | ReverseCollection)
