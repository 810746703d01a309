"""Reading what is on file of a viewer, masked, and what they asked or reported; and how far the view has heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, union_all

from gateway.view.case_tables import appointments, profiles, requests


@dataclass(frozen=True)
class Profile:
    shown_enc: str
    language: str
    address_valid: bool
    email_notices: bool
    changed_on: date
    changed_by: str


@dataclass(frozen=True)
class Request:
    """Something the viewer asked or reported: never what was in it."""

    confirmation: str
    kind: str
    case_id: str | None
    received_at: datetime
    status: str
    answer: str | None
    answer_enc: str | None
    answered_on: date | None


def profile_of(conn: Connection, viewer_id: str) -> Profile | None:
    row = conn.execute(select(profiles).where(profiles.c.viewer_id == viewer_id)).one_or_none()
    if row is None:
        return None
    return Profile(row.shown_enc, row.language, row.address_valid, row.email_notices, row.changed_on, row.changed_by)


def requests_of(conn: Connection, viewer_id: str) -> list[Request]:
    """Newest first."""
    query = select(requests).where(requests.c.viewer_id == viewer_id).order_by(
        requests.c.received_at.desc(), requests.c.confirmation)
    return [_request(row) for row in conn.execute(query)]


def heard(conn: Connection, viewer_id: str, stream: str) -> int:
    """The version up to which the view has heard an aggregate of the viewer; 0 for none."""
    own = [select(table.c.version).where(table.c.viewer_id == viewer_id, table.c.stream == stream)
           for table in (profiles, appointments, requests)]
    versions = union_all(*own).subquery()
    return conn.execute(select(func.max(versions.c.version))).scalar_one() or 0


def _request(row: Row[Any]) -> Request:
    return Request(row.confirmation, row.kind, row.case_id, row.received_at, row.status, row.answer, row.answer_enc,
                   row.answered_on)
