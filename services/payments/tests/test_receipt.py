"""What may happen to a collection."""

from dataclasses import replace
from datetime import date

import pytest

from eventkit.testing.spec import given
from payments.domain.receipt import (
    AppliedPart,
    CollectionApplied,
    CollectionHeld,
    CollectionReceived,
    CollectionReversed,
    ReceiveCollection,
    ReverseCollection,
    receipt,
)
from payments.domain.words import DebtKind, HoldReason, ReversalReason, Source

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
RECEIVE = ReceiveCollection("p1", "c1", 12345, MONDAY, TUESDAY, Source.OTHER, "CHECK", "digest")
RECEIVED = CollectionReceived("p1", "c1", 12345, MONDAY, TUESDAY, Source.OTHER, "CHECK", "digest")
APPLIED = CollectionApplied("p1", (AppliedPart("c1", DebtKind.CURRENT_CHILD, 12345),))
REVERSE = ReverseCollection(TUESDAY, ReversalReason.NSF)


def test_all_of_it_is_current_support_of_the_named_case():
    given(receipt).when(RECEIVE).then(RECEIVED, APPLIED)


def test_where_no_case_is_named_the_only_open_one_is_meant():
    command = replace(RECEIVE, case_id=None, open_cases=("c1",))
    given(receipt).when(command).then(replace(RECEIVED, case_id=None), APPLIED)


@pytest.mark.parametrize("cases", [(), ("c1", "c2")])
def test_it_is_held_where_no_or_several_cases_could_be_meant(cases):
    command = replace(RECEIVE, case_id=None, open_cases=cases)
    held = CollectionHeld("p1", 12345, HoldReason.NO_CASE)
    given(receipt).when(command).then(replace(RECEIVED, case_id=None), held)


def test_it_is_held_where_nobody_knows_whose_it_is():
    command = replace(RECEIVE, payor_id=None, case_id=None)
    held = CollectionHeld(None, 12345, HoldReason.UNIDENTIFIED)
    given(receipt).when(command).then(replace(RECEIVED, payor_id=None, case_id=None), held)


def test_hearing_of_it_again_changes_nothing():
    given(receipt, RECEIVED, APPLIED).when(RECEIVE).then_nothing()


def test_hearing_of_it_again_after_a_reversal_changes_nothing():
    reversed_ = CollectionReversed("p1", 12345, TUESDAY, ReversalReason.NSF, (1, 2))
    given(receipt, RECEIVED, APPLIED, reversed_).when(RECEIVE).then_nothing()


def test_the_same_id_with_other_content_is_refused():
    given(receipt, RECEIVED, APPLIED).when(replace(RECEIVE, digest="other")).then_rejected("duplicate_id")


@pytest.mark.parametrize("cents", [0, -1])
def test_an_amount_is_more_than_nothing(cents):
    given(receipt).when(replace(RECEIVE, amount_cents=cents)).then_rejected("not_positive")


def test_nothing_is_posted_before_it_is_received():
    given(receipt).when(replace(RECEIVE, received_on=TUESDAY, posted_on=MONDAY)).then_rejected("posted_before_received")


def test_a_reversal_names_every_event_it_undoes():
    expected = CollectionReversed("p1", 12345, TUESDAY, ReversalReason.NSF, (1, 2))
    given(receipt, RECEIVED, APPLIED).when(REVERSE).then(expected)


def test_held_money_is_reversed_too():
    held = CollectionHeld(None, 12345, HoldReason.UNIDENTIFIED)
    received = replace(RECEIVED, payor_id=None, case_id=None)
    expected = CollectionReversed(None, 12345, TUESDAY, ReversalReason.NSF, (1, 2))
    given(receipt, received, held).when(REVERSE).then(expected)


def test_reversing_twice_is_reversing_once():
    given(receipt, RECEIVED, APPLIED).when(REVERSE).then(
        CollectionReversed("p1", 12345, TUESDAY, ReversalReason.NSF, (1, 2))).when(REVERSE).then_nothing()


def test_another_reversal_of_the_same_receipt_is_refused():
    reversed_ = CollectionReversed("p1", 12345, TUESDAY, ReversalReason.NSF, (1, 2))
    other = ReverseCollection(TUESDAY, ReversalReason.MISAPPLIED)
    given(receipt, RECEIVED, APPLIED, reversed_).when(other).then_rejected("already_reversed")


def test_what_was_never_received_cannot_be_reversed():
    given(receipt).when(REVERSE).then_rejected("unknown_receipt")


def test_nothing_is_reversed_before_it_was_received():
    early = ReverseCollection(date(2026, 3, 1), ReversalReason.NSF)
    given(receipt, RECEIVED, APPLIED).when(early).then_rejected("reversed_before_received")
