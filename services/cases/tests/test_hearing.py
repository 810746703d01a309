"""What is decided about a court date."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.domain.hearing import NEXT, Attendance, Details, HearingRecorded, RecordHearing, hearing
from eventkit.testing.spec import given

START = datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
SET = Details("200000000001", "modification", "set", START, 30, "Superior Court, Ventura", "34", "800 Example Ave",
              (Attendance("0123456789", "remote"),))
RECORDED = HearingRecorded("H1", SET)


def says(**change: object) -> RecordHearing:
    return RecordHearing("H1", replace(SET, **change))


def test_a_hearing_is_set_once():
    given(hearing).when(says()).then(RECORDED).when(says()).then_nothing()


def test_a_hearing_goes_to_another_day_and_back_again():
    later = {"status": "reset", "starts_at": START + timedelta(days=7)}
    (given(hearing, RECORDED).when(says(**later)).then(HearingRecorded("H1", replace(SET, **later)))
        .when(says(status="reset")).then(HearingRecorded("H1", replace(SET, status="reset"))))


@pytest.mark.parametrize("before", NEXT)
@pytest.mark.parametrize("after", NEXT)
def test_only_some_statuses_follow_each_other(before, after):
    decided = given(hearing, HearingRecorded("H1", replace(SET, status=before))).when(says(status=after))
    if after == before:
        decided.then_nothing()
    elif after in NEXT[before]:
        decided.then(HearingRecorded("H1", replace(SET, status=after)))
    else:
        decided.then_rejected("status_cannot_follow")


def test_an_older_file_changes_nothing():
    moved = HearingRecorded("H1", replace(SET, starts_at=START + timedelta(days=1)))
    given(hearing, RECORDED, moved).when(says()).then_rejected("superseded")


def test_a_hearing_stays_with_its_case_and_nobody_attends_twice():
    given(hearing, RECORDED).when(says(case_id="200000000002")).then_rejected("another_case")
    twice = (Attendance("0123456789", "in_person"), Attendance("0123456789", "remote"))
    given(hearing).when(says(attendance=twice)).then_rejected("named_twice")
