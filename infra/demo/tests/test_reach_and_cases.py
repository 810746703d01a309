"""How people are reached and how cases stand: nobody's number, nothing that contradicts the money."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from demo.agency import build
from demo.habits import habit_of

AS_OF = date(2026, 11, 20)
IN_STORIES = re.compile(r"[2-9]\d\d-555-01\d\d")


@pytest.fixture(scope="module")
def agency():
    return build(AS_OF)


def test_every_phone_is_one_of_those_kept_for_stories(agency):
    phones = [phone for p in agency.participants for phone in
              (p.phones.home, p.phones.mobile, p.phones.work, p.employer.phone if p.employer else "") if phone]
    assert len(phones) > 300
    assert all(IN_STORIES.fullmatch(phone) for phone in phones)


def test_phones_employers_and_notices_are_as_common_as_among_people(agency):
    people = agency.participants
    assert 0.8 < sum(bool(p.phones.mobile) for p in people) / len(people) < 0.95
    assert 0.1 < sum(bool(p.phones.home) for p in people) / len(people) < 0.3
    assert 0.55 < sum(p.employer is not None for p in people) / len(people) < 0.85
    assert 0.3 < sum(p.email_notices for p in people) / len(people) < 0.55
    assert 4 <= sum(p.protected for p in people) <= 20, "a few are protected"
    assert any(not any(vars(p.phones).values()) for p in people), "some have no phone at all"


def test_what_somebody_has_needs_something_else_they_have(agency):
    for person in agency.participants:
        assert person.email or not person.email_notices
        assert person.employer or not person.phones.work


def test_wages_are_withheld_by_an_employer_on_file(agency):
    people = {p.participant_id: p for p in agency.participants}
    assert all(people[r.payor_id].employer for r in agency.receipts if r.source == "INCOME_WITHHOLDING")


def test_a_company_in_a_town_has_one_phone(agency):
    phones = defaultdict(set)
    for person in agency.participants:
        if person.employer:
            phones[person.employer.name, person.county].add((person.employer.phone, person.employer.city))
    assert all(len(found) == 1 for found in phones.values())


def test_every_case_has_one_standing_and_all_kinds_are_there(agency):
    assert [s.case for s in agency.standings] == [*agency.cases, *agency.applications]
    statuses = Counter(s.status for s in agency.standings)
    functions = Counter(s.function for s in agency.standings)
    assert set(statuses) == {"pending", "open", "reopened"}
    assert 1 <= statuses["pending"] <= 3 and 2 <= statuses["reopened"] <= 15
    assert set(functions) >= {"intake", "locate", "parentage", "order_establishment", "enforcement",
                              "review_modification", "intergovernmental"}
    assert functions["enforcement"] > len(agency.standings) / 2
    assert 2 <= sum(bool(s.lcsa) for s in agency.standings) <= 20


def test_the_aid_on_file_is_the_aid_that_the_account_was_told_of(agency):
    told = defaultdict(set)
    for line in agency.aid:
        told[line.case_id].add(line.what)
    for standing in agency.standings:
        lines = told[standing.case.case_id]
        cash = {"current", "former"} & {standing.assistance}
        assert bool(cash) == ("started" in lines)
        assert (standing.assistance == "former") == ("ended" in lines)
    assert Counter(s.assistance for s in agency.standings).keys() == {"current", "former", "never", "medi_cal_only"}


def test_children_are_as_many_as_the_aid_is_for_and_none_is_grown_up(agency):
    children_of = {s.case.case_id: s.children for s in agency.standings}
    for line in agency.aid:
        assert line.what != "started" or len(children_of[line.case_id]) == line.children
    for standing in agency.standings:
        born = [child.born_on for child in standing.children]
        assert 1 <= len(born) <= 4 and born == sorted(born)
        assert born[0] <= standing.case.opened_on and born[-1] < AS_OF
        assert AS_OF - born[-1] < timedelta(days=18 * 365)
        assert all(later - earlier > timedelta(days=270) for earlier, later in pairwise(born))


def test_there_is_always_an_application_to_open_and_it_brings_no_money(agency):
    ids = {case.case_id for case in agency.applications}
    assert not ids & {receipt.case_id for receipt in agency.receipts}
    assert not ids & {order.case.case_id for order in (*agency.orders, *agency.court_orders)}
    for days in range(0, 400, 7):
        on = AS_OF + timedelta(days=days)
        pending = [case for case in build_applications(agency, on) if (on - case.opened_on).days <= 20]
        assert pending and all(case.opened_on <= on for case in pending)


def build_applications(agency, on):
    from demo.applications import applications

    return applications(agency.participants, agency.cases, on)


def test_an_application_keeps_its_people_and_gives_nobody_a_new_role(agency):
    paying, paid = {c.payor_id for c in agency.cases}, {c.payee_id for c in agency.cases}
    for case in agency.applications:
        assert case.payor_id in paying - paid and case.payee_id in paid - paying
    later = {c.case_id: c for c in build_applications(agency, AS_OF + timedelta(days=90))}
    for case in agency.applications:
        same = later[case.case_id]
        assert (same.opened_on, same.payor_id, same.payee_id) == (case.opened_on, case.payor_id, case.payee_id)


def test_every_amount_that_is_owed_has_a_court_order_behind_it(agency):
    papers = defaultdict(set)
    for paper in agency.court_orders:
        papers[paper.case.case_id].add((paper.effective_on, paper.type))
    for order in agency.orders:
        days = {on for on, _ in papers[order.case.case_id]}
        assert order.effective_on in days or (order.effective_on == agency.since and min(days) < agency.since)
    modified = {(paper.case.case_id, paper.effective_on) for paper in agency.court_orders if paper.type == "modified"}
    changed = {(o.case.case_id, o.effective_on) for o in agency.orders}
    assert all(found in changed for found in modified if found[1] > agency.since)


def test_a_court_order_is_filed_before_it_counts_and_after_its_case_was_opened(agency):
    for paper in agency.court_orders:
        assert paper.case.opened_on < paper.filed_on < paper.effective_on <= AS_OF
        assert paper.income_withholding or habit_of(paper.case.payor_id) != "withheld"
    assert len({paper.order_id for paper in agency.court_orders}) == len(agency.court_orders)
    assert Counter(paper.type for paper in agency.court_orders).keys() == {"final", "modified"}


def test_an_order_of_these_days_is_temporary():
    early = build(date(2026, 2, 10))
    assert {paper.type for paper in early.court_orders} == {"temporary", "final", "modified"}
