"""The statement run: the statement of each case for a month that is over, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from eventkit.unit import Unit
from payments.answers.schemas import Statement
from payments.answers.statement import statement
from payments.domain.statement import IssueStatement, Told, issued, statement_id
from payments.worklists import account_work


@dataclass(frozen=True)
class Statements:
    """Of one month, given by its first day; `anew` also where one was issued that would say something else now."""

    month: date
    issued_on: date
    anew: bool = False
    name = "statements"
    things = "cases"

    def count(self, conn: Connection) -> int:
        return int(conn.execute(select(func.count()).select_from(account_work)).scalar_one())

    def keys(self, conn: Connection, after: str, limit: int) -> list[str]:
        query = select(account_work.c.case_id).where(account_work.c.case_id > after)
        return list(conn.execute(query.order_by(account_work.c.case_id).limit(limit)).scalars())

    def work(self, unit: Unit, keys: Sequence[str]) -> int:
        unit.preload(issued, [statement_id(case_id, self.month) for case_id in keys])
        changed = sum(self._issue(unit, case_id) for case_id in keys)
        unit.flush()
        return changed

    def _issue(self, unit: Unit, case_id: str) -> bool:
        """What was issued is not even reckoned again, so that a run that was stopped goes on at once where it was."""
        about = statement_id(case_id, self.month)
        if unit.state(issued, about).number and not self.anew:
            return False
        told: Told = Statement().dump(statement(unit.conn, case_id, self.month))
        if not _says_something(told):
            return False
        command = IssueStatement(case_id, self.month, self.issued_on, told, self.anew)
        return bool(unit.decide(issued, about, command).events)


def _says_something(told: Told) -> bool:
    """A case of which nothing was owed, before or in that month, has no statement."""
    moved = told["charges"] or told["payments"] or told["adjustments"] or told["interest_posted_cents"]
    return bool(moved or any(told["previous"].values()) or any(told["balance"].values()))
