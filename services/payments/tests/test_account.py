"""What a case's account refuses, and what it has heard already; what its events come to is in vectors/."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eventkit.testing.spec import given
from payments.domain.account import commands as ask
from payments.domain.account.account import account
from payments.domain.account.events import (
    AidEnded,
    AidStarted,
    AssistancePaid,
    ChargePosted,
    InterestAccrued,
    InterestPart,
    LiquidationSet,
    ObligationSet,
    PayoutsHeld,
    PayoutsResumed,
    RecoupmentConsented,
)
from payments.domain.words import Bucket, HoldReason, Kind, Program
from payments.rules.interest import BY_STATUTE

JANUARY, FEBRUARY, MARCH = date(2022, 1, 1), date(2022, 2, 1), date(2022, 3, 1)
ORDER = ask.SetObligation("CHILD", "order", Kind.CHILD, JANUARY, 10_000)
ORDERED = ObligationSet("CHILD", "order", Kind.CHILD, JANUARY, 10_000, None, BY_STATUTE)
NEVER = Bucket.NEVER_ASSIGNED


def charged(month: date) -> ChargePosted:
    return ChargePosted("CHILD", Kind.CHILD, month, NEVER, 10_000)


HISTORY = (ORDERED, charged(JANUARY))
AIDED = AidStarted(Program.CASH_AID, FEBRUARY, 1, ())
AID_OVER = AidEnded(MARCH, ())


def test_every_month_is_charged_once():
    given(account, ORDERED).when(ask.PostCharges(FEBRUARY)).then(charged(JANUARY), charged(FEBRUARY)).when(
        ask.PostCharges(FEBRUARY)).then_nothing().when(ask.PostCharges(MARCH)).then(charged(MARCH))


def test_the_interest_of_a_month_is_posted_once():
    posted = InterestAccrued("CHILD", Kind.CHILD, JANUARY, (InterestPart(NEVER, 85),))
    given(account, *HISTORY).when(ask.PostInterest(JANUARY)).then(posted).when(ask.PostInterest(JANUARY)).then_nothing()


def test_two_obligations_have_the_interest_of_each_month_each():
    both = (*HISTORY, replace(ORDERED, obligation_id="SPOUSAL", kind=Kind.SPOUSAL),
            replace(charged(JANUARY), obligation_id="SPOUSAL", kind=Kind.SPOUSAL))
    given(account, *both).when(ask.PostInterest(FEBRUARY)).then(*(
        InterestAccrued(kind.value, kind, month, (InterestPart(NEVER, cents),))
        for kind in (Kind.CHILD, Kind.SPOUSAL) for month, cents in ((JANUARY, 85), (FEBRUARY, 77))))


@pytest.mark.parametrize("command, event", [
    (ORDER, ORDERED),
    (ask.SetLiquidation(JANUARY, 5_000), LiquidationSet(JANUARY, 5_000)),
    (ask.StartAid(Program.CASH_AID, JANUARY, 2), AidStarted(Program.CASH_AID, JANUARY, 2, ())),
    (ask.RecordAssistance(JANUARY, 50_000, "A1"), AssistancePaid(JANUARY, 50_000, "A1")),
    (ask.HoldPayouts(HoldReason.DISPUTE, JANUARY), PayoutsHeld(HoldReason.DISPUTE, JANUARY)),
    (ask.ConsentToRecoupment("letter", JANUARY, 2_500), RecoupmentConsented("letter", JANUARY, 2_500)),
])
def test_what_is_said_twice_is_said_once(command, event):
    given(account).when(command).then(event).when(command).then_nothing()


def test_the_end_of_aid_and_of_a_hold_are_said_once_too():
    given(account, AIDED).when(ask.EndAid(MARCH)).then(AID_OVER).when(ask.EndAid(MARCH)).then_nothing()
    held = PayoutsHeld(HoldReason.DISPUTE, JANUARY)
    resume = ask.ResumePayouts(HoldReason.DISPUTE, MARCH)
    given(account, held).when(resume).then(PayoutsResumed(HoldReason.DISPUTE, MARCH)).when(resume).then_nothing()


@pytest.mark.parametrize("history, command, code", [
    ((), replace(ORDER, monthly_cents=-1), "negative"),
    ((), replace(ORDER, ends_on=date(2021, 12, 31)), "ends_before_it_begins"),
    ((ORDERED,), replace(ORDER, kind=Kind.MEDICAL), "other_kind"),
    ((), ask.SetLiquidation(JANUARY, -1), "negative"),
    ((), ask.BringCharge("JUDGMENT", Kind.JUDGMENT, JANUARY, 0), "not_positive"),
    (HISTORY, ask.BringCharge("CHILD", Kind.CHILD, JANUARY, 5_000), "duplicate_id"),
    (HISTORY, ask.BringCharge("CHILD", Kind.JUDGMENT, MARCH, 5_000), "other_kind"),
    (HISTORY, ask.CorrectCharge("K1", "CHILD", JANUARY, -1), "negative"),
    (HISTORY, ask.CorrectCharge("K1", "CHILD", FEBRUARY, 5_000), "unknown_installment"),
    ((AIDED,), ask.StartAid(Program.FOSTER_CARE, MARCH, 1), "aid_running"),
    ((AIDED, AID_OVER), ask.StartAid(Program.CASH_AID, FEBRUARY, 2), "aid_before_last"),
    ((), ask.StartAid(Program.CASH_AID, JANUARY, 0), "no_children"),
    ((), ask.EndAid(MARCH), "no_aid"),
    ((AIDED,), ask.EndAid(FEBRUARY), "aid_before_last"),
    ((AssistancePaid(JANUARY, 1, "A1"),), ask.RecordAssistance(JANUARY, 2, "A1"), "duplicate_id"),
    ((), ask.RecordAssistance(JANUARY, 0, "A1"), "not_positive"),
    (HISTORY, ask.CreditDirectPayment("K1", FEBRUARY, 10_001), "exceeds_debt"),
    (HISTORY, ask.CreditDirectPayment("K1", FEBRUARY, 0), "not_positive"),
    (HISTORY, ask.CompromiseDebt("K1", FEBRUARY, 1), "exceeds_debt"),
    ((), ask.HoldPayouts(HoldReason.JOINT_RETURN, JANUARY), "not_a_payout_hold"),
    ((), ask.ConsentToRecoupment("letter", JANUARY, 10_001), "share_out_of_range"),
    ((), ask.ConsentToRecoupment("  ", JANUARY, 2_500), "no_document"),
])
def test_what_cannot_be_is_refused(history, command, code):
    given(account, *history).when(command).then_rejected(code)
