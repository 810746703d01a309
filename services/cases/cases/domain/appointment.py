"""An appointment of one person: what the agency says of it, and what that person answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cases.domain.protected import Protected, mark
from cases.domain.registry import registry
from eventkit.decider import Decider, Rejected

SCHEDULED, CONFIRMED, ASKED, RESCHEDULED = "scheduled", "confirmed", "reschedule_requested", "rescheduled"
CANCELLED, ATTENDED, MISSED = "cancelled", "attended", "missed"
OPEN = (SCHEDULED, CONFIRMED, ASKED, RESCHEDULED)
OVER = (CANCELLED, ATTENDED, MISSED)
# What the agency may say after what it said. Nothing goes back to "scheduled": that would be an older file.
NEXT = {
    SCHEDULED: (CONFIRMED, ASKED, RESCHEDULED, *OVER),
    CONFIRMED: (ASKED, RESCHEDULED, *OVER),
    ASKED: (CONFIRMED, RESCHEDULED, *OVER),
    RESCHEDULED: (CONFIRMED, ASKED, *OVER),
    CANCELLED: (),
    ATTENDED: (),
    MISSED: (ATTENDED,),
}


@dataclass(frozen=True)
class Details:
    """`place` and `link` are encrypted for those who show them; `starts_at` is UTC."""

    participant_id: str
    case_id: str | None
    type: str
    status: str
    starts_at: datetime
    minutes: int
    place: Protected | None
    link: Protected | None
    attendance_required: bool
    bring: tuple[str, ...]
    language: str

    def content(self) -> tuple[object, ...]:
        """What it says, however often it was encrypted."""
        return (self.participant_id, self.case_id, self.type, self.status, self.starts_at, self.minutes,
                mark(self.place), mark(self.link), self.attendance_required, self.bring, self.language)


@registry.event("AppointmentRecorded")
@dataclass(frozen=True)
class AppointmentRecorded:
    """The agency said something new. `details` is the whole new state, `said` the status in the agency's words: the
    person's own answer outlives it where the agency says nothing new about that."""

    appointment_id: str
    details: Details
    said: str


@registry.event("AppointmentConfirmed")
@dataclass(frozen=True)
class AppointmentConfirmed:
    """The person will come. `details` is the whole new state."""

    appointment_id: str
    details: Details


@registry.event("RescheduleAsked")
@dataclass(frozen=True)
class RescheduleAsked:
    """The person asks for another time. `details` is the whole new state."""

    appointment_id: str
    details: Details


Event = AppointmentRecorded | AppointmentConfirmed | RescheduleAsked


@dataclass(frozen=True)
class RecordAppointment:
    """The agency says: this is what we have on file of it now."""

    appointment_id: str
    details: Details


@dataclass(frozen=True)
class ConfirmAppointment:
    """`kept`: "place" and "link" in their encryption of today; keys are rotated, events keep what they were made of."""

    appointment_id: str
    participant_id: str
    now: datetime
    kept: Mapping[str, Protected] = field(default_factory=dict)


@dataclass(frozen=True)
class AskToReschedule:
    """`kept`: as in ConfirmAppointment."""

    appointment_id: str
    participant_id: str
    now: datetime
    kept: Mapping[str, Protected] = field(default_factory=dict)


Command = RecordAppointment | ConfirmAppointment | AskToReschedule


@dataclass(frozen=True)
class Appointment:
    """`said` is what the agency said last, `before` what it said until then."""

    details: Details | None = None
    said: Details | None = None
    before: tuple[Details, ...] = ()


def decide(command: Command, state: Appointment) -> Sequence[Event]:
    """Refuses `unknown_appointment` (also where it is somebody else's), `not_open`, and from the agency
    `another_person`, `superseded` (an older file) and `status_cannot_follow`."""
    match command:
        case RecordAppointment(appointment_id, details):
            return _record(appointment_id, details, state)
        case ConfirmAppointment():
            details = _open(command, state)
            if details.status == CONFIRMED:
                return []
            return [AppointmentConfirmed(command.appointment_id, replace(details, status=CONFIRMED))]
        case AskToReschedule():
            details = _open(command, state)
            if details.status == ASKED:
                return []
            return [RescheduleAsked(command.appointment_id, replace(details, status=ASKED))]


def evolve(state: Appointment, event: Event) -> Appointment:
    match event:
        case AppointmentRecorded(_, details, said):
            before = (*state.before, state.said) if state.said else ()
            return Appointment(details, replace(details, status=said), before)
        case AppointmentConfirmed(_, details) | RescheduleAsked(_, details):
            return replace(state, details=details)


def _record(appointment_id: str, new: Details, state: Appointment) -> Sequence[Event]:
    if state.said is None or state.details is None:
        return [AppointmentRecorded(appointment_id, new, new.status)]
    if new.content() == state.said.content():
        return []
    if new.participant_id != state.said.participant_id:
        raise Rejected("another_person")
    if new.content() in {said.content() for said in state.before}:
        raise Rejected("superseded")
    if new.status != state.said.status and new.status not in NEXT[state.said.status]:
        raise Rejected("status_cannot_follow")
    return [AppointmentRecorded(appointment_id, _with_own_answer(new, state.said, state.details), new.status)]


def _with_own_answer(new: Details, said: Details, now: Details) -> Details:
    """What the person answered stays while the agency says neither another status nor another time."""
    same = (new.status, new.starts_at) == (said.status, said.starts_at)
    return replace(new, status=now.status) if same else new


def _open(command: ConfirmAppointment | AskToReschedule, state: Appointment) -> Details:
    if state.details is None or state.details.participant_id != command.participant_id:
        raise Rejected("unknown_appointment")
    if state.details.status not in OPEN or state.details.starts_at <= command.now:
        raise Rejected("not_open")
    return replace(state.details, place=_as_kept(state.details.place, command.kept.get("place")),
                   link=_as_kept(state.details.link, command.kept.get("link")))


def _as_kept(known: Protected | None, kept: Protected | None) -> Protected | None:
    return kept if mark(kept) == mark(known) else known


appointment = Decider("appointment", Appointment(), decide, evolve)
