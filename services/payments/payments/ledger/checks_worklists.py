"""The worklists are what the events say: accounts to charge and to check for interest, and money that waits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from payments.domain.account.state import Account, next_charge
from payments.domain.receipt import Receipt
from payments.ledger.checks import LISTED, Check, listed
from payments.worklists import account_work, hold_rows, open_holds

_AT_ONCE = 1000


class WorklistCheck:
    """Takes states one after another and compares some at a time with the rows there are of them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._accounts: dict[str, Account] = {}
        self._receipts: dict[str, Receipt] = {}
        self._cases = self._holds = 0
        self._wrong: dict[str, list[str]] = {account_work.name: [], open_holds.name: []}
        self._count = {account_work.name: 0, open_holds.name: 0}

    def add(self, stream: str, state: Any) -> None:
        name = stream.partition("-")[2]
        if isinstance(state, Account):
            self._accounts[name] = state
        elif isinstance(state, Receipt):
            self._receipts[name] = state
        if len(self._accounts) + len(self._receipts) >= _AT_ONCE:
            self._compare()

    def finish(self) -> list[Check]:
        self._compare()
        for table, count in ((account_work, self._cases), (open_holds, self._holds)):
            there = int(self._conn.execute(select(func.count()).select_from(table)).scalar_one())
            if there != count:
                self._say(table.name, f"events make {count} rows, {there} are there")
        return [Check(f"{name} is what the events say", listed(self._wrong[name], self._count[name]))
                for name in self._wrong]

    def _compare(self) -> None:
        self._compare_accounts()
        self._compare_receipts()
        self._accounts, self._receipts = {}, {}

    def _compare_accounts(self) -> None:
        self._cases += len(self._accounts)
        rows = {row.case_id: row for row in self._conn.execute(
            select(account_work).where(account_work.c.case_id.in_(list(self._accounts))))}
        for case_id, state in self._accounts.items():
            row, month = rows.get(case_id), next_charge(state)
            if row is None or row.next_charge != month:
                self._say(account_work.name, f"case {case_id}: to be charged for {month}, the row says "
                                             f"{row and row.next_charge}")
            elif not row.to_check and any(True for _ in state.open_installments):
                self._say(account_work.name, f"case {case_id}: owes, and is not checked for interest")

    def _compare_receipts(self) -> None:
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in self._conn.execute(select(open_holds).where(
                open_holds.c.receipt_id.in_(list(self._receipts))).order_by(open_holds.c.hold)).mappings():
            rows.setdefault(row["receipt_id"], []).append(dict(row))
        for receipt_id, state in self._receipts.items():
            due = hold_rows(receipt_id, state)
            self._holds += len(due)
            if due != rows.get(receipt_id, []):
                self._say(open_holds.name, f"receipt {receipt_id}: {len(due)} holds are not the rows there are")

    def _say(self, table: str, told: str) -> None:
        self._count[table] += 1
        if len(self._wrong[table]) < LISTED:
            self._wrong[table].append(told)
