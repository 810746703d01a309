"""What is decided about an appointment: by the agency, and by the person it is for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.domain.appointment import (
    NEXT,
    AppointmentConfirmed,
    AppointmentRecorded,
    AskToReschedule,
    ConfirmAppointment,
    Details,
    RecordAppointment,
    RescheduleAsked,
    appointment,
)
from cases.domain.protected import Protected
from eventkit.testing.spec import given

START = datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
NOW = START - timedelta(days=9)
ANA, BEN = "0123456789", "9876543210"
MADE = Details(ANA, "200000000001", "interview", "scheduled", START, 45, Protected("k1.aa", "k1.place"), None, True,
               ("photo_id",), "es")
RECORDED = AppointmentRecorded("A1", MADE, "scheduled")
CONFIRM, ASK = ConfirmAppointment("A1", ANA, NOW), AskToReschedule("A1", ANA, NOW)


def says(**change: object) -> RecordAppointment:
    return RecordAppointment("A1", replace(MADE, **change))


def recorded(said: str | None = None, **change: object) -> AppointmentRecorded:
    details = replace(MADE, **change)
    return AppointmentRecorded("A1", details, said or details.status)


CONFIRMED = AppointmentConfirmed("A1", replace(MADE, status="confirmed"))
ASKED = RescheduleAsked("A1", replace(MADE, status="reschedule_requested"))


def test_an_appointment_is_made():
    given(appointment).when(RecordAppointment("A1", MADE)).then(RECORDED)


def test_the_same_again_is_nothing_however_it_is_encrypted():
    given(appointment, RECORDED).when(says(place=Protected("k2.zz", "k1.place"))).then_nothing()


def test_the_person_confirms_once():
    given(appointment, RECORDED).when(CONFIRM).then(CONFIRMED).when(CONFIRM).then_nothing()


def test_the_person_asks_for_another_time_also_after_confirming_and_may_change_their_mind():
    (given(appointment, RECORDED, CONFIRMED).when(ASK).then(ASKED)
        .when(ASK).then_nothing()
        .when(CONFIRM).then(CONFIRMED))


def test_what_the_person_answered_stays_when_the_agency_sends_its_file_again():
    given(appointment, RECORDED, CONFIRMED).when(says()).then_nothing()


def test_what_the_person_answered_stays_when_something_else_is_new():
    given(appointment, RECORDED, CONFIRMED).when(says(minutes=60)).then(
        recorded("scheduled", minutes=60, status="confirmed"))


def test_another_time_is_to_be_confirmed_anew():
    later = START + timedelta(days=1)
    given(appointment, RECORDED, CONFIRMED).when(says(starts_at=later)).then(recorded(starts_at=later))


def test_the_agency_answers_a_wish_with_another_time():
    later = START + timedelta(days=1)
    (given(appointment, RECORDED, ASKED).when(says(status="rescheduled", starts_at=later))
        .then(recorded(status="rescheduled", starts_at=later))
        .when(CONFIRM).then(AppointmentConfirmed("A1", replace(MADE, status="confirmed", starts_at=later))))


@pytest.mark.parametrize("command", [CONFIRM, ASK])
def test_nobody_answers_for_somebody_else_or_learns_that_there_is_an_appointment(command):
    given(appointment).when(command).then_rejected("unknown_appointment")
    given(appointment, RECORDED).when(replace(command, participant_id=BEN)).then_rejected("unknown_appointment")


@pytest.mark.parametrize("command", [CONFIRM, ASK])
@pytest.mark.parametrize("status", ["cancelled", "attended", "missed"])
def test_what_is_over_is_not_answered(command, status):
    given(appointment, RECORDED, recorded(status=status)).when(command).then_rejected("not_open")


@pytest.mark.parametrize("command", [CONFIRM, ASK])
def test_what_has_begun_is_not_answered(command):
    given(appointment, RECORDED).when(replace(command, now=START)).then_rejected("not_open")


@pytest.mark.parametrize("before", NEXT)
@pytest.mark.parametrize("after", NEXT)
def test_only_some_statuses_follow_each_other(before, after):
    decided = given(appointment, recorded(status=before)).when(says(status=after))
    if after == before:
        decided.then_nothing()
    elif after in NEXT[before]:
        decided.then(recorded(status=after))
    else:
        decided.then_rejected("status_cannot_follow")


def test_an_older_file_changes_nothing():
    history = (RECORDED, recorded(minutes=60), recorded(minutes=60, status="cancelled"))
    given(appointment, *history).when(says()).then_rejected("superseded")
    given(appointment, *history).when(says(minutes=60)).then_rejected("superseded")


def test_an_appointment_never_becomes_somebody_elses():
    given(appointment, RECORDED).when(says(participant_id=BEN)).then_rejected("another_person")
