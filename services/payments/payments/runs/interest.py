"""The interest run: what unpaid installments bore in the months that are over, each obligation and month once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from eventkit.unit import Unit
from payments.bookkeeping import Books
from payments.domain.account.account import account
from payments.domain.account.commands import PostInterest
from payments.worklists import account_work, interest_checked


@dataclass(frozen=True)
class Interest:
    """Of the months up to `through`, given by its first day; it must be over."""

    through: date
    name = "interest"
    things = "cases"

    def count(self, conn: Connection) -> int:
        return int(conn.execute(select(func.count()).where(self._to_check)).scalar_one())

    def keys(self, conn: Connection, after: str, limit: int) -> list[str]:
        query = select(account_work.c.case_id).where(self._to_check, account_work.c.case_id > after)
        return list(conn.execute(query.order_by(account_work.c.case_id).limit(limit)).scalars())

    def work(self, unit: Unit, keys: Sequence[str]) -> int:
        books = Books(unit)
        books.preload(account, keys)
        changed = sum(bool(books.follow(account, case_id, PostInterest(self.through)).events) for case_id in keys)
        states = {case_id: books.state(account, case_id) for case_id in keys}
        books.close()
        interest_checked(unit.conn, states, self.through)
        return changed

    @property
    def _to_check(self) -> ColumnElement[bool]:
        checked = account_work.c.interest_checked
        return and_(account_work.c.to_check, or_(checked.is_(None), checked < self.through))
