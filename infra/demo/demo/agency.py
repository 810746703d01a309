"""The whole synthetic agency on a given day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from demo.applications import applications
from demo.appointments import Appointment
from demo.caseload import EPOCH, Case, make_cases
from demo.court_orders import CourtOrder, court_orders_of
from demo.dates import appointments_to_show, hearings_to_show
from demo.families import AidLine, aid_lines
from demo.happenings import Consent, Hold, Identification, consents, holds, identifications
from demo.hearings import Hearing
from demo.logins import Login, logins
from demo.months import month_of
from demo.orders import Judgment, Order, judgment_of, orders_of
from demo.paying import Receipt, receipts_of, unattributed
from demo.people import Participant, make_participants
from demo.standing import Standing, standings

PARTICIPANTS = 240
HISTORY = timedelta(days=730)


@dataclass(frozen=True)
class Agency:
    """What it knows from `since` to `until`; lists of money are in the order of its days. `cases` are those with
    orders."""

    since: date
    until: date
    participants: list[Participant]
    logins: list[Login]
    cases: list[Case]
    applications: list[Case]
    standings: list[Standing]
    court_orders: list[CourtOrder]
    hearings: list[Hearing]
    appointments: list[Appointment]
    orders: list[Order]
    judgments: list[Judgment]
    aid: list[AidLine]
    receipts: list[Receipt]
    identifications: list[Identification]
    holds: list[Hold]
    consents: list[Consent]


def build(as_of: date, participants: int = PARTICIPANTS) -> Agency:
    """People and cases with orders are the same for every day; the money is that of the two years up to `as_of`, from
    the first of a month on.

    Raises ValueError for a day before the first one the agency can be asked about.
    """
    if as_of < EPOCH:
        raise ValueError(f"the synthetic agency can be written for {EPOCH} and later days")
    people = make_participants(participants)
    cases, since = make_cases(people), month_of(as_of - HISTORY)
    asking = applications(people, cases, as_of)
    receipts = _receipts(cases, since, as_of)
    orders, judgments, aid = _debts(cases, since, as_of)
    shown, every = logins(people, cases, receipts), [*cases, *asking]
    hearings = list(hearings_to_show(every, shown, as_of))
    return Agency(
        since, as_of, people, shown, cases, asking,
        standings=standings(every, people, aid, hearings, as_of),
        court_orders=[order for case in cases for order in court_orders_of(case, as_of)],
        hearings=hearings,
        appointments=list(appointments_to_show(people, every, shown, as_of)),
        orders=orders, judgments=judgments, aid=aid, receipts=receipts,
        identifications=sorted(identifications(receipts, cases, as_of), key=lambda i: (i.on, i.receipt.source_id)),
        holds=sorted(holds(cases, since, as_of), key=lambda h: (h.on, h.source_id)),
        consents=sorted(consents(receipts, as_of), key=lambda c: (c.on, c.source_id)))


def _receipts(cases: list[Case], since: date, until: date) -> list[Receipt]:
    found = [receipt for case in cases for receipt in receipts_of(case, since, until)]
    found += unattributed(_in_most_cases(cases), since, until)
    return sorted(found, key=lambda r: (r.posted_on, r.source_id))


def _debts(cases: list[Case], since: date, until: date) -> tuple[list[Order], list[Judgment], list[AidLine]]:
    families = Counter(case.payee_id for case in cases)
    orders = [order for case in cases for order in orders_of(case, since, until)]
    judgments = [found for case in cases if (found := judgment_of(case)) and found.due_on <= until]
    aid = [line for case in cases for line in aid_lines(case, families[case.payee_id], until)]
    return orders, judgments, aid


def _in_most_cases(cases: list[Case]) -> str:
    counts = Counter(case.payor_id for case in cases)
    return max(counts, key=lambda payor: (counts[payor], payor))
