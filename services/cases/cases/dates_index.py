"""Writing the current state of court orders, hearings and appointments, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from cases.current_state import upsert
from cases.domain import appointment, court_order, hearing
from cases.domain.protected import Protected
from cases.tables import appointments, court_orders, hearings

WHERE = {"place": "place_enc", "link": "link_enc"}


def store_orders(conn: Connection, states: Mapping[str, tuple[int, court_order.Details]]) -> None:
    upsert(conn, court_orders, "order_id", [{"order_id": order_id, "version": version, **asdict(details)}
                                            for order_id, (version, details) in states.items()])


def store_hearings(conn: Connection, states: Mapping[str, tuple[int, hearing.Details]]) -> None:
    upsert(conn, hearings, "hearing_id", [
        {**asdict(details), "hearing_id": hearing_id, "version": version,
         "attendance": {each.participant_id: each.mode for each in details.attendance}}
        for hearing_id, (version, details) in states.items()])


def store_appointments(conn: Connection, states: Mapping[str, tuple[int, appointment.Details]]) -> None:
    upsert(conn, appointments, "appointment_id", [_appointment(i, *state) for i, state in states.items()])


def known_places(conn: Connection, ids: Iterable[str]) -> dict[str, Mapping[str, Protected]]:
    """appointment id -> "place" and "link" as they are stored, where there is one."""
    rows = conn.execute(select(appointments).where(appointments.c.appointment_id.in_(set(ids))))
    return {row.appointment_id: {field: Protected(row._mapping[column], row.marks[field])
                                 for field, column in WHERE.items() if row._mapping[column] is not None}
            for row in rows}


def _appointment(appointment_id: str, version: int, details: appointment.Details) -> dict[str, Any]:
    where = {"place": details.place, "link": details.link}
    return {"appointment_id": appointment_id, "version": version, "participant_id": details.participant_id,
            "case_id": details.case_id, "type": details.type, "status": details.status,
            "starts_at": details.starts_at, "minutes": details.minutes,
            "place_enc": details.place.value if details.place else None,
            "link_enc": details.link.value if details.link else None,
            "marks": {field: kept.mark for field, kept in where.items() if kept},
            "attendance_required": details.attendance_required, "bring": list(details.bring),
            "language": details.language}
