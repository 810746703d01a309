"""Appointments at the agency: each with one person, in their language, and never two parties at one time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demo.caseload import Case
from demo.chance import chance, weighted
from demo.datebook import PAST, Rhythm
from demo.offices import office
from demo.people import Participant
from demo.workdays import at_or_after, workdays_after

RHYTHM = Rhythm("appointment", span=28, notice=timedelta(days=46), share=0.05)
TYPES = (("interview", 0.4), ("virtual", 0.25), ("family_meeting", 0.2), ("other", 0.15))
FATES = (("attended", 0.66), ("missed", 0.12), ("cancelled", 0.12), ("rescheduled", 0.1))
DECIDED_BEFORE = timedelta(days=20)
"""So long before its day it is cancelled, moved or confirmed."""
MOVED_BY = timedelta(days=9)
BRING = {
    "interview": ("photo_id", "pay_stubs", "tax_return", "court_papers", "expense_proof", "insurance_card"),
    "virtual": ("photo_id", "pay_stubs", "expense_proof"),
    "family_meeting": ("photo_id", "court_papers"),
    "genetic_test": ("photo_id", "child"),
    "other": ("photo_id", "birth_certificates"),
}
PLACES = {"interview": "interviews", "family_meeting": "meetings", "other": "counter", "genetic_test": "laboratory"}
LETTERS = "bcdfghjkmnpqrstvwxyz"


@dataclass(frozen=True)
class Appointment:
    """`starts_at` is the time on the clock there. A virtual one has a link, the others a place."""

    appointment_id: str
    participant_id: str
    case_id: str
    type: str
    status: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    attendance_required: bool
    bring: tuple[str, ...]
    language: str


def appointments_of(person: Participant, case: Case, until: date, *, always: bool = False) -> Iterator[Appointment]:
    """Of the last year and of the weeks to come. With `always` there is one to come, whenever it is asked for, that
    waits for an answer; other people may have been asked by phone."""
    for number, day, rng in RHYTHM.dates(person.participant_id, until, always=always):
        type, fate, asked = weighted(rng, TYPES), weighted(rng, FATES), rng.random() < 0.6
        if always:
            fate, asked = ("missed" if number % 6 == 0 else "attended"), False
        if case.opened_on < day and not (case.closed_on and case.closed_on < day):
            status, day = _standing(fate, day, until, asked)
            yield _appointment(f"A{number}-{person.participant_id}", person, case, type, status, day, rng)


def of_application(case: Case, payor: Participant, payee: Participant, until: date) -> Iterator[Appointment]:
    """The one who asked is interviewed; later both are tested, on different days: they need not meet."""
    rng = chance("appointments of an application", case.case_id)
    interview = workdays_after(case.opened_on, rng.randrange(6, 11))
    test = at_or_after(case.opened_on + timedelta(days=rng.randrange(60, 80)))
    planned: Sequence[tuple[Participant, str, date]] = (
        (payee, "interview", interview), (payee, "genetic_test", test),
        (payor, "genetic_test", workdays_after(test, rng.randrange(2, 6))))
    for place, (person, type, day) in enumerate(planned):
        if until - PAST <= day <= until + RHYTHM.notice:
            status, day = _standing("attended", day, until, asked=rng.random() < 0.5)
            yield _appointment(f"A{place}-{case.number}", person, case, type, status, day,
                               chance("place", case.case_id, place))


def _standing(fate: str, day: date, on: date, asked: bool) -> tuple[str, date]:
    """What the agency says of it on a day: an appointment that will be moved is told as it was until then."""
    decided = on >= day - DECIDED_BEFORE
    if fate == "rescheduled" and not decided:
        return "scheduled", at_or_after(day - MOVED_BY)
    if fate == "cancelled" and decided:
        return "cancelled", day
    if day < on:
        return ("missed" if fate == "missed" else "attended"), day
    if fate == "rescheduled":
        return "rescheduled", day
    return ("confirmed" if asked and decided else "scheduled"), day


def _appointment(appointment_id: str, person: Participant, case: Case, type: str, status: str, day: date,
                 rng: random.Random) -> Appointment:
    virtual = type == "virtual"
    bring = BRING[type]
    return Appointment(
        appointment_id, person.participant_id, case.case_id, type, status,
        datetime.combine(day, rng.choice((time(8, 30), time(9, 15), time(10), time(11), time(13, 30), time(15)))),
        rng.choice((20, 30, 45, 60)),
        place="" if virtual else office(case.county, PLACES[type], person.language),
        link=_link(rng) if virtual else "",
        attendance_required=type == "genetic_test" or rng.random() < 0.6,
        bring=bring if type == "genetic_test" else bring[:rng.randrange(1, len(bring) + 1)],
        language=person.language,
    )


def _link(rng: random.Random) -> str:
    """Of a place on the Internet that is kept for examples."""
    return "https://video.example.org/" + "-".join("".join(rng.choices(LETTERS, k=4)) for _ in range(3))
