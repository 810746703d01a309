"""What the synthetic agency promises: nobody real, nothing dangling, plausible sums, the same every time."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pytest

from demo.agency import build
from demo.caseload import EPOCH
from demo.files import slices
from demo.orders import child_support
from demo.workdays import is_workday, workdays_after

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="module")
def agency():
    return build(AS_OF)


def test_the_agency_has_the_size_and_the_mixture_of_one(agency):
    roles = defaultdict(set)
    for case in agency.cases:
        roles[case.payor_id].add("payor")
        roles[case.payee_id].add("payee")
    spanish = sum(p.language == "es" for p in agency.participants)
    assert len(agency.participants) == 240
    assert 130 <= len(agency.cases) <= 150
    assert spanish == round(240 * 0.4)
    assert sum(found == {"payor", "payee"} for found in roles.values()) >= 10
    assert max(Counter(case.payor_id for case in agency.cases).values()) == 3
    assert set(roles) == {p.participant_id for p in agency.participants}, "everybody is in a case"


def test_ids_are_unique(agency):
    for ids in ([p.participant_id for p in agency.participants], [p.ssn for p in agency.participants if p.ssn],
                [c.case_id for c in agency.cases], [(r.source_system, r.source_id) for r in agency.receipts],
                [o.source_id for o in agency.orders], [line.source_id for line in agency.aid],
                [h.source_id for h in agency.holds], [c.source_id for c in agency.consents]):
        assert len(ids) == len(set(ids))


def test_every_ssn_is_of_an_area_and_group_that_nobody_was_given(agency):
    for ssn in (p.ssn for p in agency.participants if p.ssn):
        assert len(ssn) == 9 and ssn.isdigit()
        assert ssn[:3] in ("666", "000") or (ssn[0] == "9" and int(ssn[3:5]) < 50), "neither SSN nor taxpayer number"


def test_people_cannot_be_reached_outside(agency):
    for person in agency.participants:
        assert not person.email or person.email.endswith("@example.org")
        assert person.email.isascii()
        assert not person.address_valid or person.address


def test_nobody_owes_themselves(agency):
    assert all(case.payor_id != case.payee_id for case in agency.cases)


def test_money_refers_to_people_and_cases_that_are_there(agency):
    cases = {case.case_id: case for case in agency.cases}
    people = {p.participant_id for p in agency.participants}
    for receipt in agency.receipts:
        assert receipt.payor_id in people or receipt.payor_id == ""
        assert receipt.case_id == "" or cases[receipt.case_id].payor_id == receipt.payor_id
    for found in agency.identifications:
        assert not found.receipt.payor_id and cases[found.case_id].payor_id == found.payor_id
    for found in (*agency.holds, *agency.consents, *agency.aid):
        assert found.case_id in cases


def test_no_money_before_its_case_or_after_it_or_in_the_future(agency):
    cases = {case.case_id: case for case in agency.cases}
    for receipt in agency.receipts:
        assert date(2024, 11, 1) <= receipt.received_on <= receipt.posted_on <= AS_OF
        if receipt.case_id:
            assert cases[receipt.case_id].opened_on < receipt.received_on
            assert receipt.posted_on <= (cases[receipt.case_id].closed_on or AS_OF)
    assert all(case.opened_on < EPOCH for case in agency.cases)


def test_everybody_who_pays_or_is_paid_has_an_order_in_force(agency):
    begun = defaultdict(lambda: date.max)
    for order in agency.orders:
        begun[order.case.case_id] = min(begun[order.case.case_id], order.effective_on)
        assert order.effective_on.day == 1 and agency.since <= order.effective_on <= AS_OF
        assert not order.case.closed_on or order.effective_on <= order.case.closed_on
        assert 40_00 <= order.cents <= 3200_00
    for receipt in agency.receipts:
        if receipt.case_id:
            assert begun[receipt.case_id] <= receipt.received_on
    kinds = Counter(order.kind for order in agency.orders)
    assert kinds["CHILD"] > 120 and kinds["MEDICAL"] > 10 and kinds["SPOUSAL"] > 5
    assert sum(order.effective_on > begun[order.case.case_id] for order in agency.orders) > 5, "some were modified"


def test_who_pays_by_wage_or_card_pays_about_what_is_ordered(agency):
    paid, months = Counter(), Counter()
    for receipt in agency.receipts:
        if receipt.case_id and receipt.source in ("INCOME_WITHHOLDING", "OTHER") and receipt.method in ("EFT", "CARD"):
            paid[receipt.case_id] += receipt.amount_cents
            months[receipt.case_id] += 1
    behind = {judgment.case.case_id for judgment in agency.judgments}
    ratios = []
    for order in (o for o in agency.orders if o.kind == "CHILD" and o.effective_on == agency.since):
        case_id = order.case.case_id
        modified = sum(o.case.case_id == case_id for o in agency.orders) > 1
        if months[case_id] > 20 and case_id not in behind and not modified and not order.case.closed_on:
            ratios.append(paid[case_id] / (order.cents * 24.7))
    assert len(ratios) > 25
    assert 0.9 < median(ratios) < 1.0, "a little less than all of it: now and then a payday fails"


def test_families_with_aid_had_it_begin_before_it_was_paid_or_ended(agency):
    lines = defaultdict(list)
    for line in agency.aid:
        lines[line.case_id].append(line)
    assert 20 < len(lines) < 90
    for of_case in lines.values():
        started, *others = of_case
        assert started.what == "started" and started.children
        assert all(line.on >= started.on for line in others)
        ended = [line.on for line in others if line.what == "ended"]
        assert len(ended) <= 1 and all(line.on < ended[0] for line in others if ended and line.what == "paid")
    standing = Counter(any(line.what == "ended" for line in of_case) for of_case in lines.values())
    assert standing[True] > 10 and standing[False] > 10


def test_slices_are_the_whole_time_without_gap_or_overlap(agency):
    found = list(slices(agency))
    assert found[0][0] == date(2024, 11, 1) and found[-1][1] == AS_OF
    assert all(last + timedelta(days=1) == first for (_, last), (first, _) in pairwise(found))


def test_sums_are_those_of_an_agency(agency):
    received = sum(r.amount_cents for r in agency.receipts)
    assert 200_00 < median(child_support(case) for case in agency.cases) < 700_00
    assert 100_00 < received / len(agency.receipts) < 500_00
    assert all(receipt.amount_cents > 0 for receipt in agency.receipts)


def test_every_kind_of_money_is_there(agency):
    sources = Counter(r.source for r in agency.receipts)
    assert sources["INCOME_WITHHOLDING"] / len(agency.receipts) > 0.5
    assert set(sources) >= {"INCOME_WITHHOLDING", "FEDERAL_TAX", "STATE_TAX", "UIB", "ADMIN_ENFORCEMENT", "OTHER"}
    assert all(2 <= r.received_on.month <= 6 for r in agency.receipts if "TAX" in r.source)
    assert {r.came_back_late for r in agency.receipts if r.returned_on} == {False, True}
    assert any(r.joint for r in agency.receipts) and agency.consents and agency.identifications
    assert {h.what for h in agency.holds} == {"hold", "resume"}
    assert 3 <= sum(not r.payor_id for r in agency.receipts) <= 30
    assert any(r.payor_id and not r.case_id for r in agency.receipts)


def test_tomorrow_goes_on_where_today_ends(agency):
    later = build(AS_OF + timedelta(days=45))
    assert later.participants == agency.participants and later.cases == agency.cases
    known = {(r.source_system, r.source_id): r for r in later.receipts}
    for receipt in agency.receipts:
        if receipt.received_on >= later.since:
            assert known[(receipt.source_system, receipt.source_id)] == receipt
    assert len(later.receipts) > 0.9 * len(agency.receipts)


def test_a_day_before_the_agency_is_refused():
    with pytest.raises(ValueError, match="later days"):
        build(EPOCH - timedelta(days=1))


def test_the_demo_logins_have_something_to_see_and_can_get_a_letter(agency):
    payor, payee, both = agency.logins
    people = {p.participant_id: p for p in agency.participants}
    made = Counter(r.payor_id for r in agency.receipts)
    payee_of = {case.case_id: case.payee_id for case in agency.cases}
    sent = Counter(payee_of[r.case_id] for r in agency.receipts if r.case_id)
    assert (payor.language, payee.language) == ("en", "es")
    assert made[payor.participant_id] > 20 and sent[payor.participant_id] == 0
    assert sent[payee.participant_id] > 20 and made[payee.participant_id] == 0
    assert made[both.participant_id] > 5 and sent[both.participant_id] > 5
    for login in (payor, payee, both):
        assert people[login.participant_id].address_valid and people[login.participant_id].ssn


@pytest.mark.parametrize("count", [20, 21, 50, 1000])
def test_other_sizes_hold_together_too(count):
    found = build(AS_OF, count)
    assert len(found.participants) == count
    assert {c.payor_id for c in found.cases} | {c.payee_id for c in found.cases} == {
        p.participant_id for p in found.participants}
    assert all(case.payor_id != case.payee_id for case in found.cases)


def test_holidays_are_not_business_days():
    assert not is_workday(date(2026, 11, 26)) and not is_workday(date(2026, 11, 27)), "Thanksgiving and the day after"
    assert not is_workday(date(2027, 7, 5)), "a Sunday holiday is kept on Monday"
    assert not is_workday(date(2026, 5, 25)) and is_workday(date(2026, 5, 26))
    assert workdays_after(date(2026, 12, 24), 1) == date(2026, 12, 28)
