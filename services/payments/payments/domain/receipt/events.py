"""What can have happened to a receipt. Amounts are cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.distribution.share import Share
from payments.domain.words import Destination, HoldReason, ReversalReason, Source, registry


@registry.event("CollectionReceived", version=2)
@dataclass(frozen=True)
class CollectionReceived:
    """`received_on` is the legal date of collection; `posted_on` when the disbursement unit booked it.

    `case_id` is the case the sender named, `payor_id` whom the sender named or that case told; `digest` stands for
    the sender's whole line. `joint_return`: a tax offset out of a refund that is another person's too.
    """

    payor_id: str | None
    case_id: str | None
    amount_cents: int
    received_on: date
    posted_on: date
    source: Source
    method: str
    digest: str
    joint_return: bool


@registry.event("CollectionIdentified")
@dataclass(frozen=True)
class CollectionIdentified:
    """Whose it is became known."""

    payor_id: str
    case_id: str | None
    amount_cents: int
    on: date


@registry.event("CollectionHeld", version=2)
@dataclass(frozen=True)
class CollectionHeld:
    """All that waits of it goes on waiting, as hold no. `hold`."""

    payor_id: str | None
    amount_cents: int
    reason: HoldReason
    on: date
    hold: int


@dataclass(frozen=True)
class CreditRef:
    """The event that credited a case: its account, and the version in that stream."""

    case_id: str
    version: int


@dataclass(frozen=True)
class PassedThrough:
    """What of a distribution counts against a family's cap of the month of collection."""

    family_id: str
    cents: int


@registry.event("CollectionDistributed")
@dataclass(frozen=True)
class CollectionDistributed:
    """Distribution no. `number`: the shares add up to what waited. Held ones are holds from no. `first_hold` on.

    `received_on` is the receipt's; `applied_on` the day it counts for; `rules` are those that decided beside the ones
    the shares name.
    """

    payor_id: str
    number: int
    received_on: date
    applied_on: date
    shares: tuple[Share, ...]
    rules: tuple[str, ...]
    credits: tuple[CreditRef, ...]
    first_hold: int
    passed: tuple[PassedThrough, ...] = ()


@registry.event("HoldReleased")
@dataclass(frozen=True)
class HoldReleased:
    """A hold ended. `to` is where the money goes: FAMILY, PASS_THROUGH, REFUND, or None to be distributed anew."""

    payor_id: str | None
    hold: int
    on: date
    case_id: str
    reason: HoldReason
    cents: int
    to: Destination | None


@registry.event("DistributionUndone")
@dataclass(frozen=True)
class DistributionUndone:
    """It was distributed wrongly: what the events with the versions `undoes` of this stream did is taken back, and all
    of it waits to be distributed anew."""

    payor_id: str | None
    amount_cents: int
    on: date
    undoes: tuple[int, ...]


@registry.event("CollectionReversed")
@dataclass(frozen=True)
class CollectionReversed:
    """Takes back, by new entries, what the events with the versions `undoes` of this stream did."""

    payor_id: str | None
    amount_cents: int
    reversed_on: date
    reason: ReversalReason
    undoes: tuple[int, ...]


ReceiptEvent = (CollectionReceived | CollectionIdentified | CollectionHeld | CollectionDistributed | HoldReleased
                | DistributionUndone | CollectionReversed)
