"""What leaves this service: the one place that says which stored event goes out as which public ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import cases.service_events
import cases.shown_events  # noqa: F401  their schemas register themselves
from cases.catalog import catalog
from cases.domain.appointment import AppointmentConfirmed, AppointmentRecorded, RescheduleAsked
from cases.domain.case import CaseChanged, CaseOpened
from cases.domain.participant import ParticipantChanged, ParticipantRegistered
from cases.publishing.of_cases import case_changed, case_opened
from cases.publishing.of_dates import appointment
from cases.publishing.of_participants import participant_changed, participant_registered
from eventkit.public import PublicEvent
from eventkit.store import Recorded

Public = tuple[str, str, dict[str, Any]]  # the event's name, its subject, its data

PUBLISHED: dict[type, Callable[[Recorded], Iterable[Public]]] = {
    ParticipantRegistered: participant_registered,
    ParticipantChanged: participant_changed,
    CaseOpened: case_opened,
    CaseChanged: case_changed,
    AppointmentRecorded: appointment,
    AppointmentConfirmed: appointment,
    RescheduleAsked: appointment,
}


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    """One stored event may leave as several public ones, each for those who need it."""
    told = PUBLISHED[type(recorded.event)](recorded)
    return [catalog.make(name, 1, subject, data) for name, subject, data in told]
