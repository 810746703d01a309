"""Which of a viewer's payments are wanted: by day, case, and how they were paid; and what they come to, by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Select,
    Table,
    case,
    cast,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from gateway.view.payment_rows import STANDS
from gateway.view.tables import cases, family_payments, payments_made, payments_sent

Kind = Literal["made", "sent", "received"]
KEYS: Mapping[Kind, tuple[Table, Column[Any], Column[Any]]] = {
    "made": (payments_made, payments_made.c.received_on, payments_made.c.receipt_id),
    "sent": (payments_sent, payments_sent.c.issued_on, payments_sent.c.disbursement_id),
    "received": (family_payments, family_payments.c.received_on, family_payments.c.reference),
}
"""Of each kind its table, the day it is listed by, and what tells rows of one day apart."""


@dataclass(frozen=True)
class Choice:
    """None is any. `how` is a source, or where that is OTHER a method: what the page says it was paid with; only
    who paid may choose by it."""

    since: date | None = None
    until: date | None = None
    case_id: str | None = None
    how: str | None = None

    def __bool__(self) -> bool:
        return any((self.since, self.until, self.case_id, self.how))


ALL = Choice()


@dataclass(frozen=True)
class MonthSum:
    """What the payments of a month come to that count. Cents."""

    month: date
    count: int
    cents: int


def conditions(kind: Kind, choice: Choice) -> list[ColumnElement[bool]]:
    table, on, _ = KEYS[kind]
    found: list[ColumnElement[bool]] = []
    if choice.since:
        found.append(on >= choice.since)
    if choice.until:
        found.append(on <= choice.until)
    if choice.case_id:
        found.append(_paid_on(choice.case_id) if kind == "made" else table.c.case_id == choice.case_id)
    if choice.how and kind == "made":
        found.append(case((table.c.source == "OTHER", table.c.method), else_=table.c.source) == choice.how)
    return found


def sums_by_month(conn: Connection, viewer_id: str, kind: Kind, choice: Choice = ALL) -> Sequence[MonthSum]:
    """Of months that have payments that count, the newest first."""
    table, on, _ = KEYS[kind]
    month = cast(func.date_trunc("month", on), Date).label("month")
    figures: list[ColumnElement[Any]] = [month, func.count(), func.sum(table.c.amount_cents)]
    query = mine(select(*figures), viewer_id, kind).where(_COUNTS[kind], *conditions(kind, choice))
    return [MonthSum(on, count, int(cents))
            for on, count, cents in conn.execute(query.group_by(month).order_by(month.desc()))]


def mine(query: Select[Any], viewer_id: str, kind: Kind) -> Select[Any]:
    """What was received for a case is seen by whoever is paid in it now: `cases` says who."""
    table = KEYS[kind][0]
    if kind != "received":
        return query.where(table.c.viewer_id == viewer_id)
    return query.select_from(table.join(cases, cases.c.case_id == table.c.case_id)).where(
        cases.c.viewer_id == viewer_id, cases.c.role == "payee")


def _paid_on(case_id: str) -> ColumnElement[bool]:
    return payments_made.c.paid.op("@>")(cast([{"case_id": case_id}], JSONB))


_COUNTS: Mapping[Kind, ColumnElement[bool]] = {
    "made": payments_made.c.status != "reversed",
    "sent": payments_sent.c.status.in_(STANDS),
    "received": family_payments.c.taken_back_on.is_(None),
}
