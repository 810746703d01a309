"""What is decided about a case."""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.case import (
    CaseChanged,
    CaseOpened,
    CaseProtectionChanged,
    Dependents,
    Details,
    Party,
    RecordCase,
    RecordProtection,
    case,
)
from cases.domain.protected import Protected
from eventkit.testing.spec import given

TODAY = date(2026, 11, 20)
RECORD = RecordCase("200000000001", "06001", "FL-1", "open", date(2024, 2, 1), ("11",), ("22",), TODAY)
DETAILS = Details("06001", "FL-1", "open", date(2024, 2, 1), (Party("11", "payor"), Party("22", "payee")))
OPENED = CaseOpened("200000000001", DETAILS)


def test_a_new_case_is_opened():
    given(case).when(RECORD).then(OPENED)


def test_the_same_again_is_nothing_in_whatever_order_the_parties_are_named():
    two = replace(RECORD, payees=("22", "33"))
    other_order = replace(RECORD, payees=("33", "22", "33"))
    opened = CaseOpened("200000000001", two.details())
    given(case, opened).when(other_order).then_nothing()


def test_who_joins_and_who_leaves_is_told():
    command = replace(RECORD, payees=("33",))
    given(case, OPENED).when(command).then(CaseChanged(
        "200000000001", command.details(), changed=("parties",),
        joined=(Party("33", "payee"),), left=(Party("22", "payee"),)))


def test_a_change_of_role_is_a_leaving_and_a_joining():
    command = replace(RECORD, payors=("22",), payees=("11",))
    given(case, OPENED).when(command).then(CaseChanged(
        "200000000001", command.details(), changed=("parties",),
        joined=(Party("11", "payee"), Party("22", "payor")), left=(Party("11", "payor"), Party("22", "payee"))))


def test_a_case_is_closed_and_opened_again():
    closed = replace(RECORD, status="closed")
    (given(case, OPENED)
        .when(closed).then(CaseChanged("200000000001", closed.details(), ("status",), (), ()))
        .when(RECORD).then(CaseChanged("200000000001", DETAILS, ("status",), (), ())))


@pytest.mark.parametrize("change, code", [
    ({"payors": (), "payees": ()}, "no_parties"),
    ({"payees": ("22", "11")}, "in_both_roles"),
    ({"opened_on": date(2026, 11, 21)}, "opened_in_the_future"),
])
def test_what_cannot_be_is_refused(change, code):
    given(case).when(replace(RECORD, **change)).then_rejected(code)


def test_one_side_may_be_unknown_yet():
    command = replace(RECORD, payors=())
    given(case).when(command).then(CaseOpened("200000000001", command.details()))


TOLD = replace(RECORD, function="enforcement", assistance="never", lcsa="06037",
               dependents=Dependents(Protected("k1.aa", "k1.nobody"), "s1.aa"))


def test_how_a_case_stands_is_told_with_it():
    (given(case, OPENED).when(TOLD)
        .then(CaseChanged("200000000001", TOLD.details(), ("assistance", "dependents", "function", "lcsa"), (), ())))


def test_a_file_without_the_new_columns_leaves_them_as_they_are():
    opened = CaseOpened("200000000001", TOLD.details())
    old = replace(RECORD, county="06003", dependents=TOLD.dependents,
                  unsaid=frozenset({"function", "assistance", "lcsa", "closed_on"}))
    given(case, opened).when(old).then(
        CaseChanged("200000000001", replace(TOLD.details(), county="06003"), ("county",), (), ()))


def test_a_case_is_closed_on_a_day_and_opened_again_without_one():
    day = date(2026, 11, 2)
    opened = CaseOpened("200000000001", TOLD.details())
    closed, reopened = replace(TOLD, status="closed", closed_on=day), replace(TOLD, status="reopened")
    unsaid = replace(reopened, unsaid=frozenset({"closed_on"}))
    (given(case, opened).when(closed)
        .then(CaseChanged("200000000001", closed.details(), ("closed_on", "status"), (), ()))
        .when(unsaid).then(CaseChanged("200000000001", reopened.details(), ("closed_on", "status"), (), ())))


def test_protection_of_a_party_is_part_of_the_case_and_told_once():
    protected = replace(DETAILS, party_protected=True)
    (given(case, OPENED).when(RecordProtection("200000000001", True))
        .then(CaseProtectionChanged("200000000001", protected))
        .when(RecordProtection("200000000001", True)).then_nothing()
        .when(replace(RECORD, party_protected=True)).then_nothing()
        .when(RecordProtection("200000000001", False)).then(CaseProtectionChanged("200000000001", DETAILS)))
    given(case).when(RecordProtection("200000000001", True)).then_nothing()


@pytest.mark.parametrize("change, code", [
    ({"status": "pending"}, "pending_again"),
    ({"closed_on": date(2026, 11, 2)}, "not_closed"),
    ({"status": "closed", "closed_on": date(2024, 1, 31)}, "closed_when_it_cannot_be"),
    ({"status": "closed", "closed_on": date(2026, 11, 21)}, "closed_when_it_cannot_be"),
])
def test_what_cannot_follow_is_refused(change, code):
    given(case, OPENED).when(replace(RECORD, **change)).then_rejected(code)
