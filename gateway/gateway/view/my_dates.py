"""Reading a viewer's dates: hearings of their cases and their own appointments, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, and_, select

from gateway.view.case_tables import appointments, attendance, hearings
from gateway.view.tables import cases

OFF = frozenset({"vacated", "cancelled"})
"""Statuses of what will not take place."""
OVER = frozenset({"held", "attended", "missed"})
OPEN = frozenset({"scheduled", "confirmed", "reschedule_requested", "rescheduled"})
"""Statuses of appointments that a customer can answer."""


@dataclass(frozen=True)
class Hearing:
    """A court date of a case of the viewer. `mode` is how the viewer attends, None where that is not said."""

    hearing_id: str
    case_id: str
    label: str
    type: str
    status: str
    starts_at: datetime
    minutes: int
    court: str
    department: str | None
    court_address: str
    mode: str | None
    version: int

    kind: Literal["hearing"] = "hearing"

    @property
    def id(self) -> str:
        return self.hearing_id

    @property
    def off(self) -> bool:
        return self.status in OFF


@dataclass(frozen=True)
class Appointment:
    """An appointment of the viewer alone. `label` is that of its case, None where it is of none."""

    appointment_id: str
    case_id: str | None
    label: str | None
    type: str
    status: str
    starts_at: datetime
    minutes: int
    place_enc: str | None
    link_enc: str | None
    attendance_required: bool
    bring: tuple[str, ...]
    language: str
    version: int

    kind: Literal["appointment"] = "appointment"

    @property
    def id(self) -> str:
        return self.appointment_id

    @property
    def off(self) -> bool:
        return self.status in OFF

    def can_be_confirmed(self, now: datetime) -> bool:
        return self.status in ("scheduled", "rescheduled") and not is_over(self, now)

    def can_be_moved(self, now: datetime) -> bool:
        return self.status in OPEN - {"reschedule_requested"} and not is_over(self, now)


Date = Hearing | Appointment


def dates_of(conn: Connection, viewer_id: str) -> list[Date]:
    found: list[Date] = [_hearing(row) for row in conn.execute(_hearings(viewer_id))]
    found += [_appointment(row) for row in conn.execute(_appointments(viewer_id))]
    return sorted(found, key=lambda date: (date.starts_at, date.kind, date.id))


def hearing_of(conn: Connection, viewer_id: str, hearing_id: str) -> Hearing | None:
    """None for what is not there, and for one of a case of other people."""
    row = conn.execute(_hearings(viewer_id).where(hearings.c.hearing_id == hearing_id)).one_or_none()
    return _hearing(row) if row else None


def appointment_of(conn: Connection, viewer_id: str, appointment_id: str) -> Appointment | None:
    """None for what is not there, and for one of somebody else."""
    row = conn.execute(_appointments(viewer_id).where(appointments.c.appointment_id == appointment_id)).one_or_none()
    return _appointment(row) if row else None


def is_over(date: Date, now: datetime) -> bool:
    return date.status in OVER or date.starts_at + timedelta(minutes=date.minutes) <= now


def split(found: Sequence[Date], now: datetime) -> tuple[list[Date], list[Date]]:
    """What is to come, soonest first, and what is past, latest first."""
    coming = [date for date in found if not is_over(date, now)]
    return coming, [date for date in reversed(found) if is_over(date, now)]


def _hearings(viewer_id: str) -> Select[Any]:
    own = and_(attendance.c.hearing_id == hearings.c.hearing_id, attendance.c.viewer_id == viewer_id)
    return (
        select(hearings, attendance.c.mode, cases.c.court_case_number)
        .join(cases, and_(cases.c.case_id == hearings.c.case_id, cases.c.viewer_id == viewer_id))
        .outerjoin(attendance, own)
    )


def _appointments(viewer_id: str) -> Select[Any]:
    own_case = and_(cases.c.case_id == appointments.c.case_id, cases.c.viewer_id == viewer_id)
    return select(appointments, cases.c.case_id.label("own_case_id"), cases.c.court_case_number).outerjoin(
        cases, own_case).where(appointments.c.viewer_id == viewer_id)


def _hearing(row: Row[Any]) -> Hearing:
    return Hearing(row.hearing_id, row.case_id, row.court_case_number or row.case_id, row.type, row.status,
                   row.starts_at, row.minutes, row.court, row.department, row.court_address, row.mode, row.version)


def _appointment(row: Row[Any]) -> Appointment:
    return Appointment(row.appointment_id, row.own_case_id,
                       (row.court_case_number or row.own_case_id) if row.own_case_id else None, row.type, row.status,
                       row.starts_at, row.minutes, row.place_enc, row.link_enc, row.attendance_required,
                       tuple(row.bring), row.language, row.version)
