"""Payments Sent To Me: what was sent to a family, or back to a payor, and what each payment is made of.

Allow-list of domain.md §3.3 and §4.1: amounts and days of what the other party paid, never from where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from eventkit.tables import events
from payments.answers.moment import NOW, Moment, history
from payments.answers.receipts import known, shares
from payments.domain.account.events import Lot
from payments.domain.disbursement import Disbursement, disbursement
from payments.domain.receipt import receipt
from payments.domain.words import Destination, PayeeType, Status


def payments_sent(conn: Connection, payee_id: str, moment: Moment = NOW) -> list[dict[str, Any]]:
    """Newest first: [{"disbursement_id", "case_id" (None for a refund), "issued_on" (of a pending one, the day it is
    planned for), "method", "amount_cents", "status", "status_on", "history": [{"status", "on"}], "made_of":
    [{"received_on", "debt": CURRENT | ARREARS | INTEREST | FUTURE, "passed_through": out of what the government might
    have kept, "amount_cents"}], "ahead_cents": sent before there was anything for it, "fee_cents": the annual fee that
    was taken out of these collections before, told once}]."""
    found = _disbursements(conn, payee_id, moment)
    fees = _Fees(conn, found.values(), moment)
    rows = [_row(one, state, moment, fees) for one, state in found.items()]
    return rows[::-1]


def _row(disbursement_id: str, state: Disbursement, moment: Moment, fees: _Fees) -> dict[str, Any]:
    counted = [(status, on) for status, on in state.statuses if moment.covers(on)]
    sent = [on for status, on in counted if status is not Status.PENDING]
    issued_on = sent[0] if sent else counted[0][1]
    lots, ahead = state.drawn if sent else ((), 0)
    payment, (status, status_on) = state.payment, counted[-1]
    return {"disbursement_id": disbursement_id, "case_id": payment.case_id, "issued_on": issued_on.isoformat(),
            "method": payment.method.value, "amount_cents": payment.amount_cents, "status": status.value,
            "status_on": status_on.isoformat(),
            "history": [{"status": status.value, "on": on.isoformat()} for status, on in counted],
            "made_of": [_part(lot) for lot in lots], "ahead_cents": ahead,
            "fee_cents": fees.of(payment.case_id, lots)}


def _part(lot: Lot) -> dict[str, Any]:
    return {"received_on": lot.received_on.isoformat(), "debt": lot.debt.value,
            "passed_through": lot.to is Destination.PASS_THROUGH, "amount_cents": lot.cents}


def _disbursements(conn: Connection, payee_id: str, moment: Moment) -> dict[str, Disbursement]:
    """By id, oldest first."""
    query = select(events.c.stream).distinct().where(
        events.c.name.in_(("DisbursementPlanned", "DisbursementIssued")),
        events.c.data["payment"]["payee_id"].astext == payee_id)
    told = history(conn, conn.execute(query).scalars(), moment)
    found = {stream.partition("-")[2]: disbursement.fold(one.event for one in recorded)
             for stream, recorded in told.items()}
    mine = [(state.statuses[0][1], one) for one, state in found.items() if moment.covers(state.statuses[0][1])
            and state.payment.payee_type in (PayeeType.FAMILY, PayeeType.PAYOR)]
    return {one: found[one] for _, one in sorted(mine)}


class _Fees:
    """The annual service fee by receipt and case, each told with the first payment that has money of that receipt."""

    def __init__(self, conn: Connection, sent: Iterable[Disbursement], moment: Moment) -> None:
        ids = {lot.receipt_id for state in sent for lot in state.drawn[0] if lot.receipt_id}
        self._untold: dict[tuple[str, str], int] = {}
        for receipt_id, told in known(conn, ids, moment).items():
            for share in shares(receipt.fold(one.event for one in told)):
                if share.to is Destination.FEE:
                    key = (receipt_id, share.case_id)
                    self._untold[key] = self._untold.get(key, 0) + share.cents

    def of(self, case_id: str | None, lots: Sequence[Lot]) -> int:
        keys = dict.fromkeys((lot.receipt_id, case_id or "") for lot in lots)
        return sum(self._untold.pop(key, 0) for key in keys)
