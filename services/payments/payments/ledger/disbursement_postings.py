"""What events of a disbursement do to the books: what was payable leaves, comes back, or waits uncashed."""

from __future__ import annotations

from collections.abc import Iterator

from payments.domain.disbursement import (
    LEFT,
    PAYABLE,
    PLACE,
    UNCASHED,
    Disbursement,
    DisbursementEvent,
    DisbursementIssued,
    DisbursementPlanned,
    Payment,
)
from payments.domain.words import PayeeType, Status
from payments.ledger.chart import NO_CASE, PAYABLE_CP, PAYABLE_GOV, REFUND_NCP, SDU_CASH, UNDISTRIBUTED
from payments.ledger.entries import Cause, JournalEntry, move


def entries(state: Disbursement, event: DisbursementEvent, cause: Cause) -> Iterator[JournalEntry]:
    if isinstance(event, DisbursementPlanned):
        return
    status, on = state.statuses[cause.version - 1]
    before = PLACE[state.statuses[cause.version - 2][0]] if cause.version > 1 else PAYABLE
    kind = "disbursement_issued" if isinstance(event, DisbursementIssued) else f"disbursement_{status}"
    if before != PLACE[status]:
        accounts = _accounts(event.payment)
        lines = move(event.payment.amount_cents, accounts[before], accounts[PLACE[status]])
        yield JournalEntry(kind, on, lines, cause)


def _accounts(payment: Payment) -> dict[str, str]:
    uncashed = UNDISTRIBUTED.key(payment.case_id or NO_CASE, Status.STALE)
    return {PAYABLE: _payable(payment), LEFT: SDU_CASH.key(), UNCASHED: uncashed}


def _payable(payment: Payment) -> str:
    match payment.payee_type:
        case PayeeType.FAMILY:
            return PAYABLE_CP.key(payment.case_id or NO_CASE)
        case PayeeType.PAYOR:
            return REFUND_NCP.key(payment.payee_id)
        case _:
            return PAYABLE_GOV.key(payment.payee_type)
