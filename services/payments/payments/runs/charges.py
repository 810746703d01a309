"""The charge run: every installment that falls due up to a month, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select

from eventkit.unit import Unit
from payments.bookkeeping import Books
from payments.domain.account.account import account
from payments.domain.account.commands import PostCharges
from payments.worklists import account_work


@dataclass(frozen=True)
class Charges:
    """Of the months up to `month`, given by its first day."""

    month: date
    name = "charges"
    things = "cases"

    def count(self, conn: Connection) -> int:
        return int(conn.execute(select(func.count()).where(self._due)).scalar_one())

    def keys(self, conn: Connection, after: str, limit: int) -> list[str]:
        query = select(account_work.c.case_id).where(self._due, account_work.c.case_id > after)
        return list(conn.execute(query.order_by(account_work.c.case_id).limit(limit)).scalars())

    def work(self, unit: Unit, keys: Sequence[str]) -> int:
        books = Books(unit)
        books.preload(account, keys)
        changed = sum(bool(books.follow(account, case_id, PostCharges(self.month)).events) for case_id in keys)
        books.close()
        return changed

    @property
    def _due(self) -> ColumnElement[bool]:
        return account_work.c.next_charge <= self.month
