"""Whatever happens to a payor's cases, in whatever order and under the rules of whatever year: the books stay right.

`CC_HISTORIES=500` runs so many histories, and longer ones (default 300); a failure prints the history as a program.
"""

from __future__ import annotations

import contextlib
import os
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eventkit.decider import Rejected
from payments.domain.account import commands as ask
from payments.domain.receipt import IdentifyCollection, ReceiveCollection, ReverseCollection
from payments.domain.words import Bucket, HoldReason, Kind, Program, ReversalReason, Source, Status
from payments.rules.months import month_of, previous_month
from payments.testing.desk import PAYOR, Desk

from .history import promises
from .history.choices import BEGINNINGS, CASES, FAMILIES, amounts, back, cases, ids, kinds, terms


class AnyHistory(RuleBasedStateMachine):
    @initialize(on=st.sampled_from(BEGINNINGS))
    def open(self, on):
        self.now = date.fromisoformat(on)
        self.desk = Desk(CASES, self.now, FAMILIES)
        self.entries = 0
        self.receipts, self.sent = [], []
        for case in CASES:
            self.tell(case, ask.SetObligation("CHILD", "order", Kind.CHILD, month_of(self.now), 30_000))

    def tell(self, case, command):
        """Does it, and again: what was heard already changes nothing."""
        try:
            self.desk.tell(command, case)
        except Rejected:
            return
        assert not self.desk.tell(command, case).events, f"twice is once: {command}"

    def ago(self, days):
        return self.now - timedelta(days=days)

    # time

    @rule(days=st.sampled_from([1, 3, 15, 28, 40, 100]))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        self.desk.work.today = self.now

    @rule()
    def the_month_is_run(self):
        for case in CASES:
            self.tell(case, ask.PostCharges(month_of(self.now)))
            self.tell(case, ask.PostInterest(previous_month(self.now)))

    @rule(case=cases)
    def interest_is_run(self, case):
        self.tell(case, ask.PostInterest(previous_month(self.now)))

    # debts

    @rule(case=cases, kind=kinds, cents=amounts, days=back, lasts=st.sampled_from([None, None, 30, 200]), terms=terms)
    def an_order_is_filed(self, case, kind, cents, days, lasts, terms):
        since = self.ago(days)
        ends_on = since + timedelta(days=lasts) if lasts else None
        self.tell(case, ask.SetObligation(kind.value, "order", kind, since, cents, ends_on, terms))

    @rule(case=cases, name=st.sampled_from(["CHILD", "JUDGMENT", "FEE"]), cents=amounts, days=back,
          interest=st.booleans(), bucket=st.sampled_from([None, None, *Bucket]))
    def a_charge_is_brought(self, case, name, cents, days, interest, bucket):
        due = self.ago(days) if name != "CHILD" else month_of(self.ago(days))
        self.once(case, ask.BringCharge(name, Kind(name), due, cents, bucket, interest))

    @rule(case=cases, data=st.data(), cents=st.one_of(st.just(0), amounts), number=ids)
    def a_charge_is_corrected(self, case, data, cents, number):
        found = list(self.desk.account(case).installments.values())
        if found:
            one = data.draw(st.sampled_from(found))
            self.tell(case, ask.CorrectCharge(f"C{number}", one.obligation_id, one.due, cents))

    @rule(case=cases, days=back, cents=amounts, number=ids, forgiven=st.booleans())
    def a_debt_falls_otherwise(self, case, days, cents, number, forgiven):
        make = ask.CompromiseDebt if forgiven else ask.CreditDirectPayment
        self.tell(case, make(f"K{number}" if forgiven else f"D{number}", self.ago(days), cents))

    # assistance and the family

    @rule(case=cases, days=back, program=st.sampled_from([Program.CASH_AID, Program.CASH_AID, Program.FOSTER_CARE]),
          children=st.sampled_from([1, 2]))
    def aid_begins(self, case, days, program, children):
        self.tell(case, ask.StartAid(program, self.ago(days), children))

    @rule(case=cases, days=back)
    def aid_ends(self, case, days):
        self.tell(case, ask.EndAid(self.ago(days)))

    @rule(case=cases, days=back, cents=amounts, number=ids)
    def assistance_is_paid(self, case, days, cents, number):
        self.tell(case, ask.RecordAssistance(month_of(self.ago(days)), cents, f"A{number}"))

    @rule(case=cases, reason=st.sampled_from([HoldReason.DISPUTE, HoldReason.PAYEE_UNKNOWN]), on=st.booleans())
    def payouts_are_held_or_resumed(self, case, reason, on):
        self.tell(case, (ask.HoldPayouts if on else ask.ResumePayouts)(reason, self.now))

    @rule(case=cases, share=st.sampled_from([0, 2_500, 10_000]))
    def the_family_consents(self, case, share):
        self.tell(case, ask.ConsentToRecoupment("letter", self.now, share))

    # money in

    @rule(cents=amounts, days=back, source=st.sampled_from(Source), joint=st.booleans(), known=st.integers(0, 5))
    def money_comes(self, cents, days, source, joint, known):
        receipt_id = f"R{len(self.receipts) + 1}"
        on = self.ago(days)
        command = ReceiveCollection(PAYOR if known else None, None, cents, on, self.now, source, "EFT", receipt_id,
                                    joint and source is Source.FEDERAL_TAX)
        self.twice(lambda: self.desk.work.receive(receipt_id, command))
        self.receipts.append(receipt_id)

    @precondition(lambda self: self.receipts)
    @rule(data=st.data())
    def money_is_identified(self, data):
        receipt_id = data.draw(st.sampled_from(self.receipts))
        self.twice(lambda: self.desk.work.identify(receipt_id, IdentifyCollection(PAYOR, None, self.now)))

    @precondition(lambda self: self.receipts)
    @rule(data=st.data(), reason=st.sampled_from(ReversalReason))
    def money_is_taken_back(self, data, reason):
        receipt_id = data.draw(st.sampled_from(self.receipts))
        self.twice(lambda: self.desk.work.reverse(receipt_id, ReverseCollection(self.now, reason)))

    @precondition(lambda self: self.receipts)
    @rule(data=st.data(), wanted=st.sets(cases, min_size=1))
    def money_is_reallocated(self, data, wanted):
        receipt_id = data.draw(st.sampled_from(self.receipts))
        try:
            self.desk.work.reallocate(receipt_id, sorted(wanted))
        except Rejected:
            return

    @precondition(lambda self: self.receipts)
    @rule(data=st.data())
    def a_hold_ends(self, data):
        holds = [(name, hold.number) for name in self.receipts if not self.desk.receipt(name).reversal
                 for hold in self.desk.receipt(name).holds]
        if holds:
            receipt_id, hold = data.draw(st.sampled_from(holds))
            if self.desk.receipt(receipt_id).payor_id:
                self.twice(lambda: self.desk.work.release(receipt_id, hold))

    # money out

    @rule(case=cases, cents=amounts, status=st.sampled_from(Status), all_of_it=st.booleans())
    def money_is_sent(self, case, cents, status, all_of_it):
        payable = sum(lot.cents for lot in self.desk.account(case).lots)
        sent = (case, payable if all_of_it and payable else cents, self.now, f"D{len(self.sent) + 1}")
        self.sent.append(sent)
        self.report(sent, status)

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), status=st.sampled_from(Status))
    def a_status_is_reported(self, data, status):
        self.report(data.draw(st.sampled_from(self.sent)), status)

    def report(self, sent, status):
        case, cents, on, name = sent
        self.twice(lambda: self.desk.send(cents, on.isoformat(), case=case, disbursement_id=name, status=status,
                                          status_on=self.now.isoformat()))

    def once(self, case, command):
        with contextlib.suppress(Rejected):
            self.desk.tell(command, case)

    def twice(self, happening):
        """As a file that is sent again."""
        try:
            happening()
        except Rejected:
            return
        events = sum(len(found) for found in self.desk.books.streams.values())
        happening()
        assert sum(len(found) for found in self.desk.books.streams.values()) == events, "twice is once"

    @invariant()
    def the_books_are_right(self):
        if not hasattr(self, "desk"):
            return
        balances = self.desk.balances()
        promises.entries_balance(self.desk, self.entries)
        self.entries = len(self.desk.books.entries)
        promises.sides_agree(self.desk, balances)
        promises.nothing_is_overdrawn(balances)
        promises.accounts_agree(self.desk, balances)
        promises.receipts_are_whole(self.desk)
        for case in CASES:
            promises.debts_are_whole(self.desk.account(case))
            promises.interest_is_what_it_would_be(self.desk.account(case))

    def teardown(self):
        if hasattr(self, "desk"):
            promises.replay_is_the_same(self.desk)
            promises.reversals_leave_no_money(self.desk)


HISTORIES = int(os.environ.get("CC_HISTORIES", "300"))
AnyHistory.TestCase.settings = settings(max_examples=HISTORIES, stateful_step_count=40 if HISTORIES <= 300 else 80,
                                        deadline=None, report_multiple_bugs=False)
TestAnyHistory = AnyHistory.TestCase
