"""Monthly statements as they are read: a list of both sides' newest, and one of them for whoever may see it.

A payor reads their own rows; a family's are those of the cases the viewer is paid in now, as with payments received.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    bindparam,
    literal,
    select,
    union_all,
)

from gateway.view.choosing import VIEWER
from gateway.view.paging import PAGE, Cursor, Direction, Page, direction_of, newest, page_of, values_of
from gateway.view.statement_tables import family_statements, payor_statements
from gateway.view.tables import cases


@dataclass(frozen=True)
class StatementLine:
    """A statement in a list; `on` is the first day of its month, `reference` its case. `total`, cents, then owed."""

    on: date
    reference: str
    role: str
    issued_on: date
    total: int


@dataclass(frozen=True)
class Entry:
    """A payment, an adjustment or a charge of the month; what the viewer may not see, or it has not, is None."""

    amount_cents: int
    on: date | None = None
    source: str | None = None
    method: str | None = None
    kind: str | None = None
    reason: str | None = None

    @property
    def paid_by(self) -> tuple[Literal["source", "method"], str]:
        """Of a payment: as in the list of payments, the method where it was simply paid."""
        if self.source == "OTHER" and self.method:
            return "method", self.method
        return "source", self.source or "other"

    @property
    def taken_back(self) -> bool:
        """Of a payment."""
        return self.amount_cents < 0


@dataclass(frozen=True)
class ToPay:
    """For the payor alone: what is asked, and the coupon. Cents."""

    asked: int
    to_avoid_interest: int
    participant_id: str
    coupon: int
    address: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """Of one case and month, as one side may see it; `adjustments` one by one are the payor's alone. Cents."""

    case_id: str
    month: date
    role: str
    number: int
    issued_on: date
    since: date
    until: date
    previous: int
    charges: tuple[Entry, ...]
    payments: tuple[Entry, ...]
    adjustments: tuple[Entry, ...]
    adjusted: int
    interest_posted: int
    current_due: int
    past_due: int
    interest: int
    ahead: int
    total: int
    to_pay: ToPay | None

    @property
    def paid(self) -> int:
        return sum(payment.amount_cents for payment in self.payments)


def listed(conn: Connection, viewer_id: str, cursor: Cursor | None = None, limit: int = PAGE) -> Page[StatementLine]:
    """A page of the viewer's statements, newest first."""
    query = _newest(direction_of(cursor))
    found = [StatementLine(row.month, row.case_id, row.role, row.issued_on, row.total_cents)
             for row in conn.execute(query, {"viewer_id": viewer_id, **values_of(cursor, limit)})]
    return page_of(found, cursor, limit)


@cache
def _newest(direction: Direction | None) -> Select[Any]:
    both = union_all(_lines(payor_statements, "payor").where(payor_statements.c.viewer_id == VIEWER),
                     _lines(family_statements, "payee").where(_is_family())).subquery()
    return newest(select(both), both.c.month, both.c.case_id, direction)


def statement(conn: Connection, viewer_id: str, case_id: str, month: date) -> Statement | None:
    """None where there is none, or it is not for the viewer."""
    which = {"viewer_id": viewer_id, "case_id": case_id, "month": month}
    if row := conn.execute(_MINE, which).mappings().one_or_none():
        return _for_payor(row)
    row = conn.execute(_OURS, which).mappings().one_or_none()
    return _for_family(row) if row else None


def _lines(table: Table, role: str) -> Select[Any]:
    return select(table.c.month, table.c.case_id, literal(role).label("role"), table.c.issued_on, table.c.total_cents)


def _is_family() -> ColumnElement[bool]:
    """The viewer is paid in the case now; who paid in that very month has a row of their own, and reads that."""
    paid = select(cases.c.case_id).where(cases.c.viewer_id == VIEWER, cases.c.role == "payee")
    own = select(payor_statements.c.case_id).where(
        payor_statements.c.case_id == family_statements.c.case_id,
        payor_statements.c.month == family_statements.c.month, payor_statements.c.viewer_id == VIEWER)
    return family_statements.c.case_id.in_(paid) & ~own.exists()


_MINE: Final = select(payor_statements).where(
    payor_statements.c.case_id == bindparam("case_id"), payor_statements.c.month == bindparam("month"),
    payor_statements.c.viewer_id == VIEWER)
_OURS: Final = select(family_statements).where(
    family_statements.c.case_id == bindparam("case_id"), family_statements.c.month == bindparam("month"), _is_family())


def _for_payor(row: RowMapping) -> Statement:
    """What is asked each month toward what is past due is nothing where nothing is past due."""
    adjustments = _entries(row["adjustments"])
    behind = row["past_due_cents"] + row["interest_cents"] > 0
    to_pay = ToPay(row["asked_cents"] if behind else 0, row["to_avoid_interest_cents"], row["viewer_id"],
                   row["coupon_cents"], tuple(row["pay_to"]))
    return _of(row, "payor", adjustments, sum(one.amount_cents for one in adjustments), to_pay)


def _for_family(row: RowMapping) -> Statement:
    return _of(row, "payee", (), row["adjusted_cents"], None)


def _of(row: RowMapping, role: str, adjustments: tuple[Entry, ...], adjusted: int, to_pay: ToPay | None) -> Statement:
    return Statement(
        row["case_id"], row["month"], role, row["number"], row["issued_on"], row["since"], row["until"],
        row["previous_cents"], _entries(row["charges"]), _entries(row["payments"]), adjustments, adjusted,
        row["interest_posted_cents"], row["current_due_cents"], row["past_due_cents"], row["interest_cents"],
        row["paid_ahead_cents"], row["total_cents"], to_pay)


def _entries(found: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(one["amount_cents"], date.fromisoformat(one["on"]) if "on" in one else None, one.get("source"),
                       one.get("method"), one.get("kind"), one.get("reason")) for one in found)
