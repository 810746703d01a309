"""A receipt: one collection, from the day the disbursement unit had it to what became of every cent of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eventkit.decider import Decider, Rejected
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

REDISTRIBUTED = frozenset({HoldReason.UNIDENTIFIED, HoldReason.NO_CASE, HoldReason.NO_OBLIGATION, HoldReason.FUTURES})
"""Holds whose money is distributed anew when they end; of the others it is known where it goes."""


@dataclass(frozen=True)
class Hold:
    """Money that waits; `share` where it is part of a distribution."""

    number: int
    reason: HoldReason
    case_id: str
    cents: int
    since: date
    until: date | None
    share: Share | None = None


@dataclass(frozen=True)
class Receipt:
    """Its whole history, which is short; the version of an event is its place in it, counted from 1."""

    history: tuple[ReceiptEvent, ...] = ()

    @property
    def received(self) -> CollectionReceived | None:
        first = self.history[0] if self.history else None
        return first if isinstance(first, CollectionReceived) else None

    @property
    def reversal(self) -> CollectionReversed | None:
        last = self.history[-1] if self.history else None
        return last if isinstance(last, CollectionReversed) else None

    @property
    def payor_id(self) -> str | None:
        """The payor as last known; an identification knows more than the sender did."""
        known = [event.payor_id for event in self.history if event.payor_id]
        return known[-1] if known else None

    @property
    def standing(self) -> tuple[tuple[int, ReceiptEvent], ...]:
        """What was not taken back since, with its versions; nothing once all is."""
        undone: set[int] = set()
        for event in self.history:
            if isinstance(event, DistributionUndone | CollectionReversed):
                undone |= set(event.undoes)
        return tuple((version, event) for version, event in enumerate(self.history, start=1)
                     if version not in undone and not isinstance(event, DistributionUndone | CollectionReversed))

    @property
    def distributions(self) -> tuple[CollectionDistributed, ...]:
        return tuple(event for _, event in self.standing if isinstance(event, CollectionDistributed))

    @property
    def number(self) -> int:
        """Of the next distribution."""
        return 1 + sum(isinstance(event, CollectionDistributed) for event in self.history)

    @property
    def all_holds(self) -> tuple[Hold, ...]:
        """Every hold that stands or was released."""
        found: list[Hold] = []
        received = self.received
        for _, event in self.standing:
            if isinstance(event, CollectionHeld):
                found.append(Hold(event.hold, event.reason, "-", event.amount_cents, event.on, None))
            if isinstance(event, CollectionDistributed) and received:
                held = [share for share in event.shares if share.to is Destination.HELD]
                found += [Hold(number, share.hold or HoldReason.DISPUTE, share.case_id, share.cents,
                               received.posted_on, share.until, share)
                          for number, share in enumerate(held, start=event.first_hold)]
        return tuple(found)

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Those that are not over."""
        released = {event.hold for _, event in self.standing if isinstance(event, HoldReleased)}
        return tuple(hold for hold in self.all_holds if hold.number not in released)

    @property
    def next_hold(self) -> int:
        """The number of the next one; numbers are never given twice, taken back or not."""
        return 1 + sum(_holds_in(event) for event in self.history)

    @property
    def waiting(self) -> int:
        """Cents that are neither distributed nor held."""
        if self.received is None or self.reversal:
            return 0
        return (self.received.amount_cents - sum(hold.cents for hold in self.holds)
                - sum(share.cents for event in self.distributions for share in event.shares
                      if share.to is not Destination.HELD)
                - sum(event.cents for _, event in self.standing if isinstance(event, HoldReleased) and event.to))


def _holds_in(event: ReceiptEvent) -> int:
    if isinstance(event, CollectionDistributed):
        return sum(share.to is Destination.HELD for share in event.shares)
    return int(isinstance(event, CollectionHeld))


def decide(command: ReceiptCommand, state: Receipt) -> Sequence[ReceiptEvent]:
    """Raises Rejected: duplicate_id, not_positive, posted_before_received, unknown_receipt, already_reversed,
    reversed_before_received, identified_already, unknown_hold, nothing_waits, shares_do_not_add_up."""
    match command:
        case ReceiveCollection():
            return _receive(command, state)
        case IdentifyCollection():
            return _identify(command, state)
        case HoldCollection():
            return _hold(command, state)
        case DistributeCollection():
            return _distribute(command, state)
        case ReleaseHold():
            return _release(command, state)
        case UndoDistribution():
            return _undo(command, state)
        case ReverseCollection():
            return _reverse(command, state)


