"""What may happen to money that is sent."""

from dataclasses import replace
from datetime import date

import pytest

from eventkit.testing.spec import given
from payments.domain.disbursement import (
    MAY_BECOME,
    ChangeDisbursementStatus,
    DisbursementIssued,
    DisbursementStatusChanged,
    IssueDisbursement,
    ReportDisbursement,
    disbursement,
)
from payments.domain.words import Method, Status

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
ISSUE = IssueDisbursement("p3", "c1", 12345, MONDAY, Method.CHECK, "digest")
ISSUED = DisbursementIssued("p3", "c1", 12345, MONDAY, Method.CHECK, "digest")
WAY_TO = {Status.ISSUED: (), Status.REISSUED: (Status.RETURNED, Status.REISSUED)}
"""How each status is reached from the issue, where not in one step."""


def became(status, on=TUESDAY):
    return DisbursementStatusChanged("p3", status, on)


def test_it_is_issued_once():
    given(disbursement).when(ISSUE).then(ISSUED).when(ISSUE).then_nothing()


def test_the_same_id_with_other_content_is_refused():
    given(disbursement, ISSUED).when(replace(ISSUE, digest="other")).then_rejected("duplicate_id")


def test_an_amount_is_more_than_nothing():
    given(disbursement).when(replace(ISSUE, amount_cents=0)).then_rejected("not_positive")


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_a_status_follows_another_only_by_the_table(before, after):
    history = [became(status) for status in WAY_TO.get(before, (before,))]
    when = given(disbursement, ISSUED, *history).when(ChangeDisbursementStatus(after, date(2026, 3, 4)))
    if after in MAY_BECOME[before]:
        when.then(became(after, date(2026, 3, 4)))
    else:
        when.then_rejected("illegal_status", status=before.value)


def test_nothing_follows_a_voided_one():
    assert MAY_BECOME[Status.VOIDED] == frozenset()
    assert all(Status.ISSUED not in following for following in MAY_BECOME.values())


def test_a_status_already_heard_of_changes_nothing():
    history = (ISSUED, became(Status.RETURNED), became(Status.REISSUED, date(2026, 3, 9)))
    given(disbursement, *history).when(ChangeDisbursementStatus(Status.RETURNED, TUESDAY)).then_nothing()


def test_a_status_does_not_begin_before_the_last_one():
    given(disbursement, ISSUED).when(ChangeDisbursementStatus(Status.CLEARED, date(2026, 3, 1))).then_rejected(
        "status_before_last")


def test_what_was_never_issued_has_no_status():
    given(disbursement).when(ChangeDisbursementStatus(Status.CLEARED, TUESDAY)).then_rejected("unknown_disbursement")


def test_a_report_tells_the_issue_and_the_last_status_at_once():
    report = ReportDisbursement(ISSUE, ChangeDisbursementStatus(Status.CLEARED, TUESDAY))
    given(disbursement).when(report).then(ISSUED, became(Status.CLEARED)).when(report).then_nothing()


def test_a_later_report_tells_the_next_status():
    report = ReportDisbursement(ISSUE, ChangeDisbursementStatus(Status.CLEARED, TUESDAY))
    given(disbursement, ISSUED).when(report).then(became(Status.CLEARED))


def test_of_a_report_nothing_is_kept_where_a_part_is_refused():
    report = ReportDisbursement(ISSUE, ChangeDisbursementStatus(Status.CLEARED, date(2026, 3, 1)))
    given(disbursement).when(report).then_rejected("status_before_last")
