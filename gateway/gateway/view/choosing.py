"""Which of a viewer's payments are wanted: by day, case, and how they were paid; and what they come to, by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Select,
    Table,
    Text,
    bindparam,
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

    @property
    def asks(self) -> Asks:
        """Names of what is chosen: of these a query is made, once."""
        return tuple(name for name in ("since", "until", "case_id", "how") if getattr(self, name))

    @property
    def values(self) -> Mapping[str, Any]:
        """For a query made of `conditions`."""
        return {"since": self.since, "until": self.until, "case_id": self.case_id, "how": self.how,
                "of_case": [{"case_id": self.case_id}]} if self else {}


Asks = tuple[str, ...]
ALL = Choice()
VIEWER = bindparam("viewer_id", type_=Text)
"""Whose rows: every query of a list has this place for a value, and whoever runs it fills it."""


@dataclass(frozen=True)
class MonthSum:
    """What the payments of a month come to that count. Cents."""

    month: date
    count: int
    cents: int


def conditions(kind: Kind, asks: Asks) -> list[ColumnElement[bool]]:
    """Of a choice that asks for these; its values are filled in when the query runs."""
    table, on, _ = KEYS[kind]
    of_case = payments_made.c.paid.op("@>")(bindparam("of_case", type_=JSONB)) if kind == "made" else (
        table.c.case_id == bindparam("case_id"))
    found = {"since": on >= bindparam("since"), "until": on <= bindparam("until"), "case_id": of_case}
    if kind == "made":
        found["how"] = case((table.c.source == "OTHER", table.c.method), else_=table.c.source) == bindparam("how")
    return [found[name] for name in asks if name in found]


def sums_by_month(conn: Connection, viewer_id: str, kind: Kind, choice: Choice = ALL) -> Sequence[MonthSum]:
    """Of months that have payments that count, the newest first."""
    found = conn.execute(_by_month(kind, choice.asks), {"viewer_id": viewer_id, **choice.values})
    return [MonthSum(on, count, int(cents)) for on, count, cents in found]


@lru_cache(maxsize=64)
def _by_month(kind: Kind, asks: Asks) -> Select[Any]:
    table, on, _ = KEYS[kind]
    month = cast(func.date_trunc("month", on), Date).label("month")
    figures: list[ColumnElement[Any]] = [month, func.count(), func.sum(table.c.amount_cents)]
    return mine(select(*figures), kind).where(_COUNTS[kind], *conditions(kind, asks)).group_by(month).order_by(
        month.desc())


def mine(query: Select[Any], kind: Kind) -> Select[Any]:
    """What was received for a case is seen by whoever is paid in it now: `cases` says who."""
    table = KEYS[kind][0]
    if kind != "received":
        return query.where(table.c.viewer_id == VIEWER)
    return query.select_from(table.join(cases, cases.c.case_id == table.c.case_id)).where(
        cases.c.viewer_id == VIEWER, cases.c.role == "payee")


_COUNTS: Mapping[Kind, ColumnElement[bool]] = {
    "made": payments_made.c.status != "reversed",
    "sent": payments_sent.c.status.in_(STANDS),
    "received": family_payments.c.taken_back_on.is_(None),
}
