"""What is decided about a case."""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.case import CaseChanged, CaseOpened, Details, Party, RecordCase, case
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
