"""Court dates: most are held, some were moved to another day or taken off the calendar."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demo.applications import GIVEN_UP_AFTER
from demo.caseload import Case
from demo.chance import weighted
from demo.datebook import Rhythm
from demo.offices import court_address, court_of
from demo.orders import begins_on
from demo.workdays import at_or_after

RHYTHM = Rhythm("hearing", span=56, notice=timedelta(days=95), share=0.1)
FATES = (("held", 0.72), ("reset", 0.14), ("vacated", 0.14))
MOVED_BY = timedelta(days=21)
DECIDED_BEFORE = timedelta(days=40)
"""A hearing is moved or taken off that long before its day."""
TYPES = (("enforcement", 0.35), ("modification", 0.3), ("review", 0.25), ("other", 0.1))
TYPES_BEFORE_AN_ORDER = (("parentage", 0.5), ("support_order", 0.5))
MODES = (("in_person", 0.5), ("remote", 0.35), ("not_required", 0.15))
TIMES = (time(8, 30), time(9), time(9, 30), time(10, 30), time(13, 30))


@dataclass(frozen=True)
class Hearing:
    """`starts_at` is the time on the clock there; `attendance` says how each party attends."""

    case: Case
    hearing_id: str
    type: str
    status: str
    starts_at: datetime
    minutes: int
    court: str
    department: str
    court_address: str
    attendance: tuple[tuple[str, str], ...]

    def is_to_come(self, on: date) -> bool:
        return self.status in ("set", "reset") and self.starts_at.date() >= on


def hearings_of(case: Case, until: date, *, always: bool = False) -> Iterator[Hearing]:
    """Of the last year, and those that are set by that day. With `always` there is one to come, whenever it is asked
    for; it is not vacated."""
    end = case.closed_on or date.max
    begin = case.opened_on + RHYTHM.notice
    if case.is_application:
        end = min(end, case.opened_on + GIVEN_UP_AFTER)
    for number, day, rng in RHYTHM.dates(case.case_id, until, always=always or case.is_application):
        fate = "held" if always and number % 3 else weighted(rng, FATES)
        if begin <= day < end:
            yield _hearing(case, number, day, rng, "reset" if always and fate == "vacated" else fate, until)


def _hearing(case: Case, number: int, day: date, rng: random.Random, fate: str, on: date) -> Hearing:
    status, day = _standing(fate, day, on)
    types = TYPES_BEFORE_AN_ORDER if case.is_application or day < begins_on(case) else TYPES
    county = case.county
    return Hearing(case, f"H{number}-{case.number:05d}", weighted(rng, types), status,
                   datetime.combine(day, rng.choice(TIMES)), rng.choice((15, 20, 30, 45)), court_of(county),
                   f"Department {rng.randrange(1, 40)}", court_address(county),
                   tuple((who, weighted(rng, MODES)) for who in (case.payor_id, case.payee_id)))


def _standing(fate: str, day: date, on: date) -> tuple[str, date]:
    """What the court says of it on a day: a date that will be moved is told as it was until then."""
    decided = on >= day - DECIDED_BEFORE
    if fate == "reset" and not decided:
        return "set", at_or_after(day - MOVED_BY)
    if fate == "vacated" and decided:
        return "vacated", day
    if day < on:
        return "held", day
    return ("reset" if fate == "reset" else "set"), day
