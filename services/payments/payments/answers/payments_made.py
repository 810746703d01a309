"""Payments Made By Me: what a payor paid, what it paid of which debt, and what became of it.

Where the money went is not the payor's to know: it would tell whether the family gets assistance, or is in dispute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from payments.answers.debts import changes
from payments.answers.moment import NOW, Moment, history
from payments.answers.receipts import WAITS_FOR_PAYOR, of_payor, shares_told_to_payor, source_told
from payments.domain.account.account import account
from payments.domain.receipt import HoldReleased, Receipt
from payments.domain.words import Debt, Destination


def payments_made(conn: Connection, payor_id: str, moment: Moment = NOW) -> list[dict[str, Any]]:
    """Newest first: [{"receipt_id", "received_on": the legal date, "posted_on", "source", "method", "amount_cents",
    "status": received | held | applied | reversed, "paid": [{"case_id", "debt": CURRENT | ARREARS | INTEREST | FUTURE,
    "kind", "due", "amount_cents"}], "waiting": [{"reason", "since", "amount_cents"}], "refunded_cents",
    "reversal": {"on", "reason"} or None, "owed_after_cents": owed on these cases at the end of that day, or None where
    it paid nothing}]. What was taken back stays in the list and pays nothing."""
    found = of_payor(conn, payor_id, moment)
    owed = _Owed(conn, {share.case_id for state in found.values() for share in shares_told_to_payor(state)}, moment)
    return [_row(receipt_id, state, owed) for receipt_id, state in found.items()]


def paid(state: Receipt) -> list[dict[str, Any]]:
    """The debts a receipt pays, one row each, whoever gets the money."""
    sums: Counter[tuple[str, str, str | None, str | None]] = Counter()
    for share in shares_told_to_payor(state):
        if share.debt is not Debt.NOTHING:
            kind = share.kind.value if share.kind else None
            due = share.due.isoformat() if share.due else None
            sums[share.case_id, share.debt.value, kind, due] += share.cents
    return [{"case_id": case_id, "debt": debt, "kind": kind, "due": due, "amount_cents": cents}
            for (case_id, debt, kind, due), cents in sums.items()]


def waiting(state: Receipt) -> list[dict[str, Any]]:
    return [{"reason": hold.reason.shown_as, "since": hold.since.isoformat(), "amount_cents": hold.cents}
            for hold in state.holds if hold.reason in WAITS_FOR_PAYOR and not state.reversal]


def _row(receipt_id: str, state: Receipt, owed: _Owed) -> dict[str, Any]:
    received, reversal = state.received, state.reversal
    assert received, "a receipt begins with its receipt"
    pays, waits = paid(state), waiting(state)
    status = "reversed" if reversal else "applied" if pays else "held" if waits else "received"
    refunded = sum(e.cents for _, e in state.standing if isinstance(e, HoldReleased) and e.to is Destination.REFUND)
    return {"receipt_id": receipt_id, "received_on": received.received_on.isoformat(),
            "posted_on": received.posted_on.isoformat(), "source": source_told(received.source),
            "method": received.method, "amount_cents": received.amount_cents, "status": status, "paid": pays,
            "waiting": waits, "refunded_cents": refunded,
            "reversal": reversal and {"on": reversal.reversed_on.isoformat(), "reason": reversal.reason.value},
            "owed_after_cents": owed.on({row["case_id"] for row in pays}, received.received_on) if pays else None}


class _Owed:
    """What was owed on cases at the end of a day."""

    def __init__(self, conn: Connection, cases: Iterable[str], moment: Moment) -> None:
        told = history(conn, (account.stream(case) for case in cases), moment)
        self._changes = {stream.partition("-")[2]: [change for one in recorded for change in changes(one)]
                         for stream, recorded in told.items()}

    def on(self, cases: Iterable[str], day: date) -> int:
        return sum(change.cents for case in cases for change in self._changes.get(case, ()) if change.on <= day)
