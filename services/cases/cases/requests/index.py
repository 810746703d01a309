"""The table of requests: written with each decision; listed in the order in which they are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from cases.domain.due import due_on
from cases.domain.request import ANSWERED, RECEIVED, Details
from cases.local_time import HERE, day_of
from cases.requests.tables import requests

# All but what was reported and what was answered: those are looked at one by one, on record.
LISTED = tuple(column for column in requests.c
               if column.name not in ("version", "content_enc", "message_enc", "updated_at"))
After = tuple[date, str]


@dataclass(frozen=True)
class Filter:
    """`open` is all that is not answered; `received_before` is a day of the agency."""

    kind: str | None = None
    status: str | None = None
    open: bool = False
    overdue: bool = False
    safety_concern: bool = False
    participant_id: str | None = None
    received_before: date | None = None

    def conditions(self, today: date) -> list[ColumnElement[bool]]:
        table, found = requests.c, []
        for name in ("kind", "status", "participant_id"):
            if (value := getattr(self, name)) is not None:
                found.append(table[name] == value)
        if self.open:
            found.append(table.status != ANSWERED)
        if self.overdue:
            found.append(_overdue(today))
        if self.safety_concern:
            found.append(table.safety_concern.is_(True))
        if self.received_before is not None:
            found.append(_received_on() < self.received_before)
        return found


def store_request(conn: Connection, confirmation: str, version: int, details: Details,
                  content: str | None = None) -> None:
    """`content` where it is new; what was reported does not change."""
    changing = {"version": version, "status": details.status, "taken_by": details.taken_by, "answer": details.answer,
                "message_enc": details.message.value if details.message else None, "answered_on": details.answered_on}
    row = {"confirmation": confirmation, "kind": details.kind, "participant_id": details.participant_id,
           "case_id": details.case_id, "appointment_id": details.appointment_id,
           "safety_concern": details.safety_concern, "content_enc": content, "received_at": details.received_at,
           "due_on": due_on(day_of(details.received_at)), **changing}
    statement = insert(requests).values(row)
    conn.execute(statement.on_conflict_do_update(
        index_elements=["confirmation"], set_={**changing, "updated_at": func.clock_timestamp()},
        where=requests.c.version < version))


def listed(conn: Connection, wanted: Filter, today: date, limit: int, after: After | None = None) -> Sequence[Any]:
    """At most `limit`, the first due first, beginning behind `after`."""
    table = requests.c
    query: Select[Any] = select(*LISTED).where(*wanted.conditions(today)).order_by(table.due_on, table.confirmation)
    if after is not None:
        query = query.where(tuple_(table.due_on, table.confirmation) > after)
    return conn.execute(query.limit(limit)).all()


def find(conn: Connection, confirmation: str) -> Any | None:
    return conn.execute(select(*LISTED).where(requests.c.confirmation == confirmation)).one_or_none()


def content_of(conn: Connection, confirmation: str) -> str | None:
    """What was asked or reported, encrypted."""
    return conn.execute(select(requests.c.content_enc).where(
        requests.c.confirmation == confirmation)).scalar_one_or_none()


def waiting(conn: Connection, today: date) -> tuple[int, int]:
    """How many are not answered, and how many of them are overdue."""
    query = select(func.count(), func.count().filter(_overdue(today))).where(requests.c.status != ANSWERED)
    unanswered, overdue = conn.execute(query).one()
    return unanswered, overdue


def is_overdue(row: Any, today: date) -> bool:
    """Neither answered nor taken up in time: who took it up has acknowledged it, and the customer sees that."""
    return bool(row.status == RECEIVED and row.due_on < today)


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(requests.c.status == RECEIVED, requests.c.due_on < today)


def _received_on() -> ColumnElement[date]:
    return func.date(func.timezone(HERE.key, requests.c.received_at))
