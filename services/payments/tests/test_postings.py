"""What each event does to the accounts, and that no history can unbalance them."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from eventkit.decider import Rejected
from payments.domain.disbursement import ChangeDisbursementStatus, IssueDisbursement, disbursement
from payments.domain.receipt import ReceiveCollection, ReverseCollection, receipt
from payments.domain.words import Method, ReversalReason, Source, Status
from payments.ledger.chart import CHART, RECV_NCP, SDU_CASH
from payments.ledger.entries import Cause, JournalEntry, Unbalanced, move
from payments.ledger.postings import entries_of

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
RECEIVE = ReceiveCollection("p1", "c1", 500, MONDAY, TUESDAY, Source.OTHER, "CHECK", "d")


def carried_out(decider, *commands):
    state = decider.initial
    for command in commands:
        state = decider.fold(decider.decide(command, state), state)
    return state


def posted(decider, state):
    stream = decider.stream("SDU:1")
    return [entry for version in range(1, len(state.history) + 1) for entry in entries_of(state, stream, version)]


def balances(entries):
    total = Counter()
    for entry in entries:
        for line in entry.lines:
            total[line.account] += line.cents
    return {account: cents for account, cents in total.items() if cents}


def test_money_that_is_applied_is_the_familys_and_the_debt_falls():
    entries = posted(receipt, carried_out(receipt, RECEIVE))
    assert [entry.kind for entry in entries] == ["collection_received", "collection_applied"]
    assert balances(entries) == {"A:SDU_CASH": 500, "L:PAYABLE_CP:c1": -500,
                                 "L:OWED_TO:CP:c1:CURRENT_CHILD": 500, "A:RECV_NCP:c1:CURRENT_CHILD:prin": -500}


def test_both_entries_count_from_the_legal_date_of_the_receipt():
    assert {entry.effective_on for entry in posted(receipt, carried_out(receipt, RECEIVE))} == {MONDAY}


def test_money_of_nobody_is_unidentified():
    command = ReceiveCollection(None, None, 500, MONDAY, MONDAY, Source.OTHER, "CASH", "d")
    assert balances(posted(receipt, carried_out(receipt, command))) == {"A:SDU_CASH": 500, "L:UNIDENTIFIED": -500}


def test_money_of_no_case_is_undistributed_and_says_why():
    command = ReceiveCollection("p1", None, 500, MONDAY, MONDAY, Source.OTHER, "CASH", "d", ("c1", "c2"))
    assert balances(posted(receipt, carried_out(receipt, command))) == {
        "A:SDU_CASH": 500, "L:UNDISTRIBUTED:-:no_case": -500}


def test_a_reversal_mirrors_each_entry_on_the_day_it_was_taken_back():
    entries = posted(receipt, carried_out(receipt, RECEIVE, ReverseCollection(TUESDAY, ReversalReason.NSF)))
    taken_back = entries[2:]
    assert balances(entries) == {}
    assert [entry.reverses for entry in taken_back] == [Cause("receipt-SDU:1", 2), Cause("receipt-SDU:1", 1)]
    assert [entry.cause for entry in taken_back] == [Cause("receipt-SDU:1", 3, 1), Cause("receipt-SDU:1", 3, 2)]
    assert {entry.effective_on for entry in taken_back} == {TUESDAY}


@pytest.mark.parametrize("statuses, expected", [
    ([], {"L:PAYABLE_CP:c1": 500, "A:SDU_CASH": -500}),
    ([Status.CLEARED], {"L:PAYABLE_CP:c1": 500, "A:SDU_CASH": -500}),
    ([Status.RETURNED], {}),
    ([Status.STOP_PAID, Status.REISSUED], {"L:PAYABLE_CP:c1": 500, "A:SDU_CASH": -500}),
    ([Status.RETURNED, Status.VOIDED], {}),
    ([Status.VOIDED], {}),
    ([Status.STALE], {"L:PAYABLE_CP:c1": 500, "L:UNDISTRIBUTED:c1:stale": -500}),
    ([Status.STALE, Status.CLEARED], {"L:PAYABLE_CP:c1": 500, "A:SDU_CASH": -500}),
    ([Status.STALE, Status.VOIDED], {}),
    ([Status.REISSUED], {"L:PAYABLE_CP:c1": 500, "A:SDU_CASH": -500}),
])
def test_where_the_money_of_a_disbursement_is(statuses, expected):
    commands = [IssueDisbursement("p3", "c1", 500, MONDAY, Method.CHECK, "d"),
                *(ChangeDisbursementStatus(status, TUESDAY) for status in statuses)]
    assert balances(posted(disbursement, carried_out(disbursement, *commands))) == expected


def test_an_entry_that_does_not_balance_cannot_be_made():
    lines = (*move(500, SDU_CASH.key(), "L:UNIDENTIFIED")[:1], *move(499, SDU_CASH.key(), "L:UNIDENTIFIED")[1:])
    with pytest.raises(Unbalanced):
        JournalEntry("collection_received", MONDAY, lines, Cause("receipt-SDU:1", 1))
    with pytest.raises(Unbalanced):
        JournalEntry("collection_received", MONDAY, (), Cause("receipt-SDU:1", 1))


def test_accounts_are_kept_by_the_parts_the_chart_says():
    assert RECV_NCP.key("c1", "CURRENT_CHILD", "prin") == "A:RECV_NCP:c1:CURRENT_CHILD:prin"
    for values in ((), ("c1",), ("c1", "", "prin"), ("c1", "b", "prin", "x")):
        with pytest.raises(ValueError, match="kept by"):
            RECV_NCP.key(*values)


days = st.integers(0, 400).map(lambda n: MONDAY + timedelta(days=n))
cents = st.integers(-1, 10**9)
cases = st.sampled_from(["c1", "c2", None])
receive = st.builds(
    ReceiveCollection, st.sampled_from(["p1", None]), cases, cents, days, days, st.sampled_from(Source),
    st.just("EFT"), st.sampled_from(["d1", "d2"]), st.sampled_from([(), ("c1",), ("c1", "c2")]))
reverse = st.builds(ReverseCollection, days, st.sampled_from(ReversalReason))
issue = st.builds(IssueDisbursement, st.just("p3"), st.sampled_from(["c1", "c2"]), cents, days,
                  st.sampled_from(Method), st.sampled_from(["d1", "d2"]))
change = st.builds(ChangeDisbursementStatus, st.sampled_from(Status), days)
histories = st.one_of(
    st.tuples(st.just(receipt), st.lists(st.one_of(receive, reverse), max_size=8)),
    st.tuples(st.just(disbursement), st.lists(st.one_of(issue, change), max_size=12)))


@for_all(histories)
def test_any_history_is_balanced_and_replays_the_same(history):
    decider, commands = history
    state, entries = decider.initial, []
    for command in commands:
        try:
            events = decider.decide(command, state)
        except Rejected:
            continue
        before, state = len(state.history), decider.fold(events, state)
        for version in range(before + 1, len(state.history) + 1):
            entries += entries_of(state, decider.stream("SDU:1"), version)
    assert sum(line.cents for entry in entries for line in entry.lines) == 0
    assert posted(decider, decider.fold(state.history)) == entries
    codes = {account.code for account in CHART}
    assert all(":".join(line.account.split(":")[:2]) in codes for entry in entries for line in entry.lines)
    if decider is receipt and state.reversal:
        assert balances(entries) == {}
    assert len({entry.cause for entry in entries}) == len(entries)
