"""The posting rules: which journal entries an event makes, as pure functions of an aggregate's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from payments.domain.disbursement import Disbursement, DisbursementIssued, DisbursementStatusChanged
from payments.domain.receipt import (
    AppliedPart,
    CollectionApplied,
    CollectionHeld,
    CollectionReceived,
    CollectionReversed,
    Receipt,
    ReceiptEvent,
)
from payments.domain.words import HoldReason, Status
from payments.ledger.chart import NEW, NO_CASE, OWED_TO, PAYABLE_CP, RECV_NCP, SDU_CASH, UNDISTRIBUTED, UNIDENTIFIED
from payments.ledger.entries import Cause, JournalEntry, JournalLine, move

# Whose the money of a disbursement is, by status: it has left, it is the family's again, or it waits as uncashed.
_LEFT, _PAYABLE, _UNCASHED = "left", "payable", "uncashed"
_PLACE: Mapping[Status, str] = {
    Status.ISSUED: _LEFT, Status.REISSUED: _LEFT, Status.CLEARED: _LEFT,
    Status.RETURNED: _PAYABLE, Status.STOP_PAID: _PAYABLE, Status.VOIDED: _PAYABLE,
    Status.STALE: _UNCASHED,
}


def entries_of(state: Receipt | Disbursement, stream: str, version: int) -> tuple[JournalEntry, ...]:
    """The entries of the event with this version of an aggregate; none where no money moves."""
    cause = Cause(stream, version)
    if isinstance(state, Receipt):
        return _of_receipt(state.history, cause)
    return _of_disbursement(state, cause)


def _of_receipt(history: Sequence[ReceiptEvent], cause: Cause) -> tuple[JournalEntry, ...]:
    received = history[0]
    assert isinstance(received, CollectionReceived), "the first event of a receipt"
    match history[cause.version - 1]:
        case CollectionReceived() as event:
            lines = move(event.amount_cents, SDU_CASH.key(), _arrival(event))
            return (JournalEntry("collection_received", event.received_on, lines, cause),)
        case CollectionApplied() as event:
            parts = tuple(line for part in event.parts for line in _applied(received, part))
            # the debt falls on the legal date of the receipt, whenever it is worked on
            return (JournalEntry("collection_applied", received.received_on, parts, cause),)
        case CollectionHeld() as event:
            return _held(received, event, cause)
        case CollectionReversed() as event:
            return _reversed(history, event, cause)


def _arrival(received: CollectionReceived) -> str:
    return UNDISTRIBUTED.key(NO_CASE, NEW) if received.payor_id else UNIDENTIFIED.key()


def _applied(received: CollectionReceived, part: AppliedPart) -> tuple[JournalLine, ...]:
    """Two linked moves: the money becomes the family's, and the debt falls with who would own it."""
    money = move(part.amount_cents, _arrival(received), PAYABLE_CP.key(part.case_id))
    debt = move(part.amount_cents, OWED_TO.key("CP", part.case_id, part.kind),
                RECV_NCP.key(part.case_id, part.kind, "prin"))
    return (*money, *debt)


def _held(received: CollectionReceived, held: CollectionHeld, cause: Cause) -> tuple[JournalEntry, ...]:
    if held.reason is HoldReason.UNIDENTIFIED:
        return ()  # it came in as such
    lines = move(held.amount_cents, _arrival(received), UNDISTRIBUTED.key(NO_CASE, held.reason))
    return (JournalEntry("collection_held", received.received_on, lines, cause),)


def _reversed(history: Sequence[ReceiptEvent], event: CollectionReversed, cause: Cause) -> tuple[JournalEntry, ...]:
    """The latest first, so that no account is overdrawn between two of them."""
    undone = [entry for version in sorted(event.undoes, reverse=True)
              for entry in _of_receipt(history, Cause(cause.stream, version))]
    return tuple(entry.mirrored("reversal", event.reversed_on, Cause(cause.stream, cause.version, part))
                 for part, entry in enumerate(undone, start=1))


def _of_disbursement(state: Disbursement, cause: Cause) -> tuple[JournalEntry, ...]:
    issued = state.issued
    assert issued is not None, "the first event of a disbursement"
    match state.history[cause.version - 1]:
        case DisbursementIssued() as event:
            return _moved("disbursement_issued", event, event.issued_on, _PAYABLE, _LEFT, cause)
        case DisbursementStatusChanged() as event:
            before, _ = state.statuses[cause.version - 2]
            return _moved(f"disbursement_{event.status}", issued, event.on, _PLACE[before], _PLACE[event.status],
                          cause)


def _moved(kind: str, issued: DisbursementIssued, on: date, source: str, target: str,
           cause: Cause) -> tuple[JournalEntry, ...]:
    if source == target:
        return ()
    accounts = {_LEFT: SDU_CASH.key(), _PAYABLE: PAYABLE_CP.key(issued.case_id),
                _UNCASHED: UNDISTRIBUTED.key(issued.case_id, Status.STALE)}
    return (JournalEntry(kind, on, move(issued.amount_cents, accounts[source], accounts[target]), cause),)
