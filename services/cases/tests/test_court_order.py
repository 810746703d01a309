"""What is decided about a court order."""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.court_order import NEXT, Details, OrderRecorded, RecordOrder, court_order
from eventkit.testing.spec import given

TODAY = date(2026, 11, 20)
TEMPORARY = Details("200000000001", "Superior Court, Ventura", "FL-1", "temporary", date(2026, 3, 2), date(2026, 2, 1),
                    "payor", True)
RECORDED = OrderRecorded("O1", TEMPORARY)


def says(**change: object) -> RecordOrder:
    return RecordOrder("O1", replace(TEMPORARY, **change), TODAY)


def test_an_order_is_recorded_once_also_one_that_counts_from_before_it_was_filed():
    given(court_order).when(says()).then(RECORDED).when(says()).then_nothing()


def test_a_newer_line_is_the_whole_new_state():
    given(court_order, RECORDED).when(says(income_withholding=False)).then(
        OrderRecorded("O1", replace(TEMPORARY, income_withholding=False)))


@pytest.mark.parametrize("before", NEXT)
@pytest.mark.parametrize("after", NEXT)
def test_an_order_only_goes_on(before, after):
    decided = given(court_order, OrderRecorded("O1", replace(TEMPORARY, type=before))).when(says(type=after))
    if after == before:
        decided.then_nothing()
    elif after in NEXT[before]:
        decided.then(OrderRecorded("O1", replace(TEMPORARY, type=after)))
    else:
        decided.then_rejected("type_cannot_follow")


def test_an_older_file_changes_nothing():
    newer = OrderRecorded("O1", replace(TEMPORARY, court="Superior Court, Kern"))
    given(court_order, RECORDED, newer).when(says()).then_rejected("superseded")


def test_an_order_stays_with_its_case_and_is_not_of_tomorrow():
    given(court_order, RECORDED).when(says(case_id="200000000002")).then_rejected("another_case")
    given(court_order).when(says(filed_on=date(2026, 11, 21))).then_rejected("filed_in_the_future")
