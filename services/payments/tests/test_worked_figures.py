"""Every worked figure of the domain's money section (domain.md §3), by the source that each test's name ends in."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from payments.domain.account.commands import BringCharge, SetLiquidation, StartAid
from payments.domain.words import Convention, Frequency, Kind, Program, Source
from payments.rules.frequency import monthly_cents
from payments.rules.interest import InterestTerms, accrued
from payments.rules.months import add_months
from payments.rules.pass_through import cap
from payments.testing.desk import Desk, day

MONTHLY = InterestTerms(Convention.MONTHLY_12)
DAILY = InterestTerms()


def open_since(due: str, cents: int):
    return day(due), ((day(due), cents),)


def test_sources_are_the_lines_2a_to_2h_of_the_federal_report__S47():
    assert [source.report_line for source in Source] == ["2a", "2b", "2c", "2d", "2e", "2f", "2g", "2h"]
    assert Source.FEDERAL_TAX.report_line == "2a" and Source.INCOME_WITHHOLDING.report_line == "2e"


def test_an_obligation_is_charged_on_the_first_of_the_month__S54():
    desk = Desk()
    desk.obligation(30_000, "2026-01-15")
    desk.charge("2026-03-01")
    assert [i.due.isoformat() for i in desk.account().installments.values()] == ["2026-02-01", "2026-03-01"]


def test_a_liquidation_order_is_a_schedule_and_no_new_debt__S53():
    desk = Desk()
    desk.tell(SetLiquidation(day("2026-01-01"), 5_000))
    desk.charge("2026-03-01")
    assert desk.owed() == 0 and desk.account().liquidation_on(day("2026-03-01")) == 5_000


@pytest.mark.parametrize("on, paid_month", [("2026-01-31", "2026-01-01"), ("2026-02-01", "2026-02-01")])
def test_a_payment_credits_the_month_it_is_received_in__S11(on, paid_month):
    desk = Desk()
    desk.obligation(30_000, "2026-01-01")
    receipt = desk.pay(30_000, on)
    ((share,),) = [event.shares for event in desk.receipt(receipt).distributions]
    assert share.due == day(paid_month)


# interest, §3.5


def test_500_dollars_open_31_days_bear_4_25__section_3_5():
    assert accrued([open_since("2026-01-01", 50_000)], day("2026-02-01"), DAILY) == 425


def test_1000_dollars_open_a_year_bear_100__S65():
    assert accrued([open_since("2025-01-01", 100_000)], day("2026-01-01"), DAILY) == 10_000


def test_a_month_is_about_0_83_percent__S56():
    assert accrued([open_since("2025-01-01", 100_000)], day("2025-02-01"), MONTHLY) == 833


def test_7_percent_on_what_fell_due_before_1983_and_10_since__S55():
    assert accrued([open_since("1982-12-31", 100_000)], day("1983-12-31"), DAILY) == 7_000
    assert accrued([open_since("1983-01-01", 100_000)], day("1984-01-01"), DAILY) == 10_000


def test_active_duty_is_6_percent_by_the_order__S57():
    terms = InterestTerms(rate_bp=600)
    assert accrued([open_since("2025-01-01", 100_000)], day("2026-01-01"), terms) == 6_000


UNPAID = [(due, ((due, 20_000),)) for due in (add_months(date(2010, 1, 1), n) for n in range(84))]
AS_OF = date(2017, 1, 1)


def test_200_a_month_for_84_months_is_16800_principal__section_3_5():
    assert sum(cents for _, ((_, cents),) in UNPAID) == 1_680_000 and UNPAID[-1][0] == date(2016, 12, 1)


def test_200_a_month_for_84_months_bears_5950_00_by_months__section_3_5():
    assert accrued(UNPAID, AS_OF, MONTHLY) == 595_000


def test_200_a_month_for_84_months_bears_5959_12_by_days_rounded_once__section_3_5():
    exact = sum(Fraction(20_000 * (AS_OF - due).days, 3_650) for due, _ in UNPAID)
    assert round(exact) == 595_912
    assert accrued(UNPAID, AS_OF, DAILY) == 595_912


def test_rounding_each_installment_first_would_be_5959_11_and_is_not_what_we_do__section_3_5():
    assert sum(accrued([one], AS_OF, DAILY) for one in UNPAID) == 595_911


@pytest.mark.parametrize("terms, cents", [(DAILY, 595_912), (MONTHLY, 595_000)])
def test_the_ledger_posts_the_same_month_by_month__section_3_5(terms, cents):
    desk = Desk()
    desk.obligation(20_000, "2010-01-01", ends_on="2016-12-31", interest=terms)
    desk.charge("2016-12-01")
    for year in range(2010, 2017):
        for month in (3, 6, 9, 12):
            desk.interest(f"{year}-{month:02}-01")
    assert (desk.balance("A:RECV_NCP:c1:CHILD:NEVER_ASSIGNED:prin"),
            desk.balance("A:RECV_NCP:c1:CHILD:NEVER_ASSIGNED:int")) == (1_680_000, cents)
    posted = [event.month for event in desk.books.streams["account-c1"] if type(event).__name__ == "InterestAccrued"]
    assert len(posted) == len(set(posted)) == 84, "one posting for an obligation and month"


def test_paid_inside_the_due_month_bears_none__S11():
    paid = (day("2026-01-01"), ((day("2026-01-01"), 50_000), (day("2026-01-31"), -50_000)))
    assert accrued([paid], day("2026-06-01"), DAILY) == 0


@pytest.mark.parametrize("on, paid", [
    ("2008-12-31", {"CURRENT": 10_000, "INTEREST": 5_000}),
    ("2009-01-01", {"CURRENT": 10_000, "ARREARS": 5_000}),
])
def test_interest_before_principal_until_2009_and_after_it_since__S60_S61(on, paid):
    desk = Desk()
    desk.obligation(10_000, on[:8] + "01")
    desk.tell(BringCharge("JUDGMENT", Kind.JUDGMENT, day("2008-01-01"), 100_000))
    desk.tell(BringCharge("JUDGMENT", Kind.JUDGMENT, day("2008-01-01"), 5_000, is_interest=True))
    assert desk.paid(desk.pay(15_000, on)) == paid


# across cases, §3.6 no. 1


def napa(cents: int) -> dict[str, int]:
    """Cases (current 300, arrears 0), (300, 600) and (0, 50,000)."""
    desk = Desk(("c1", "c2", "c3"))
    desk.obligation(30_000, "2022-03-01", case="c1")
    desk.obligation(30_000, "2022-01-01", case="c2")
    desk.tell(BringCharge("JUDGMENT", Kind.JUDGMENT, day("2015-01-01"), 5_000_000), "c3")
    return desk.by_case(desk.pay(cents, "2022-03-10"))


def test_napa_example_100_over_three_cases_is_50_50_0__S66():
    assert napa(10_000) == {"c1": 5_000, "c2": 5_000}


def test_1000_over_the_same_cases_is_300_and_304_74_and_395_26__S66_extended():
    assert napa(100_000) == {"c1": 30_000, "c2": 30_474, "c3": 39_526}


def test_current_child_then_spousal_then_child_arrears_then_spousal_arrears__S67():
    desk = Desk()
    desk.obligation(10_000, "2022-01-01")
    desk.obligation(10_000, "2022-01-01", kind=Kind.SPOUSAL)
    receipt = desk.pay(40_000, "2022-02-10")
    shares = desk.receipt(receipt).distributions[0].shares
    assert [(share.kind, share.due) for share in shares] == [
        (Kind.CHILD, date(2022, 2, 1)), (Kind.SPOUSAL, date(2022, 2, 1)),
        (Kind.CHILD, date(2022, 1, 1)), (Kind.SPOUSAL, date(2022, 1, 1))]


def test_current_support_is_child_then_medical_then_spousal__S62():
    desk = Desk()
    for kind in (Kind.SPOUSAL, Kind.MEDICAL, Kind.CHILD):
        desk.obligation(10_000, "2022-01-01", kind=kind)
    shares = desk.receipt(desk.pay(30_000, "2022-01-10")).distributions[0].shares
    assert [share.kind for share in shares] == [Kind.CHILD, Kind.MEDICAL, Kind.SPOUSAL]


def test_nothing_to_future_months_until_all_past_months_are_paid__S68():
    desk = Desk()
    desk.obligation(10_000, "2022-01-01")
    assert desk.paid(desk.pay(25_000, "2022-03-10")) == {"CURRENT": 10_000, "ARREARS": 15_000}
    assert desk.paid(desk.pay(10_000, "2022-03-11")) == {"ARREARS": 5_000, "FUTURE": 5_000}


# to whom, the table of §3.6 no. 3 (its further rows and dates are in vectors/assistance.py)


def test_never_aided_everything_is_the_familys__table_row_1():
    desk = Desk()
    desk.obligation(10_000, "2022-01-01")
    assert desk.to(desk.pay(20_000, "2022-02-10")) == {"FAMILY": 20_000}
    assert desk.to(desk.pay(5_000, "2022-03-10", source=Source.FEDERAL_TAX)) == {"FAMILY": 5_000}


@pytest.mark.parametrize("collected, passed, kept", [(6_000, 6_000, 0), (10_000, 10_000, 0), (15_000, 10_000, 5_000)])
def test_60_collected_is_60_passed_through__S79(collected, passed, kept):
    desk = Desk()
    desk.obligation(30_000, "2022-01-01")
    desk.tell(StartAid(Program.CASH_AID, day("2022-01-01"), 1))
    expected = {"PASS_THROUGH": passed, "GOVERNMENT": kept}
    assert desk.to(desk.pay(collected, "2022-01-10")) == {to: cents for to, cents in expected.items() if cents}


def test_pass_through_is_50_then_100_and_200_since_2022__S76():
    caps = [(on, children, cap(day(on), children)[0]) for on in ("2021-12-31", "2022-01-01") for children in (1, 2, 3)]
    assert [cents for *_, cents in caps] == [5_000, 5_000, 5_000, 10_000, 20_000, 20_000]


def test_an_annual_fee_of_25_above_500__S69():
    desk = Desk()
    desk.obligation(50_001, "2010-01-01")
    assert desk.to(desk.pay(50_000, "2010-01-10")) == {"FAMILY": 50_000}
    assert desk.to(desk.pay(1, "2010-01-11")) == {"FAMILY": 1}, "less than the fee: it waits for the next payment"
    assert desk.to(desk.pay(10_000, "2010-02-11")) == {"FEE": 2_500, "FAMILY": 7_500}


def test_now_35_above_550__S80():
    desk = Desk()
    desk.obligation(60_000, "2022-10-01")
    assert desk.to(desk.pay(60_000, "2022-10-10")) == {"FEE": 3_500, "FAMILY": 56_500}


# held and undistributed, §3.7 and §3.8


def test_collections_less_what_is_distributed_is_what_is_undistributed__S47():
    desk = Desk()
    desk.obligation(30_000, "2022-01-01")
    desk.pay(10_000, "2022-01-05", payor=None)
    desk.pay(20_000, "2022-01-10")
    desk.pay(5_000, "2022-01-11", source=Source.FEDERAL_TAX, joint=True)
    collections = desk.balance("A:SDU_CASH")
    distributed = -sum(desk.balance(name) for name in ("L:PAYABLE", "R:FEES", "L:REFUND"))
    undistributed = -(desk.balance("L:UNIDENTIFIED") + desk.balance("L:UNDISTRIBUTED"))
    assert (collections, distributed, undistributed) == (35_000, 20_000, 15_000)


def test_a_joint_return_is_credited_now_and_held_six_months__S81():
    desk = Desk()
    desk.obligation(50_000, "2026-03-01")
    receipt = desk.pay(50_000, "2026-03-15", source=Source.FEDERAL_TAX, joint=True)
    (hold,) = desk.receipt(receipt).holds
    assert desk.owed() == 0 and (hold.cents, hold.until) == (50_000, date(2026, 9, 15))
    assert hold.reason.shown_as == "may_be_adjusted", "the reason itself is tax information"


def test_an_overcollection_is_refunded_after_15_business_days__S83_22_CCR_119905():
    desk = Desk()
    desk.obligation(10_000, "2026-03-01", ends_on="2026-03-31")
    receipt = desk.pay(12_500, "2026-03-02")  # a Monday
    (hold,) = desk.receipt(receipt).holds
    assert (hold.cents, hold.until) == (2_500, date(2026, 3, 23))
    desk.release(receipt, hold.number, "2026-03-23")
    assert desk.balance("L:REFUND_NCP:payor") == -2_500


def test_an_overpayment_is_never_recouped_without_consent__S84_S85():
    desk = Desk()
    desk.obligation(10_000, "2026-01-01")
    first = desk.pay(10_000, "2026-01-10")
    desk.send(10_000, "2026-01-12")
    desk.bounce(first, "2026-01-20")
    assert desk.to(desk.pay(20_000, "2026-02-10")) == {"FAMILY": 20_000}
    assert desk.balance("A:RECV_CP_OVERPAY:c1") == 10_000


@pytest.mark.parametrize("frequency, cents", [("MONTHLY", 10_000), ("SEMIMONTHLY", 20_000), ("BIWEEKLY", 21_667),
                                              ("WEEKLY", 43_333)])
def test_100_dollars_by_rhythm_come_to_this_a_month__section_3_4(frequency, cents):
    assert monthly_cents(10_000, Frequency(frequency)) == cents
