"""Families who asked for help and have no order yet: pending at first, then looked for and tested, and some give up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from demo.caseload import EPOCH, Case
from demo.chance import chance
from demo.people import Participant
from demo.workdays import at_or_after

EVERY_DAYS = 16
"""One comes that often, so one is always pending: a case has to be opened within twenty days."""
PENDING = timedelta(days=20)
GIVEN_UP_AFTER = timedelta(days=240)
FIRST_NUMBER = 90_000
"""Far above those of cases with orders, of which there may be more in a larger agency."""


def applications(people: Sequence[Participant], cases: Sequence[Case], until: date) -> list[Case]:
    """Of people who are in cases already, in the role they have there; nobody asks twice for the same two."""
    paying, paid = {case.payor_id for case in cases}, {case.payee_id for case in cases}
    payors = [person for person in people if person.participant_id in paying - paid]
    payees = [person for person in people if person.participant_id in paid - paying]
    known = {(case.payor_id, case.payee_id) for case in cases}
    found = []
    for place, day in enumerate(_days(until)):
        rng = chance("application", place)
        payor, payee = rng.choice(payors), rng.choice(payees)
        pair = payor.participant_id, payee.participant_id
        if pair not in known:
            known.add(pair)
            found.append(_application(FIRST_NUMBER + place, day, payor, payee, until))
    return found


def function_of(case: Case, on: date) -> str:
    """How far the agency is with a case without an order."""
    rng, age = chance("steps", case.case_id), (case.closed_on or on) - case.opened_on
    located = PENDING + timedelta(days=rng.randrange(5, 56))
    parents_known = located + timedelta(days=rng.choice((0, 60, 90)))
    steps = (("intake", PENDING), ("locate", located), ("parentage", parents_known))
    return next((name for name, end in steps if age <= end), "order_establishment")


def _days(until: date) -> Iterator[date]:
    for place in range((until - EPOCH).days // EVERY_DAYS + 1):
        day = at_or_after(EPOCH + timedelta(days=place * EVERY_DAYS))
        if day <= until:
            yield day


def _application(number: int, opened: date, payor: Participant, payee: Participant, until: date) -> Case:
    closed = at_or_after(opened + GIVEN_UP_AFTER)
    return Case(number, f"{200_000_000_000 + number * 7919}", payee.county, "", opened,
                closed if closed <= until else None, payor.participant_id, payee.participant_id, is_application=True)
