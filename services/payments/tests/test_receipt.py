"""What may happen to a collection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eventkit.testing.spec import given
from payments.domain.distribution.share import Share
from payments.domain.receipt import (
    CollectionDistributed,
    CollectionHeld,
    CollectionIdentified,
    CollectionReceived,
    CollectionReversed,
    CreditRef,
    DistributeCollection,
    DistributionUndone,
    HoldCollection,
    HoldReleased,
    IdentifyCollection,
    ReceiveCollection,
    ReleaseHold,
    ReverseCollection,
    UndoDistribution,
    receipt,
)
from payments.domain.words import Debt, Destination, HoldReason, ReversalReason, Source

MONDAY, TUESDAY, JUNE = date(2026, 3, 2), date(2026, 3, 3), date(2026, 6, 1)
RECEIVE = ReceiveCollection("p1", "c1", 12_345, MONDAY, TUESDAY, Source.OTHER, "CHECK", "digest")
RECEIVED = CollectionReceived("p1", "c1", 12_345, MONDAY, TUESDAY, Source.OTHER, "CHECK", "digest", False)
OF_NOBODY = replace(RECEIVED, payor_id=None, case_id=None)
UNIDENTIFIED = CollectionHeld(None, 12_345, HoldReason.UNIDENTIFIED, TUESDAY, 1)
IDENTIFY = IdentifyCollection("p1", "c1", JUNE)
IDENTIFIED = CollectionIdentified("p1", "c1", 12_345, JUNE)
NO_LONGER_HELD = HoldReleased("p1", 1, JUNE, "-", HoldReason.UNIDENTIFIED, 12_345, None)

PAID = Share("c1", Debt.CURRENT, 12_000, Destination.FAMILY, "owner.family")
HELD = Share("c1", Debt.CURRENT, 345, Destination.HELD, "owner.family", hold=HoldReason.JOINT_RETURN, until=JUNE)
CREDITS = (CreditRef("c1", 7),)
DISTRIBUTE = DistributeCollection(MONDAY, (PAID, HELD), ("arrears.family",), CREDITS)
DISTRIBUTED = CollectionDistributed("p1", 1, MONDAY, MONDAY, (PAID, HELD), ("arrears.family",), CREDITS, 1)
REVERSE = ReverseCollection(TUESDAY, ReversalReason.NSF)


def reversed_(*undoes: int) -> CollectionReversed:
    return CollectionReversed("p1", 12_345, TUESDAY, ReversalReason.NSF, undoes)


def test_it_is_received_and_waits_to_be_distributed():
    given(receipt).when(RECEIVE).then(RECEIVED)
    assert receipt.fold([RECEIVED]).waiting == 12_345


def test_it_is_held_where_nobody_knows_whose_it_is():
    given(receipt).when(replace(RECEIVE, payor_id=None, case_id=None)).then(OF_NOBODY, UNIDENTIFIED)


def test_hearing_of_it_again_changes_nothing():
    given(receipt, RECEIVED, DISTRIBUTED).when(RECEIVE).then_nothing()
    given(receipt, RECEIVED, reversed_(1)).when(RECEIVE).then_nothing()


def test_the_same_id_with_other_content_is_refused():
    given(receipt, RECEIVED).when(replace(RECEIVE, digest="other")).then_rejected("duplicate_id")


@pytest.mark.parametrize("cents", [0, -1])
def test_an_amount_is_more_than_nothing(cents):
    given(receipt).when(replace(RECEIVE, amount_cents=cents)).then_rejected("not_positive")


def test_nothing_is_posted_before_it_is_received():
    given(receipt).when(replace(RECEIVE, received_on=TUESDAY, posted_on=MONDAY)).then_rejected("posted_before_received")


def test_once_it_is_known_whose_it_is_it_is_held_no_longer():
    given(receipt, OF_NOBODY, UNIDENTIFIED).when(IDENTIFY).then(IDENTIFIED, NO_LONGER_HELD).when(
        IDENTIFY).then_nothing()


def test_it_is_identified_as_one_persons_only():
    history = OF_NOBODY, UNIDENTIFIED, IDENTIFIED, NO_LONGER_HELD
    given(receipt, *history).when(replace(IDENTIFY, payor_id="p2")).then_rejected("identified_already")


def test_its_shares_add_up_to_what_waits():
    given(receipt, RECEIVED).when(DISTRIBUTE).then(DISTRIBUTED)
    short = replace(DISTRIBUTE, shares=(PAID,))
    given(receipt, RECEIVED).when(short).then_rejected("shares_do_not_add_up", waiting_cents=12_345)


def test_what_is_distributed_does_not_wait_any_more():
    given(receipt, RECEIVED, DISTRIBUTED).when(DISTRIBUTE).then_rejected("nothing_waits")
    given(receipt, RECEIVED, DISTRIBUTED).when(HoldCollection(HoldReason.NO_CASE, MONDAY)).then_rejected(
        "nothing_waits")


def test_all_of_it_is_held_where_it_has_no_case():
    given(receipt, RECEIVED).when(HoldCollection(HoldReason.NO_CASE, TUESDAY)).then(
        CollectionHeld("p1", 12_345, HoldReason.NO_CASE, TUESDAY, 1))


def test_a_share_that_is_held_is_a_hold_and_released_to_where_it_would_have_gone():
    released = HoldReleased("p1", 1, JUNE, "c1", HoldReason.JOINT_RETURN, 345, Destination.FAMILY)
    given(receipt, RECEIVED, DISTRIBUTED).when(ReleaseHold(1, JUNE)).then(released).when(
        ReleaseHold(1, JUNE)).then_nothing()


@pytest.mark.parametrize("rule, to", [
    ("pass_through.100_200", Destination.PASS_THROUGH), ("former.passed_through", Destination.PASS_THROUGH),
    ("pool.exhausted", Destination.FAMILY)])
def test_what_would_have_been_passed_through_still_is_when_it_is_released(rule, to):
    distributed = replace(DISTRIBUTED, shares=(PAID, replace(HELD, rule=rule)))
    given(receipt, RECEIVED, distributed).when(ReleaseHold(1, JUNE)).then(
        HoldReleased("p1", 1, JUNE, "c1", HoldReason.JOINT_RETURN, 345, to))


def test_what_was_held_for_the_coming_month_waits_to_be_distributed_when_it_is_released():
    futures = replace(HELD, hold=HoldReason.FUTURES)
    history = [RECEIVED, replace(DISTRIBUTED, shares=(PAID, futures))]
    released = HoldReleased("p1", 1, JUNE, "c1", HoldReason.FUTURES, 345, None)
    given(receipt, *history).when(ReleaseHold(1, JUNE)).then(released)
    assert receipt.fold([*history, released]).waiting == 345


def test_a_hold_that_never_was_is_not_released():
    given(receipt, RECEIVED, DISTRIBUTED).when(ReleaseHold(2, JUNE)).then_rejected("unknown_hold")


def test_a_distribution_is_undone_and_all_of_it_waits_again():
    undone = DistributionUndone("p1", 12_345, TUESDAY, (2,))
    given(receipt, RECEIVED, DISTRIBUTED).when(UndoDistribution(TUESDAY)).then(undone)
    state = receipt.fold([RECEIVED, DISTRIBUTED, undone])
    assert (state.waiting, state.number, state.next_hold) == (12_345, 2, 2), "numbers are never given twice"


def test_that_it_was_identified_stands_when_its_distribution_is_undone():
    history = OF_NOBODY, UNIDENTIFIED, IDENTIFIED, NO_LONGER_HELD, replace(DISTRIBUTED, first_hold=2)
    given(receipt, *history).when(UndoDistribution(JUNE)).then(DistributionUndone("p1", 12_345, JUNE, (5,)))


def test_a_reversal_names_every_event_it_undoes():
    given(receipt, RECEIVED, DISTRIBUTED).when(REVERSE).then(reversed_(1, 2)).when(REVERSE).then_nothing()


def test_a_reversal_undoes_nothing_twice():
    history = RECEIVED, DISTRIBUTED, DistributionUndone("p1", 12_345, TUESDAY, (2,))
    given(receipt, *history).when(REVERSE).then(reversed_(1))


def test_another_reversal_of_the_same_receipt_is_refused():
    other = ReverseCollection(TUESDAY, ReversalReason.MISAPPLIED)
    given(receipt, RECEIVED, reversed_(1)).when(other).then_rejected("already_reversed")


@pytest.mark.parametrize("command", [IDENTIFY, DISTRIBUTE, ReleaseHold(1, JUNE), UndoDistribution(JUNE)])
def test_nothing_more_happens_to_what_was_taken_back(command):
    given(receipt, RECEIVED, reversed_(1)).when(command).then_rejected("already_reversed")


def test_what_was_never_received_cannot_be_reversed():
    given(receipt).when(REVERSE).then_rejected("unknown_receipt")


def test_nothing_is_reversed_before_it_was_received():
    early = ReverseCollection(date(2026, 3, 1), ReversalReason.NSF)
    given(receipt, RECEIVED).when(early).then_rejected("reversed_before_received")
