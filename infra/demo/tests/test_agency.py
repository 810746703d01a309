"""What the synthetic agency promises: nobody real, nothing dangling, plausible sums, the same every time."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median

import pytest

from demo.agency import build, logins
from demo.caseload import EPOCH
from demo.paying import monthly_order
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
    assert len(agency.participants) == 320
    assert 180 <= len(agency.cases) <= 200
    assert spanish == round(320 * 0.4)
    assert sum(found == {"payor", "payee"} for found in roles.values()) >= 10
    assert max(Counter(case.payor_id for case in agency.cases).values()) == 3
    assert set(roles) == {p.participant_id for p in agency.participants}, "everybody is in a case"


def test_ids_are_unique(agency):
    for ids in ([p.participant_id for p in agency.participants], [p.ssn for p in agency.participants if p.ssn],
                [c.case_id for c in agency.cases], [(r.source_system, r.source_id) for r in agency.receipts],
                [(d.source_system, d.source_id) for d in agency.disbursements]):
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
    for sent in agency.disbursements:
        assert cases[sent.case_id].payee_id == sent.payee_id


def test_no_money_before_its_case_or_after_it_or_in_the_future(agency):
    cases = {case.case_id: case for case in agency.cases}
    for receipt in agency.receipts:
        assert AS_OF - timedelta(days=730) <= receipt.received_on <= receipt.posted_on <= AS_OF
        if receipt.case_id:
            assert cases[receipt.case_id].opened_on < receipt.received_on
            assert receipt.posted_on <= (cases[receipt.case_id].closed_on or AS_OF)
    for sent in agency.disbursements:
        assert sent.issued_on <= sent.status_on <= AS_OF
    assert all(case.opened_on < EPOCH for case in agency.cases)


def test_families_get_it_two_business_days_later_unless_it_is_held_or_came_back(agency):
    receipts = {f"D{r.source_id}": r for r in agency.receipts}
    for sent in agency.disbursements:
        receipt = receipts[sent.source_id]
        assert is_workday(sent.issued_on)
        assert sent.amount_cents == receipt.amount_cents
        assert receipt.returned_on is None, "a returned check was sent on"
        if not receipt.joint:
            assert sent.issued_on == workdays_after(receipt.received_on, 2)
        else:
            assert sent.issued_on > receipt.received_on + timedelta(days=180)


def test_sums_are_those_of_an_agency(agency):
    received = sum(r.amount_cents for r in agency.receipts)
    sent = sum(d.amount_cents for d in agency.disbursements)
    assert 0.9 * received < sent < received
    assert 200_00 < median(monthly_order(case) for case in agency.cases) < 700_00
    assert 100_00 < received / len(agency.receipts) < 500_00
    assert all(receipt.amount_cents > 0 for receipt in agency.receipts)


def test_every_kind_of_money_is_there(agency):
    sources = Counter(r.source for r in agency.receipts)
    assert sources["INCOME_WITHHOLDING"] / len(agency.receipts) > 0.5
    assert set(sources) >= {"INCOME_WITHHOLDING", "FEDERAL_TAX", "STATE_TAX", "UIB", "ADMIN_ENFORCEMENT", "OTHER"}
    assert all(2 <= r.received_on.month <= 6 for r in agency.receipts if "TAX" in r.source)
    assert any(r.returned_on for r in agency.receipts)
    assert 3 <= sum(not r.payor_id for r in agency.receipts) <= 30
    assert any(r.payor_id and not r.case_id for r in agency.receipts)
    assert {d.method for d in agency.disbursements} == {"direct_deposit", "card", "check"}
    assert {d.status for d in agency.disbursements} >= {"issued", "cleared", "returned", "stale"}


def test_tomorrow_goes_on_where_today_ends(agency):
    later = build(AS_OF + timedelta(days=45))
    since = AS_OF + timedelta(days=45) - timedelta(days=730)
    assert later.participants == agency.participants and later.cases == agency.cases
    known = {(r.source_system, r.source_id): r for r in later.receipts}
    for receipt in agency.receipts:
        if receipt.received_on >= since:
            assert known[(receipt.source_system, receipt.source_id)] == receipt
    assert len(later.receipts) > 0.9 * len(agency.receipts)


def test_a_day_before_the_agency_is_refused():
    with pytest.raises(ValueError, match="later days"):
        build(EPOCH - timedelta(days=1))


def test_the_demo_logins_have_something_to_see_and_can_get_a_letter(agency):
    payor, payee, both = logins(agency)
    people = {p.participant_id: p for p in agency.participants}
    made = Counter(r.payor_id for r in agency.receipts)
    sent = Counter(d.payee_id for d in agency.disbursements)
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
