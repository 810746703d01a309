"""What is owed today on each of a viewer's cases, by kind, and what is expected next: computed when it is read.

Two indexed queries, whose cost depends on what is open and on the terms of the case, not on its history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Subquery,
    Table,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from gateway.view.tables import cases, debts, liquidations, obligations, paid_ahead

CURRENT = ("CHILD", "MEDICAL", "SPOUSAL")
"""Kinds of current support, in the order it is paid; what else is owed is past due as soon as it is due."""
KINDS = (*CURRENT, "JUDGMENT", "FEE")


@dataclass(frozen=True)
class Owed:
    """What is owed of one kind. Cents."""

    kind: str
    due_now: int
    past_due: int
    interest: int

    @property
    def total(self) -> int:
        return self.due_now + self.past_due + self.interest


@dataclass(frozen=True)
class Expected:
    """What is asked for next: the support of a month, and a part of what is past due. Cents."""

    on: date
    support: int
    past_due: int

    @property
    def total(self) -> int:
        return self.support + self.past_due


@dataclass(frozen=True)
class Balance:
    """Of one case, for the viewer's own role in it; `ahead` is what was paid for coming months. Cents."""

    case_id: str
    label: str
    role: str
    owed: tuple[Owed, ...]
    ahead: int
    expected: Expected | None

    @property
    def due_now(self) -> int:
        return sum(owed.due_now for owed in self.owed)

    @property
    def past_due(self) -> int:
        return sum(owed.past_due for owed in self.owed)

    @property
    def interest(self) -> int:
        return sum(owed.interest for owed in self.owed)

    @property
    def total(self) -> int:
        return self.due_now + self.past_due + self.interest


def balances(conn: Connection, viewer_id: str, today: date) -> list[Balance]:
    """Of every case of the viewer that something was ever owed or asked for on; those the viewer pays in first."""
    mine = conn.execute(select(cases).where(cases.c.viewer_id == viewer_id)).all()
    if not mine:
        return []
    month, coming = today.replace(day=1), _next_month(today)
    ids = [row.case_id for row in mine]
    query = union_all(_open(ids, month, coming), _waiting(ids), _monthly(ids, coming), _asked(ids, coming))
    found: dict[str, list[Row[Any]]] = {}
    for figure in conn.execute(query):
        found.setdefault(figure.case_id, []).append(figure)
    return [_balance(row, found[row.case_id], coming)
            for row in sorted(mine, key=lambda row: (row.role != "payor", row.case_id)) if row.case_id in found]


def _open(ids: Sequence[str], month: date, coming: date) -> Select[Any]:
    """Debts by what they are today: due this month, past due, interest, paid ahead, or not due yet."""
    this_month = and_(debts.c.due >= month, debts.c.kind.in_(CURRENT))
    what = case((debts.c.what != "principal", debts.c.what), (debts.c.due >= coming, "later"),
                (this_month, "due_now"), else_="past_due")
    return _figures(debts.c.case_id, debts.c.kind, what, func.sum(debts.c.cents)).where(
        debts.c.case_id.in_(ids)).group_by(debts.c.case_id, debts.c.kind, what)


def _waiting(ids: Sequence[str]) -> Select[Any]:
    """Paid for a coming month and not credited yet: a debt's contrary, as an advance is."""
    return _figures(paid_ahead.c.case_id, null(), literal("advance"), -func.sum(paid_ahead.c.amount_cents)).where(
        paid_ahead.c.case_id.in_(ids)).group_by(paid_ahead.c.case_id)


def _monthly(ids: Sequence[str], on: date) -> Select[Any]:
    """Each obligation's amount in force on a day."""
    terms = _terms(obligations, ids, on, obligations.c.case_id, obligations.c.obligation_id)
    in_force = or_(terms.c.ends_on.is_(None), terms.c.ends_on >= on)
    return _figures(terms.c.case_id, terms.c.kind, literal("monthly"),
                    case((in_force, terms.c.monthly_cents), else_=0)).where(terms.c.age == 1)


def _asked(ids: Sequence[str], on: date) -> Select[Any]:
    """What is asked for each month on what is past due."""
    terms = _terms(liquidations, ids, on, liquidations.c.case_id)
    return _figures(terms.c.case_id, null(), literal("asked"), terms.c.monthly_cents).where(terms.c.age == 1)


def _terms(table: Table, ids: Sequence[str], on: date, *of: ColumnElement[Any]) -> Subquery:
    """Terms that have begun by a day, the latest being of age 1."""
    age = func.row_number().over(partition_by=of, order_by=table.c.effective_on.desc()).label("age")
    return select(table, age).where(table.c.case_id.in_(ids), table.c.effective_on <= on).subquery()


def _figures(case_id: ColumnElement[Any], kind: ColumnElement[Any], what: ColumnElement[Any],
             cents: ColumnElement[Any]) -> Select[Any]:
    return select(case_id.label("case_id"), kind.label("kind"), what.label("what"), cents.label("cents"))


def _balance(of: Row[Any], figures: Iterable[Row[Any]], coming: date) -> Balance:
    sums: dict[tuple[str, str], int] = {}
    for figure in figures:
        key = (figure.what, figure.kind or "")
        sums[key] = sums.get(key, 0) + int(figure.cents)
    owed = [Owed(kind, *(sums.get((what, kind), 0) for what in ("due_now", "past_due", "interest")))
            for kind in (*KINDS, *sorted({kind for _, kind in sums} - {*KINDS, ""}))]
    owed, ahead = _less_ahead([one for one in owed if one.total], -_sum(sums, "advance"))
    past = sum(one.past_due + one.interest for one in owed)
    support, asked = max(_sum(sums, "monthly") - ahead, 0), min(_sum(sums, "asked"), past)
    return Balance(of.case_id, of.court_case_number or of.case_id, of.role, tuple(owed), ahead,
                   Expected(coming, support, asked) if support or asked else None)


def _less_ahead(owed: Sequence[Owed], ahead: int) -> tuple[list[Owed], int]:
    """What was paid ahead pays what is due now, whether the ledger has booked it so already or will."""
    found = []
    for one in owed:
        used = min(ahead, one.due_now)
        ahead -= used
        found.append(replace(one, due_now=one.due_now - used))
    return [one for one in found if one.total], ahead


def _sum(sums: Mapping[tuple[str, str], int], what: str) -> int:
    return sum(cents for (name, _), cents in sums.items() if name == what)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