def evolve(state: Receipt, event: ReceiptEvent) -> Receipt:
    return Receipt((*state.history, event))


def _receive(command: ReceiveCollection, state: Receipt) -> Sequence[ReceiptEvent]:
    if state.received:
        if state.received.digest == command.digest:
            return []
        raise Rejected("duplicate_id")
    if command.amount_cents <= 0:
        raise Rejected("not_positive")
    if command.posted_on < command.received_on:
        raise Rejected("posted_before_received")
    received = CollectionReceived(command.payor_id, command.case_id, command.amount_cents, command.received_on,
                                  command.posted_on, command.source, command.method, command.digest,
                                  command.joint_return)
    if command.payor_id:
        return [received]
    return [received, CollectionHeld(None, command.amount_cents, HoldReason.UNIDENTIFIED, command.posted_on, 1)]


def _identify(command: IdentifyCollection, state: Receipt) -> Sequence[ReceiptEvent]:
    received = _standing(state)
    if state.payor_id == command.payor_id:
        return []
    if state.payor_id:
        raise Rejected("identified_already")
    released = [HoldReleased(command.payor_id, hold.number, command.on, "-", hold.reason, hold.cents, None)
                for hold in state.holds]
    return [CollectionIdentified(command.payor_id, command.case_id, received.amount_cents, command.on), *released]


def _hold(command: HoldCollection, state: Receipt) -> Sequence[ReceiptEvent]:
    _standing(state)
    if not state.waiting:
        raise Rejected("nothing_waits")
    return [CollectionHeld(state.payor_id, state.waiting, command.reason, command.on, state.next_hold)]


def _distribute(command: DistributeCollection, state: Receipt) -> Sequence[ReceiptEvent]:
    received = _standing(state)
    if not state.waiting or not state.payor_id:
        raise Rejected("nothing_waits")
    if sum(share.cents for share in command.shares) != state.waiting:
        raise Rejected("shares_do_not_add_up", waiting_cents=state.waiting)
    return [CollectionDistributed(state.payor_id, state.number, received.received_on, command.applied_on,
                                  command.shares, command.rules, command.credits, state.next_hold,
                                  command.passed)]


def _release(command: ReleaseHold, state: Receipt) -> Sequence[ReceiptEvent]:
    _standing(state)
    found = [hold for hold in state.holds if hold.number == command.hold]
    if not found:
        if any(hold.number == command.hold for hold in state.all_holds):
            return []
        raise Rejected("unknown_hold")
    (hold,) = found
    return [HoldReleased(state.payor_id, hold.number, command.on, hold.case_id, hold.reason, hold.cents,
                         _goes_to(hold))]


def _goes_to(hold: Hold) -> Destination | None:
    if hold.reason in REDISTRIBUTED:
        return None
    if hold.reason is HoldReason.OVERCOLLECTION:
        return Destination.REFUND
    passed = hold.share and hold.share.rule.startswith(("pass_through.", "former."))
    return Destination.PASS_THROUGH if passed else Destination.FAMILY


def _undo(command: UndoDistribution, state: Receipt) -> Sequence[ReceiptEvent]:
    received = _standing(state)
    if not state.payor_id:
        raise Rejected("nothing_waits")
    undoes = tuple(version for version, event in state.standing
                   if isinstance(event, CollectionHeld | CollectionDistributed | HoldReleased)
                   and not _of_unidentified(event))
    return [DistributionUndone(state.payor_id, received.amount_cents, command.on, undoes)] if undoes else []


def _of_unidentified(event: ReceiptEvent) -> bool:
    return (isinstance(event, CollectionHeld | HoldReleased)) and event.reason is HoldReason.UNIDENTIFIED


def _reverse(command: ReverseCollection, state: Receipt) -> Sequence[ReceiptEvent]:
    received, before = state.received, state.reversal
    if received is None:
        raise Rejected("unknown_receipt")
    if before:
        if (before.reversed_on, before.reason) == (command.reversed_on, command.reason):
            return []
        raise Rejected("already_reversed")
    if command.reversed_on < received.received_on:
        raise Rejected("reversed_before_received")
    undoes = tuple(version for version, _ in state.standing)
    return [CollectionReversed(state.payor_id, received.amount_cents, command.reversed_on, command.reason, undoes)]


def _standing(state: Receipt) -> CollectionReceived:
    if state.received is None:
        raise Rejected("unknown_receipt")
    if state.reversal:
        raise Rejected("already_reversed")
    return state.received


receipt = Decider("receipt", Receipt(), decide, evolve)
