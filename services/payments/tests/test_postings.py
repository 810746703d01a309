"""What each event does to the accounts: the table of domain.md §3.10, row by row, in its words."""

from __future__ import annotations

from datetime import date

import pytest

from payments.domain.account.commands import ConsentToRecoupment, CreditDirectPayment, EndAid, StartAid
from payments.domain.disbursement import Payment, ReportDisbursement, disbursement
from payments.domain.receipt import IdentifyCollection
from payments.domain.words import Method, PayeeType, Program, Source, Status
from payments.ledger.chart import RECV_NCP, SDU_CASH
from payments.ledger.entries import Cause, JournalEntry, Unbalanced, move, moves
from payments.testing.desk import PAYOR, Desk, day

OWES, OWNED = "A:RECV_NCP:c1:CHILD:NEVER_ASSIGNED", "L:OWED_TO:CP:c1:CHILD:NEVER_ASSIGNED"


def posted(desk: Desk, kind: str) -> list[dict[str, int]]:
    """The entries of a kind, in order; debits are positive."""
    return [{line.account: line.cents for line in entry.lines} for entry in desk.books.entries if entry.kind == kind]


@pytest.fixture
def desk() -> Desk:
    """100 a month since January 2022."""
    desk = Desk()
    desk.obligation(10_000, "2022-01-01")
    return desk


def test_charge_posted_debits_what_is_owed_and_credits_who_will_own_it(desk):
    desk.charge("2022-01-01")
    assert posted(desk, "charge_posted") == [{f"{OWES}:prin": 10_000, f"{OWNED}:prin": -10_000}]


def test_interest_accrued_does_the_same_with_interest_at_the_months_end(desk):
    desk.charge("2022-01-01")
    desk.interest("2022-01-01")
    assert posted(desk, "interest_accrued") == [{f"{OWES}:int": 85, f"{OWNED}:int": -85}]
    assert desk.books.entries[-1].effective_on == date(2022, 1, 31)


def test_collection_received_debits_cash_and_credits_unidentified_or_undistributed(desk):
    desk.pay(4_000, "2022-01-10", payor=None)
    desk.pay(6_000, "2022-01-10")
    assert posted(desk, "collection_received") == [{"A:SDU_CASH": 4_000, "L:UNIDENTIFIED": -4_000},
                                                   {"A:SDU_CASH": 6_000, "L:UNDISTRIBUTED:-:new": -6_000}]


def test_collection_identified_moves_it_from_unidentified_to_undistributed(desk):
    desk.work.identify(desk.pay(4_000, "2022-01-10", payor=None), IdentifyCollection(PAYOR, None, day("2022-01-12")))
    assert posted(desk, "collection_identified") == [{"L:UNIDENTIFIED": 4_000, "L:UNDISTRIBUTED:-:new": -4_000}]


def test_collection_distributed_has_two_legs_the_debt_and_the_money(desk):
    desk.pay(10_000, "2022-01-10")
    assert posted(desk, "payment_credited") == [{f"{OWNED}:prin": 10_000, f"{OWES}:prin": -10_000}]
    assert posted(desk, "collection_distributed") == [{"L:UNDISTRIBUTED:-:new": 10_000, "L:PAYABLE_CP:c1": -10_000}]
    counted = {entry.effective_on for entry in desk.books.entries if entry.kind != "charge_posted"}
    assert counted == {date(2022, 1, 10)}, "the receipt's day"


def test_it_goes_to_the_family_governments_a_hold_or_fees():
    desk = Desk()
    desk.obligation(30_000, "2022-01-01")
    desk.tell(StartAid(Program.CASH_AID, day("2022-01-01"), 1))
    desk.pay(35_000, "2022-01-10")
    assert posted(desk, "collection_distributed") == [{
        "L:UNDISTRIBUTED:-:new": 35_000, "L:PAYABLE_CP:c1": -10_000, "L:PAYABLE_GOV:state": -9_000,
        "L:PAYABLE_GOV:county": -1_000, "L:PAYABLE_GOV:fed": -10_000, "L:UNDISTRIBUTED:c1:futures": -5_000}]
    other = Desk()
    other.obligation(60_000, "2022-01-01")
    other.pay(60_000, "2022-01-10")
    assert posted(other, "collection_distributed") == [{
        "L:UNDISTRIBUTED:-:new": 60_000, "R:FEES": -3_500, "L:PAYABLE_CP:c1": -56_500}]


