"""What leaves this service: the one place that says which stored event goes out as which public ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import cases.service_events
import cases.shown_events  # noqa: F401  their schemas register themselves
from cases.catalog import catalog
from cases.domain.appointment import AppointmentConfirmed, AppointmentRecorded, RescheduleAsked
from cases.domain.case import CaseChanged, CaseOpened, CaseProtectionChanged
from cases.domain.court_order import OrderRecorded
from cases.domain.hearing import HearingRecorded
from cases.domain.participant_events import (
    ContactUpdated,
    ParticipantChanged,
    ParticipantRegistered,
    PreferencesSet,
    ProfileShown,
)
from cases.domain.request import RequestAnswered, RequestContentRead, RequestReceived, RequestTakenUp
from cases.publishing import of_cases, of_dates, of_participants, of_requests
from eventkit.public import PublicEvent
from eventkit.store import Recorded

Public = tuple[str, str, dict[str, Any]]  # the event's name, its subject, its data

PUBLISHED: dict[type, Callable[[Recorded], Iterable[Public]]] = {
    ParticipantRegistered: of_participants.participant_registered,
    ParticipantChanged: of_participants.participant_changed,
    ContactUpdated: of_participants.contact_updated,
    PreferencesSet: of_participants.preferences_set,
    ProfileShown: of_participants.profile_shown,
    CaseOpened: of_cases.case_opened,
    CaseChanged: of_cases.case_changed,
    CaseProtectionChanged: of_cases.protection_changed,
    OrderRecorded: of_dates.court_order,
    HearingRecorded: of_dates.hearing,
    AppointmentRecorded: of_dates.appointment,
    AppointmentConfirmed: of_dates.appointment,
    RescheduleAsked: of_dates.appointment,
    RequestReceived: of_requests.request,
    RequestTakenUp: of_requests.request,
    RequestAnswered: of_requests.request,
    RequestContentRead: of_requests.nothing,
}


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    """One stored event may leave as several public ones, each for those who need it."""
    told = PUBLISHED[type(recorded.event)](recorded)
    return [catalog.make(name, 1, subject, data) for name, subject, data in told]
