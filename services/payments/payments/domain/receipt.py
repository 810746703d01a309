"""A receipt: one collection, from the day the disbursement unit had it to what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eventkit.decider import Decider, Rejected
from payments.domain.words import DebtKind, HoldReason, ReversalReason, Source, registry


@registry.event("CollectionReceived")
@dataclass(frozen=True)
class CollectionReceived:
    """`received_on` is the legal date of collection; `posted_on` when the disbursement unit booked it.

    `case_id` is the case the sender named, `payor_id` whom the sender named or that case told; `digest` stands for
    the sender's whole line.
    """

    payor_id: str | None
    case_id: str | None
    amount_cents: int
    received_on: date
    posted_on: date
    source: Source
    method: str
    digest: str


@dataclass(frozen=True)
class AppliedPart:
    """A part of a collection, in cents, and the debt it is credited to."""

    case_id: str
    kind: DebtKind
    amount_cents: int


@registry.event("CollectionApplied")
@dataclass(frozen=True)
class CollectionApplied:
    """The parts add up to the receipt, to the cent."""

    payor_id: str
    parts: tuple[AppliedPart, ...]


@registry.event("CollectionHeld")
@dataclass(frozen=True)
class CollectionHeld:
    payor_id: str | None
    amount_cents: int
    reason: HoldReason


@registry.event("CollectionReversed")
@dataclass(frozen=True)
class CollectionReversed:
    """Takes back, by new entries, what the events with the versions `undoes` of this stream did."""

    payor_id: str | None
    amount_cents: int
    reversed_on: date
    reason: ReversalReason
    undoes: tuple[int, ...]


ReceiptEvent = CollectionReceived | CollectionApplied | CollectionHeld | CollectionReversed


@dataclass(frozen=True)
class ReceiveCollection:
    """`open_cases` are the payor's, as known when the money came to be booked."""

    payor_id: str | None
    case_id: str | None
    amount_cents: int
    received_on: date
    posted_on: date
    source: Source
    method: str
    digest: str
    open_cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReverseCollection:
    reversed_on: date
    reason: ReversalReason


ReceiptCommand = ReceiveCollection | ReverseCollection


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
        """The payor as last known; an application may know more than the sender did."""
        known = [event.payor_id for event in self.history if event.payor_id]
        return known[-1] if known else None


def decide(command: ReceiptCommand, state: Receipt) -> Sequence[ReceiptEvent]:
    """Raises Rejected: duplicate_id, not_positive, posted_before_received, unknown_receipt, already_reversed,
    reversed_before_received."""
    match command:
        case ReceiveCollection():
            return _receive(command, state)
        case ReverseCollection():
            return _reverse(command, state)


def evolve(state: Receipt, event: ReceiptEvent) -> Receipt:
    return Receipt((*state.history, event))


def apply_or_hold(receipt: ReceiveCollection) -> CollectionApplied | CollectionHeld:
    """The rule of today: all of it is current child support of the named case, or of the payor's only open case.

    Allocation over several cases, distribution within one and effective-dated rules take this place.
    """
    case_id = receipt.case_id
    if case_id is None and len(receipt.open_cases) == 1:
        case_id = receipt.open_cases[0]
    if receipt.payor_id is None:
        return CollectionHeld(None, receipt.amount_cents, HoldReason.UNIDENTIFIED)
    if case_id is None:
        return CollectionHeld(receipt.payor_id, receipt.amount_cents, HoldReason.NO_CASE)
    part = AppliedPart(case_id, DebtKind.CURRENT_CHILD, receipt.amount_cents)
    return CollectionApplied(receipt.payor_id, (part,))


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
                                  command.posted_on, command.source, command.method, command.digest)
    return [received, apply_or_hold(command)]


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
    undoes = tuple(range(1, len(state.history) + 1))
    return [CollectionReversed(state.payor_id, received.amount_cents, command.reversed_on, command.reason, undoes)]


receipt = Decider("receipt", Receipt(), decide, evolve)
