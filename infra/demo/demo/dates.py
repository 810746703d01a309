"""Everybody's court dates and appointments; those to show the system with always have some to come and some behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from demo.appointments import Appointment, appointments_of, of_application
from demo.caseload import Case
from demo.hearings import Hearing, hearings_of
from demo.logins import Login
from demo.people import Participant


def hearings_to_show(cases: Sequence[Case], shown: Sequence[Login], until: date) -> Iterator[Hearing]:
    always = {_first_case(cases, login.participant_id).case_id for login in shown}
    for case in cases:
        yield from hearings_of(case, until, always=case.case_id in always)


def appointments_to_show(people: Sequence[Participant], cases: Sequence[Case], shown: Sequence[Login],
                         until: date) -> Iterator[Appointment]:
    always, by_id = {login.participant_id for login in shown}, {person.participant_id: person for person in people}
    for person in people:
        yield from appointments_of(person, _first_case(cases, person.participant_id), until,
                                   always=person.participant_id in always)
    for case in cases:
        if case.is_application:
            yield from of_application(case, by_id[case.payor_id], by_id[case.payee_id], until)


def _first_case(cases: Sequence[Case], who: str) -> Case:
    """One that is open, where there is one."""
    return min((case for case in cases if who in (case.payor_id, case.payee_id)),
               key=lambda case: (case.closed_on is not None, case.number))
