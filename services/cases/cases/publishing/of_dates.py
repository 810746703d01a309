"""What is published of court orders, court dates and appointments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.domain.appointment import AppointmentConfirmed, AppointmentRecorded, RescheduleAsked
from cases.domain.court_order import OrderRecorded
from cases.domain.hearing import HearingRecorded
from eventkit.store import Recorded

Public = Iterator[tuple[str, str, dict[str, Any]]]


def court_order(recorded: Recorded) -> Public:
    event: OrderRecorded = recorded.event
    details = event.details
    yield "order_recorded", event.order_id, {
        "case_id": details.case_id,
        "order_id": event.order_id,
        "court": details.court,
        "court_case_number": details.court_case_number,
        "type": details.type,
        "filed_on": details.filed_on.isoformat(),
        "effective_on": details.effective_on.isoformat(),
        "health_insurance": details.health_insurance,
        "income_withholding": details.income_withholding,
    }


def hearing(recorded: Recorded) -> Public:
    event: HearingRecorded = recorded.event
    details = event.details
    yield "hearing_changed", event.hearing_id, {
        "hearing_id": event.hearing_id,
        "case_id": details.case_id,
        "type": details.type,
        "status": details.status,
        "starts_at": details.starts_at.isoformat(),
        "minutes": details.minutes,
        "court": details.court,
        "department": details.department,
        "court_address": details.court_address,
        "attendance": [{"participant_id": each.participant_id, "mode": each.mode} for each in details.attendance],
    }


def appointment(recorded: Recorded) -> Public:
    event: AppointmentRecorded | AppointmentConfirmed | RescheduleAsked = recorded.event
    details = event.details
    yield "appointment_changed", event.appointment_id, {
        "appointment_id": event.appointment_id,
        "participant_id": details.participant_id,
        "case_id": details.case_id,
        "type": details.type,
        "status": details.status,
        "starts_at": details.starts_at.isoformat(),
        "minutes": details.minutes,
        "place_enc": details.place.value if details.place else None,
        "link_enc": details.link.value if details.link else None,
        "attendance_required": details.attendance_required,
        "bring": list(details.bring),
        "language": details.language,
    }
