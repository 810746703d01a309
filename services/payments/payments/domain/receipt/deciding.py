"""One collection, from the day the disbursement unit had it to what became of every cent of it: its decisions."""

from __future__ import annotations

from collections.abc import Sequence

from eventkit.decider import Decider, Rejected
from payments.domain.receipt.commands import (
    DistributeCollection,
    HoldCollection,
    IdentifyCollection,
    ReceiptCommand,
    ReceiveCollection,
    ReleaseHold,
    ReverseCollection,
    UndoDistribution,
)
from payments.domain.receipt.events import (
    CollectionDistributed,
    CollectionHeld,
    CollectionIdentified,
    CollectionReceived,
    CollectionReversed,
    DistributionUndone,
    HoldReleased,
    ReceiptEvent,
)
from payments.domain.receipt.state import Hold, Receipt
from payments.domain.words import Destination, HoldReason

REDISTRIBUTED = frozenset({HoldReason.UNIDENTIFIED, HoldReason.NO_CASE, HoldReason.NO_OBLIGATION, HoldReason.FUTURES})
"""Holds whose money is distributed anew when they end; of the others it is known where it goes."""


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
