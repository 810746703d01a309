"""What pages and phone read of the view: one indexed query for a page of rows, newest first.

Every function takes the viewer first, and every query is bound to that viewer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, bindparam, literal, select, true

from gateway.view import payment_rows
from gateway.view.choosing import ALL, KEYS, VIEWER, Asks, Choice, Kind, conditions
from gateway.view.paging import PAGE, Cursor, Direction, Page, direction_of, newest, page_of, values_of
from gateway.view.payment_rows import Made, Received, Sent
from gateway.view.tables import accounts, cases, family_payments, freshness, payments_made, payments_sent


def payments(conn: Connection, viewer_id: str, kind: Kind, cursor: Cursor | None = None, limit: int = PAGE,
             choice: Choice = ALL) -> Page[Made | Sent | Received]:
    """A page of the viewer's payments, newest first."""
    query = _page(kind, choice.asks, direction_of(cursor))
    found = conn.execute(query, {"viewer_id": viewer_id, **choice.values, **values_of(cursor, limit)})
    return page_of([_READ[kind](row) for row in found.mappings()], cursor, limit)


@lru_cache(maxsize=256)
def _page(kind: Kind, asks: Asks, direction: Direction | None) -> Select[Any]:
    """Made once: to put a query together takes longer than to run it."""
    if kind == "received":
        return _of_cases(asks, direction)
    table, on, reference = KEYS[kind]
    return newest(select(table).where(table.c.viewer_id == VIEWER, *conditions(kind, asks)), on, reference, direction)


def _of_cases(asks: Asks, direction: Direction | None) -> Select[Any]:
    """A page of each case the viewer is paid in, by its index, and of those pages the newest rows."""
    _, on, reference = KEYS["received"]
    mine = select(family_payments).where(family_payments.c.case_id == cases.c.case_id, *conditions("received", asks))
    each = newest(mine, on, reference, direction).lateral("each")
    of_viewer = select(each).select_from(cases.join(each, true())).where(
        cases.c.viewer_id == VIEWER, cases.c.role == "payee")
    return newest(of_viewer, each.c.received_on, each.c.reference, direction)


def has_payments(conn: Connection, viewer_id: str) -> Mapping[Kind, bool]:
    """Which of the two lists has rows."""
    query = select(select(payments_made.c.receipt_id).where(payments_made.c.viewer_id == viewer_id).exists(),
                   select(payments_sent.c.disbursement_id).where(payments_sent.c.viewer_id == viewer_id).exists())
    made, sent = conn.execute(query).one()
    return {"made": bool(made), "sent": bool(sent)}


@dataclass(frozen=True)
class MyCase:
    """A case of the viewer's, called by the court's number where there is one; `role` is the viewer's own."""

    case_id: str
    label: str
    role: str


def cases_of(conn: Connection, viewer_id: str) -> Sequence[MyCase]:
    query = select(cases.c.case_id, cases.c.court_case_number, cases.c.role).where(cases.c.viewer_id == viewer_id)
    return [MyCase(row.case_id, row.court_case_number or row.case_id, row.role)
            for row in conn.execute(query.order_by(cases.c.case_id))]


def cases_and_as_of(conn: Connection, viewer_id: str, publisher: str) -> tuple[Sequence[MyCase], datetime | None]:
    """Both at once: nearly every page says both."""
    rows = conn.execute(_CASES_AND_AS_OF, {"viewer_id": viewer_id, "publisher": publisher}).all()
    return [MyCase(row.case_id, row.court_case_number or row.case_id, row.role) for row in rows if row.case_id
            ], rows[0].as_of


def case_labels(conn: Connection, viewer_id: str) -> Mapping[str, str]:
    """What the viewer's cases are called, by case id."""
    return {case.case_id: case.label for case in cases_of(conn, viewer_id)}


def as_of(conn: Connection, publisher: str) -> datetime | None:
    """The time of the last fact of that publisher, aware UTC; None before the first."""
    return conn.execute(select(freshness.c.as_of).where(freshness.c.publisher == publisher)).scalar_one_or_none()


@dataclass(frozen=True)
class PinChange:
    """When, aware UTC, and on which channel: web, phone, or other."""

    at: datetime
    channel: str


def pin_change(conn: Connection, viewer_id: str) -> PinChange | None:
    """The last change of the viewer's PIN."""
    query = select(accounts.c.pin_changed_at, accounts.c.pin_changed_by).where(
        accounts.c.viewer_id == viewer_id, accounts.c.pin_changed_at.is_not(None))
    row = conn.execute(query).one_or_none()
    return PinChange(row.pin_changed_at, row.pin_changed_by or "other") if row else None


def account_version(conn: Connection, viewer_id: str) -> int:
    """The version of the account that the view has seen, 0 for none."""
    return conn.execute(select(accounts.c.version).where(accounts.c.viewer_id == viewer_id)).scalar_one_or_none() or 0


def sessions_valid_from(conn: Connection, viewer_id: str) -> int:
    """Who was let in at an earlier version of the account is out; 0 where the view has not heard of the account."""
    query = select(accounts.c.sessions_valid_from).where(accounts.c.viewer_id == viewer_id)
    return conn.execute(query).scalar_one_or_none() or 0


_ONE: Final = select(literal(1).label("one")).subquery()
_CASES_AND_AS_OF: Final = select(
    freshness.c.as_of, cases.c.case_id, cases.c.court_case_number, cases.c.role).select_from(
    _ONE.outerjoin(freshness, freshness.c.publisher == bindparam("publisher"))
    .outerjoin(cases, cases.c.viewer_id == VIEWER)).order_by(cases.c.case_id)
_READ: Mapping[Kind, Callable[[RowMapping], Made | Sent | Received]] = {
    "made": payment_rows.made, "sent": payment_rows.sent, "received": payment_rows.received,
}
