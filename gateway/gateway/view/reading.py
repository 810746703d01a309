"""What pages and phone read of the view: one indexed query for a page of rows, newest first.

Every function takes the viewer first, and every query is bound to that viewer.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Column, Connection, RowMapping, Table, select, tuple_

from gateway.view.tables import accounts, cases, freshness, payments_made, payments_sent

PAGE = 25
Kind = Literal["made", "sent"]


@dataclass(frozen=True)
class Part:
    """What of a payment went to which case. `amount_cents` in cents."""

    case_id: str
    kind: str
    amount_cents: int


@dataclass(frozen=True)
class Made:
    """A payment the viewer made."""

    reference: str
    on: date
    amount_cents: int
    source: str
    method: str
    status: str
    parts: tuple[Part, ...]
    held_reason: str | None
    reversed_on: date | None
    reversal_reason: str | None


@dataclass(frozen=True)
class Sent:
    """A payment that was sent to the viewer."""

    reference: str
    on: date
    amount_cents: int
    method: str
    status: str
    status_on: date | None
    case_id: str


@dataclass(frozen=True)
class Cursor:
    """A place in a list, newest first: rows that come `after` this one are older, those `before` it newer."""

    on: date
    reference: str
    direction: Literal["after", "before"] = "after"

    def encode(self) -> str:
        return base64.urlsafe_b64encode(f"{self.on}|{self.reference}".encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, direction: Literal["after", "before"]) -> Cursor | None:
        """None for whatever is not a cursor of ours: it comes from an address anyone can type."""
        try:
            plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
            on, _, reference = plain.partition("|")
            return cls(date.fromisoformat(on), reference, direction) if "\x00" not in reference else None
        except (ValueError, binascii.Error):
            return None


@dataclass(frozen=True)
class Page:
    """`newer` and `older` are cursors where there is more in that direction."""

    rows: Sequence[Made | Sent]
    newer: Cursor | None
    older: Cursor | None


def payments(conn: Connection, viewer_id: str, kind: Kind, cursor: Cursor | None = None, limit: int = PAGE) -> Page:
    """A page of the viewer's payments, newest first."""
    table, on, reference = _SHAPES[kind]
    place = tuple_(on, reference)
    query = select(table).where(table.c.viewer_id == viewer_id)
    backwards = cursor is not None and cursor.direction == "before"
    if cursor is not None:
        here = tuple_(cursor.on, cursor.reference)
        query = query.where(place > here if backwards else place < here)
    order = (on.asc(), reference.asc()) if backwards else (on.desc(), reference.desc())
    found = conn.execute(query.order_by(*order).limit(limit + 1)).mappings().all()
    more, found = len(found) > limit, found[:limit]
    rows = [_made(row) if kind == "made" else _sent(row) for row in (reversed(found) if backwards else found)]
    newer = more if backwards else cursor is not None
    older = True if backwards else more
    return Page(rows, Cursor(rows[0].on, rows[0].reference, "before") if rows and newer else None,
                Cursor(rows[-1].on, rows[-1].reference) if rows and older else None)


def has_payments(conn: Connection, viewer_id: str) -> Mapping[Kind, bool]:
    """Which of the two lists has rows."""
    query = select(select(payments_made.c.receipt_id).where(payments_made.c.viewer_id == viewer_id).exists(),
                   select(payments_sent.c.disbursement_id).where(payments_sent.c.viewer_id == viewer_id).exists())
    made, sent = conn.execute(query).one()
    return {"made": bool(made), "sent": bool(sent)}


def case_labels(conn: Connection, viewer_id: str) -> Mapping[str, str]:
    """What the viewer's cases are called, by case id: the court's number where there is one."""
    rows = conn.execute(select(cases.c.case_id, cases.c.court_case_number).where(cases.c.viewer_id == viewer_id))
    return {row.case_id: row.court_case_number or row.case_id for row in rows}


def as_of(conn: Connection, publisher: str) -> datetime | None:
    """The time of the last fact of that publisher, aware UTC; None before the first."""
    return conn.execute(select(freshness.c.as_of).where(freshness.c.publisher == publisher)).scalar_one_or_none()


def account_version(conn: Connection, viewer_id: str) -> int:
    """The version of the account that the view has seen, 0 for none."""
    return conn.execute(select(accounts.c.version).where(accounts.c.viewer_id == viewer_id)).scalar_one_or_none() or 0


def sessions_valid_from(conn: Connection, viewer_id: str) -> int:
    """Who was let in at an earlier version of the account is out; 0 where the view has not heard of the account."""
    query = select(accounts.c.sessions_valid_from).where(accounts.c.viewer_id == viewer_id)
    return conn.execute(query).scalar_one_or_none() or 0


_SHAPES: Mapping[str, tuple[Table, Column[Any], Column[Any]]] = {
    "made": (payments_made, payments_made.c.received_on, payments_made.c.receipt_id),
    "sent": (payments_sent, payments_sent.c.issued_on, payments_sent.c.disbursement_id),
}


def _made(row: RowMapping) -> Made:
    parts = tuple(Part(part["case_id"], part["kind"], part["amount_cents"]) for part in row["applied"])
    return Made(row["receipt_id"], row["received_on"], row["amount_cents"], row["source"], row["method"],
                row["status"], parts, row["held_reason"], row["reversed_on"], row["reversal_reason"])


def _sent(row: RowMapping) -> Sent:
    return Sent(row["disbursement_id"], row["issued_on"], row["amount_cents"], row["method"], row["status"],
                row["status_on"], row["case_id"])
