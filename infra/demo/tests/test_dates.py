"""Court dates and appointments: always some to come and some behind, and each day goes on where the last one ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from demo.agency import build
from demo.appointments import appointments_of
from demo.dates import appointments_to_show, hearings_to_show
from demo.hearings import hearings_of
from demo.workdays import is_workday

AS_OF = date(2026, 11, 20)
DAYS = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 800, 9)]


@pytest.fixture(scope="module")
def agency():
    return build(AS_OF)


def test_they_are_at_an_hour_of_a_business_day(agency):
    for found in (*agency.hearings, *agency.appointments):
        assert is_workday(found.starts_at.date()) and 8 <= found.starts_at.hour < 16
        assert AS_OF - timedelta(days=366) <= found.starts_at.date() <= AS_OF + timedelta(days=100)
    for ids in ([h.hearing_id for h in agency.hearings], [a.appointment_id for a in agency.appointments]):
        assert len(ids) == len(set(ids))


def test_every_kind_of_hearing_is_there_before_and_after_today(agency):
    past = [h for h in agency.hearings if h.starts_at.date() < AS_OF]
    ahead = [h for h in agency.hearings if h.starts_at.date() >= AS_OF]
    assert Counter(h.status for h in past).keys() == {"held", "vacated"}
    assert Counter(h.status for h in ahead).keys() == {"set", "reset", "vacated"}
    assert sum(h.status == "held" for h in past) > len(past) * 0.7
    assert {h.type for h in agency.hearings} == {"support_order", "modification", "enforcement", "parentage",
                                                 "review", "other"}
    modes = Counter(mode for h in agency.hearings for _, mode in h.attendance)
    assert modes["in_person"] > modes["remote"] > modes["not_required"] > 0


def test_a_hearing_is_attended_by_the_parties_of_its_case(agency):
    for found in agency.hearings:
        assert [who for who, _ in found.attendance] == [found.case.payor_id, found.case.payee_id]


def test_a_case_under_review_has_a_court_date_for_it(agency):
    for standing in agency.standings:
        if standing.function == "review_modification":
            assert any(h.case == standing.case and h.is_to_come(AS_OF) and h.type in ("review", "modification")
                       for h in agency.hearings)


def test_every_kind_of_appointment_is_there_before_and_after_today(agency):
    past = Counter(a.status for a in agency.appointments if a.starts_at.date() < AS_OF)
    ahead = Counter(a.status for a in agency.appointments if a.starts_at.date() >= AS_OF)
    assert past.keys() == {"attended", "missed", "cancelled"} and past["attended"] > past.total() * 0.6
    assert ahead.keys() >= {"scheduled", "confirmed", "cancelled"}
    assert {a.type for a in agency.appointments} == {"interview", "genetic_test", "family_meeting", "virtual", "other"}


def test_an_appointment_says_where_what_to_bring_and_in_the_language_of_who_comes(agency):
    language = {p.participant_id: p.language for p in agency.participants}
    for found in agency.appointments:
        assert bool(found.link) == (found.type == "virtual") == (not found.place)
        assert found.bring and found.language == language[found.participant_id]
        assert ("Oficina" in found.place or "Laboratorio" in found.place) == (
            found.language == "es" and bool(found.place))
        assert not found.link or found.link.startswith("https://video.example.org/")


def test_two_parties_of_a_case_are_never_asked_to_come_on_one_day(agency):
    days = defaultdict(set)
    for found in agency.appointments:
        days[found.case_id, found.starts_at.date()].add(found.participant_id)
    assert all(len(who) == 1 for who in days.values())


@pytest.mark.parametrize("key", [0, 1, 2])
def test_who_shows_the_system_has_dates_to_come_and_dates_behind_on_every_day(agency, key):
    shown = [agency.logins[key]]
    person = next(p for p in agency.participants if p.participant_id == shown[0].participant_id)
    cases = [case for case in agency.cases if person.participant_id in (case.payor_id, case.payee_id)]
    for on in DAYS:
        hearings = list(hearings_to_show(cases, shown, on))
        own = list(appointments_to_show([person], cases, shown, on))
        assert any(h.is_to_come(on) for h in hearings) and any(h.status == "held" for h in hearings)
        assert any(a.status == "scheduled" and a.starts_at.date() >= on for a in own), "something to confirm"
        assert {a.status for a in own} >= {"attended", "missed"}


def test_a_date_goes_on_from_day_to_day_as_the_feeds_of_cases_allow(agency):
    """Told of every few days, each hearing and appointment is taken in, or is what was taken in already."""
    from cases.domain.appointment import NEXT as AFTER_APPOINTMENT
    from cases.domain.hearing import NEXT as AFTER_HEARING

    hearings, appointments = defaultdict(list), defaultdict(list)
    people = {p.participant_id: p for p in agency.participants}
    for on in DAYS:
        for case in agency.cases[:60]:
            for hearing in hearings_of(case, on):
                hearings[hearing.hearing_id].append((hearing.status, hearing.starts_at))
            for appointment in appointments_of(people[case.payor_id], case, on):
                appointments[appointment.appointment_id].append((appointment.status, appointment.starts_at))
    assert len(hearings) > 50 and len(appointments) > 50
    assert_follows(hearings, AFTER_HEARING)
    assert_follows(appointments, AFTER_APPOINTMENT)


def assert_follows(told: dict[str, list[tuple[str, datetime]]], after: dict[str, tuple[str, ...]]) -> None:
    moved = 0
    for of_one in told.values():
        changes = [now for now, before in zip(of_one, [None, *of_one], strict=False) if now != before]
        assert len(changes) == len(set(changes)), "nothing comes back that was replaced"
        for (before, at), (now, then) in pairwise(changes):
            assert now == before or now in after[before]
            moved += at != then
    assert moved, "some were moved to another day"