def test_hold_released_moves_it_from_the_hold_to_payable(desk):
    receipt = desk.pay(10_000, "2022-01-10", source=Source.FEDERAL_TAX, joint=True)
    desk.release(receipt, 1, "2022-07-10")
    assert posted(desk, "hold_released") == [{"L:UNDISTRIBUTED:c1:joint_return": 10_000, "L:PAYABLE_CP:c1": -10_000}]


def test_disbursement_issued_and_returned(desk):
    desk.pay(10_000, "2022-01-10")
    desk.send(10_000, "2022-01-12")
    desk.send(10_000, "2022-01-12", status=Status.RETURNED, status_on="2022-01-20")
    assert posted(desk, "disbursement_issued") == [{"L:PAYABLE_CP:c1": 10_000, "A:SDU_CASH": -10_000}]
    assert posted(desk, "disbursement_returned") == [{"A:SDU_CASH": 10_000, "L:PAYABLE_CP:c1": -10_000}]


@pytest.mark.parametrize("statuses, cash, payable, uncashed", [
    ([], 0, 0, 0),
    ([Status.CLEARED], 0, 0, 0),
    ([Status.RETURNED], 10_000, 10_000, 0),
    ([Status.STOP_PAID, Status.REISSUED], 0, 0, 0),
    ([Status.RETURNED, Status.VOIDED], 10_000, 10_000, 0),
    ([Status.VOIDED], 10_000, 10_000, 0),
    ([Status.STALE], 10_000, 0, 10_000),
    ([Status.STALE, Status.CLEARED], 0, 0, 0),
    ([Status.STALE, Status.REISSUED], 0, 0, 0),
    ([Status.STALE, Status.VOIDED], 10_000, 10_000, 0),
    ([Status.REISSUED], 0, 0, 0),
])
def test_where_the_money_of_a_disbursement_is(desk, statuses, cash, payable, uncashed):
    desk.pay(10_000, "2022-01-10")
    for status in (Status.ISSUED, *statuses):
        desk.send(10_000, "2022-01-12", status=status, status_on="2022-01-20")
    assert (desk.balance("A:SDU_CASH"), -desk.balance("L:PAYABLE_CP"), -desk.balance("L:UNDISTRIBUTED:c1:stale")
            ) == (cash, payable, uncashed)


def test_receipt_reversed_before_payout_restores_the_debt_and_takes_the_cash(desk):
    desk.bounce(desk.pay(10_000, "2022-01-10"), "2022-01-20")
    assert posted(desk, "reversal") == [
        {"L:PAYABLE_CP:c1": 10_000, "L:UNDISTRIBUTED:-:new": -10_000},
        {"L:UNDISTRIBUTED:-:new": 10_000, "A:SDU_CASH": -10_000},
        {f"{OWES}:prin": 10_000, f"{OWNED}:prin": -10_000}]
    credited, *_, debt = [e for e in desk.books.entries if e.kind in ("payment_credited", "reversal")]
    assert debt.reverses == credited.cause and debt.effective_on == date(2022, 1, 10), "as if it had never been"


def test_receipt_reversed_after_payout_is_owed_back_by_the_family(desk):
    receipt = desk.pay(10_000, "2022-01-10")
    desk.send(10_000, "2022-01-12")
    desk.bounce(receipt, "2022-01-20")
    assert posted(desk, "overpayment") == [{"A:RECV_CP_OVERPAY:c1": 10_000, "L:PAYABLE_CP:c1": -10_000}]
    assert desk.balance("A:SDU_CASH") == -10_000 and desk.balance("L:PAYABLE_CP") == 0


