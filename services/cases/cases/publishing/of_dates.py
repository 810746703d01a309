"""What is published of court orders, court dates and appointments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.domain.appointment import AppointmentConfirmed, AppointmentRecorded, RescheduleAsked
from eventkit.store import Recorded


def appointment(recorded: Recorded) -> Iterator[tuple[str, str, dict[str, Any]]]:
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
