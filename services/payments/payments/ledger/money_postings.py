"""What events of a receipt do to the books: the way of the cash, from the day it came in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from payments.domain.distribution.share import Share
from payments.domain.receipt import (
    CollectionDistributed,
    CollectionHeld,
    CollectionIdentified,
    CollectionReceived,
    CollectionReversed,
    DistributionUndone,
    HoldReleased,
    Receipt,
    ReceiptEvent,
)
from payments.domain.words import Destination, HoldReason
from payments.ledger.chart import (
    FEES,
    NEW,
    NO_CASE,
    PAYABLE_CP,
    PAYABLE_GOV,
    RECV_CP_OVERPAY,
    REFUND_NCP,
    SDU_CASH,
    UNDISTRIBUTED,
    UNIDENTIFIED,
)
from payments.ledger.entries import Cause, JournalEntry, JournalLine, move, moves
from payments.rules.government_shares import split

_WAITING = UNDISTRIBUTED.key(NO_CASE, NEW)


def entries(state: Receipt, event: ReceiptEvent, cause: Cause) -> Iterator[JournalEntry]:
    """The entries of one event of the receipt; none where no money moves."""
    received = state.history[0]
    assert isinstance(received, CollectionReceived), "the first event of a receipt"
    if isinstance(event, CollectionReversed | DistributionUndone):
        yield from _taken_back(state, event, cause)
        return
    lines, kind, on = _of(received, event)
    if lines:
        yield JournalEntry(kind, on, lines, cause)


def _of(received: CollectionReceived, event: ReceiptEvent) -> tuple[tuple[JournalLine, ...], str, date]:
    on = received.received_on
    match event:
        case CollectionReceived():
            to = _WAITING if event.payor_id else UNIDENTIFIED.key()
            return move(event.amount_cents, SDU_CASH.key(), to), "collection_received", on
        case CollectionIdentified():
            return move(event.amount_cents, UNIDENTIFIED.key(), _WAITING), "collection_identified", event.on
        case CollectionHeld():
            if event.reason is HoldReason.UNIDENTIFIED:
                return (), "", on  # it came in as such
            held = UNDISTRIBUTED.key(NO_CASE, event.reason)
            return move(event.amount_cents, _WAITING, held), "collection_held", event.on
        case CollectionDistributed():
            pairs = [(cents, _WAITING, account) for share in event.shares
                     for account, cents in _accounts(share, received, event.payor_id)]
            # its debt falls on the day it counts for, whenever it is worked on; so does the money
            return moves(pairs), "collection_distributed", event.applied_on
        case HoldReleased():
            if event.reason is HoldReason.UNIDENTIFIED:
                return (), "", on
            held = UNDISTRIBUTED.key(event.case_id, event.reason)
            return move(event.cents, held, _released_to(event)), "hold_released", event.on
    raise AssertionError(f"no posting rule for {type(event).__name__}")


def _accounts(share: Share, received: CollectionReceived, payor_id: str) -> list[tuple[str, int]]:
    """Where a share goes, as accounts with cents."""
    match share.to:
        case Destination.FAMILY | Destination.PASS_THROUGH:
            return [(PAYABLE_CP.key(share.case_id), share.cents)]
        case Destination.GOVERNMENT:
            return [(PAYABLE_GOV.key(who), cents) for who, cents in split(share.cents, received.received_on).items()]
        case Destination.FEE:
            return [(FEES.key(), share.cents)]
        case Destination.RECOUPED:
            return [(RECV_CP_OVERPAY.key(share.case_id), share.cents)]
        case Destination.HELD:
            assert share.hold, "a held share says why"
            return [(UNDISTRIBUTED.key(share.case_id, share.hold), share.cents)]
        case Destination.REFUND:
            return [(REFUND_NCP.key(payor_id), share.cents)]


def _released_to(event: HoldReleased) -> str:
    match event.to:
        case None:
            return _WAITING
        case Destination.REFUND:
            assert event.payor_id, "a refund goes to a payor"
            return REFUND_NCP.key(event.payor_id)
        case _:
            return PAYABLE_CP.key(event.case_id)


def _taken_back(state: Receipt, event: CollectionReversed | DistributionUndone,
                cause: Cause) -> Iterator[JournalEntry]:
    """Mirrors, the latest first, so that no account is overdrawn between two of them."""
    on = event.reversed_on if isinstance(event, CollectionReversed) else event.on
    part = 0
    for version in sorted(event.undoes, reverse=True):
        for entry in entries(state, state.history[version - 1], Cause(cause.stream, version)):
            part += 1
            yield entry.mirrored("reversal", on, Cause(cause.stream, cause.version, part))