def test_refund_to_the_payor_in_two_steps():
    desk = Desk()
    desk.obligation(10_000, "2022-01-01", ends_on="2022-01-31")
    desk.release(desk.pay(12_000, "2022-01-10"), 1, "2022-01-31")
    payment = Payment(PayeeType.PAYOR, PAYOR, None, 2_000, Method.CHECK)
    on = day("2022-02-01")
    desk.books.decide(disbursement, "D9", ReportDisbursement(payment, on, Status.ISSUED, on, "digest"))
    assert posted(desk, "hold_released") == [{"L:UNDISTRIBUTED:-:overcollection": 2_000, "L:REFUND_NCP:payor": -2_000}]
    assert posted(desk, "disbursement_issued") == [{"L:REFUND_NCP:payor": 2_000, "A:SDU_CASH": -2_000}]


def test_overpayment_recouped_with_consent(desk):
    receipt = desk.pay(10_000, "2022-01-10")
    desk.send(10_000, "2022-01-12")
    desk.bounce(receipt, "2022-01-20")
    desk.tell(ConsentToRecoupment("letter", day("2022-02-01"), 2_500))
    desk.pay(10_000, "2022-02-10")
    assert posted(desk, "collection_distributed")[-1] == {
        "L:UNDISTRIBUTED:-:new": 10_000, "A:RECV_CP_OVERPAY:c1": -2_500, "L:PAYABLE_CP:c1": -7_500}


def test_aid_started_and_ended_move_debts_between_owners_and_leave_their_sum():
    desk = Desk()
    desk.obligation(10_000, "2009-08-01")
    desk.charge("2009-08-01")
    desk.tell(StartAid(Program.CASH_AID, day("2009-09-01"), 1))
    temporarily = "A:RECV_NCP:c1:CHILD:TEMPORARILY_ASSIGNED:prin"
    assert posted(desk, "aid_started") == [{
        f"{OWES}:prin": -10_000, f"{OWNED}:prin": 10_000, temporarily: 10_000,
        "L:OWED_TO:GOV:c1:CHILD:TEMPORARILY_ASSIGNED:prin": -10_000}]
    desk.tell(EndAid(day("2009-10-01")))
    assert desk.balance("L:OWED_TO:GOV") == 0 and desk.owed() == 10_000


def test_a_direct_payment_moves_debt_and_no_cash(desk):
    desk.charge("2022-01-01")
    desk.tell(CreditDirectPayment("K1", day("2022-01-20"), 4_000))
    assert posted(desk, "direct_payment_credited") == [{f"{OWNED}:prin": 4_000, f"{OWES}:prin": -4_000}]


def test_what_is_paid_ahead_is_a_credit_until_a_charge_takes_it(desk):
    desk.pay(15_000, "2022-01-10")
    assert desk.balance("A:RECV_NCP:c1:ADVANCE:CP:prin") == -5_000
    desk.charge("2022-02-01")
    assert posted(desk, "advance_applied") == [{
        f"{OWES}:prin": -5_000, f"{OWNED}:prin": 5_000, "A:RECV_NCP:c1:ADVANCE:CP:prin": 5_000,
        "L:OWED_TO:CP:c1:ADVANCE:CP:prin": -5_000}]


def test_an_entry_that_does_not_balance_cannot_be_made():
    lines = (move(500, SDU_CASH.key(), "L:UNIDENTIFIED")[0], move(499, SDU_CASH.key(), "L:UNIDENTIFIED")[1])
    for wrong in (lines, ()):
        with pytest.raises(Unbalanced):
            JournalEntry("collection_received", date(2022, 1, 1), wrong, Cause("receipt-1", 1))


def test_moves_that_cancel_out_leave_no_line():
    assert moves([(500, "A:x", "L:y"), (500, "L:y", "A:x")]) == ()


def test_accounts_are_kept_by_the_parts_the_chart_says():
    assert RECV_NCP.key("c1", "CHILD", "NEVER_ASSIGNED", "prin") == f"{OWES}:prin"
    for values in ((), ("c1",), ("c1", "", "b", "prin"), ("c1", "CHILD", "b", "prin", "x")):
        with pytest.raises(ValueError, match="kept by"):
            RECV_NCP.key(*values)
