"""What may happen to money that is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eventkit.testing.spec import given
from payments.domain.account.events import Lot
from payments.domain.disbursement import (
    MAY_BECOME,
    DisbursementIssued,
    DisbursementPlanned,
    DisbursementStatusChanged,
    Payment,
    ReportDisbursement,
    comes_back,
    disbursement,
    sends,
)
from payments.domain.words import Debt, Destination, Method, PayeeType, Status

MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)
PAYMENT = Payment(PayeeType.FAMILY, "p3", "c1", 12_345, Method.CHECK)
LOTS = (Lot("R1", MONDAY, Debt.CURRENT, Destination.FAMILY, 12_000),)
PLANNED = DisbursementPlanned(PAYMENT, MONDAY, "digest")
ISSUED = DisbursementIssued(PAYMENT, MONDAY, "digest", LOTS, 345)
WAY_TO = {Status.ISSUED: (), Status.REISSUED: (Status.RETURNED, Status.REISSUED)}
"""How each status is reached from the issue, where not in one step."""


def report(status: Status, on: date = TUESDAY, **changes) -> ReportDisbursement:
    return ReportDisbursement(PAYMENT, MONDAY, status, on, "digest", **changes)


ISSUE = report(Status.ISSUED, MONDAY, lots=LOTS, ahead=345)


def became(status: Status, on: date = TUESDAY) -> DisbursementStatusChanged:
    return DisbursementStatusChanged(PAYMENT, status, on)


def reached(status: Status) -> list:
    if status is Status.PENDING:
        return [PLANNED]
    return [ISSUED, *(became(step) for step in WAY_TO.get(status, (status,)))]


def test_it_is_issued_once():
    given(disbursement).when(ISSUE).then(ISSUED).when(ISSUE).then_nothing()


def test_it_is_planned_first_and_then_issued():
    given(disbursement).when(report(Status.PENDING, MONDAY)).then(PLANNED).when(ISSUE).then(ISSUED)


def test_what_was_planned_may_be_issued_on_another_day_and_the_plan_be_read_again():
    planned, later = report(Status.PENDING, MONDAY), replace(ISSUE, issued_on=WEDNESDAY)
    issued = replace(ISSUED, on=WEDNESDAY)
    (given(disbursement).when(planned).then(PLANNED).when(later).then(issued)
     .when(planned).then_nothing().when(later).then_nothing())


def test_once_issued_the_day_stands():
    given(disbursement, ISSUED).when(replace(ISSUE, issued_on=WEDNESDAY)).then_rejected("duplicate_id")


def test_the_same_id_with_other_content_is_refused():
    given(disbursement, ISSUED).when(replace(ISSUE, digest="other")).then_rejected("duplicate_id")


def test_an_amount_is_more_than_nothing():
    given(disbursement).when(replace(ISSUE, payment=replace(PAYMENT, amount_cents=0))).then_rejected("not_positive")


@pytest.mark.parametrize("before", [status for status in Status if status is not Status.PENDING])
@pytest.mark.parametrize("after", [status for status in Status if status not in (Status.PENDING, Status.ISSUED)])
def test_a_status_follows_another_only_by_the_table(before, after):
    when = given(disbursement, *reached(before)).when(report(after, WEDNESDAY))
    if after in MAY_BECOME[before]:
        when.then(became(after, WEDNESDAY))
    else:
        when.then_rejected("illegal_status", status=before.value)


def test_nothing_follows_a_voided_one():
    assert MAY_BECOME[Status.VOIDED] == frozenset()


def test_an_older_file_read_again_says_nothing_new():
    history = ISSUED, became(Status.RETURNED), became(Status.REISSUED, WEDNESDAY)
    given(disbursement, *history).when(report(Status.RETURNED)).then_nothing()
    given(disbursement, *history).when(ISSUE).then_nothing()


def test_a_status_does_not_begin_before_the_last_one():
    given(disbursement, ISSUED).when(report(Status.CLEARED, date(2026, 3, 1))).then_rejected("status_before_last")


def test_the_first_report_may_tell_the_issue_and_the_last_status_at_once():
    both = report(Status.CLEARED, lots=LOTS, ahead=345)
    given(disbursement).when(both).then(ISSUED, became(Status.CLEARED)).when(both).then_nothing()


def test_one_that_was_planned_and_never_left_is_voided_without_an_issue():
    given(disbursement, PLANNED).when(report(Status.VOIDED)).then(became(Status.VOIDED))


def test_what_is_sent_anew_says_what_it_took():
    given(disbursement, ISSUED, became(Status.RETURNED)).when(report(Status.REISSUED, WEDNESDAY, lots=LOTS)).then(
        replace(became(Status.REISSUED, WEDNESDAY), lots=LOTS))
    state = disbursement.fold([ISSUED, became(Status.RETURNED), replace(became(Status.REISSUED), lots=LOTS)])
    assert state.drawn == (LOTS, 0)


@pytest.mark.parametrize("before, after, leaves, returns", [
    (None, Status.PENDING, False, False),
    (None, Status.ISSUED, True, False),
    (None, Status.RETURNED, True, True),
    (Status.PENDING, Status.ISSUED, True, False),
    (Status.PENDING, Status.VOIDED, False, False),
    (Status.ISSUED, Status.CLEARED, False, False),
    (Status.ISSUED, Status.RETURNED, False, True),
    (Status.ISSUED, Status.REISSUED, False, False),
    (Status.RETURNED, Status.REISSUED, True, False),
    (Status.RETURNED, Status.VOIDED, False, False),
    (Status.ISSUED, Status.STALE, False, False),
    (Status.STALE, Status.REISSUED, False, False),
    (Status.STALE, Status.VOIDED, False, True),
])
def test_whether_money_leaves_or_comes_back(before, after, leaves, returns):
    state = disbursement.fold(reached(before) if before else [])
    events = disbursement.decide(report(after, WEDNESDAY), state)
    assert (sends(events, state), comes_back(events, state)) == (leaves, returns)
