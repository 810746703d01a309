"""The monthly statement (domain.md §3.9): it adds up, and what it shows is what the month brought."""

import json
from datetime import UTC, date, datetime

import pytest

from eventkit.decider import Rejected
from payments.answers.moment import Moment
from payments.answers.schemas import Statement
from payments.answers.statement import statement
from payments.runs.charges import Charges
from payments.runs.interest import Interest
from payments.runs.releases import Releases
from payments.runs.workers import carry_out

PAYOR = "1000000001"


@pytest.fixture
def of_month(app):
    """of_month("2026-03", ...): the statement of case 2001; it must go through its schema unchanged."""

    def ask(month, case="2001", recorded_at=None):
        with app.engine.connect() as conn:
            told = statement(conn, case, date.fromisoformat(f"{month}-01"), Moment(None, recorded_at))
        assert Statement().dump(told) == json.loads(json.dumps(told))
        return told

    return ask


@pytest.fixture
def spring(owing, take, line, app):
    """Three months charged, one payment in March, one taken back, interest through February."""
    carry_out(app, Charges(date(2026, 3, 1)))
    take("liquidations", "COURT,L1,2001,25.00,2026-01-01")
    take("collections", line(1, amount="130.00"), line(2, amount="20.00", on=date(2026, 3, 9)))
    take("reversals", "SDU,2,2026-03-20,NSF")
    take("corrections", "LCSA,1,2001,direct_payment,40.00,2026-03-10")
    carry_out(app, Interest(date(2026, 3, 1)))


def test_what_the_month_brought(spring, of_month):
    told = of_month("2026-03")
    assert (told["case_id"], told["participant_ids"]) == ("2001", [PAYOR])
    assert told["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert told["charges"] == [{"kind": "CHILD", "amount_cents": 100_00}]
    withheld = {"source": "INCOME_WITHHOLDING", "method": "EFT"}
    assert told["payments"] == [
        {"received_on": "2026-03-02", **withheld, "amount_cents": 130_00, "reversed": False},
        {"received_on": "2026-03-09", **withheld, "amount_cents": 20_00, "reversed": False},
        {"received_on": "2026-03-09", **withheld, "amount_cents": -20_00, "reversed": True}]
    assert told["adjustments"] == [{"on": "2026-03-10", "reason": "direct_payment_credited", "kind": "CHILD",
                                    "amount_cents": -40_00}]
    assert told["interest_posted_cents"] > 0


def test_support_arrears_and_interest_are_three_figures__CCP_695_211(spring, of_month):
    told = of_month("2026-03")
    assert (told["current_due_cents"], told["past_due_cents"]) == (0, 200_00 - 30_00 - 40_00)
    assert told["total_cents"] == 130_00 + told["interest_cents"]
    assert told["to_avoid_interest_cents"] == 130_00
    assert (told["liquidation_cents"], told["coupon"]["amount_cents"]) == (25_00, 0), "paid with 70.00 on arrears"
    assert told["coupon"]["participant_id"] == PAYOR


@pytest.mark.parametrize("month", ["2026-01", "2026-02", "2026-03", "2026-04"])
def test_it_adds_up_and_follows_from_the_one_before(month, spring, of_month):
    told = of_month(month)
    moved = (sum(row["amount_cents"] for row in (*told["charges"], *told["adjustments"]))
             - sum(row["amount_cents"] for row in told["payments"]) + told["interest_posted_cents"])
    assert told["balance"]["total_cents"] == told["previous"]["total_cents"] + moved
    if month > "2026-01":
        assert told["previous"] == of_month(f"2026-0{int(month[-1]) - 1}")["balance"]


def test_as_it_was_known_when_it_was_printed(owing, take, line, app, of_month):
    carry_out(app, Charges(date(2026, 3, 1)))
    printed = datetime.now(UTC)
    take("collections", line())
    assert of_month("2026-03", recorded_at=printed)["payments"] == []
    assert len(of_month("2026-03")["payments"]) == 1


def test_of_a_case_or_month_that_is_not_there(owing, of_month):
    with pytest.raises(Rejected, match="unknown_case"):
        of_month("2026-03", case="2002")
    with pytest.raises(Rejected, match="month_to_come"):
        of_month("2999-01")


def _three_months(take, line, app, of_month, aid):
    """Paid ahead twice, taken back once; statements as they were before and after each run."""
    if aid:
        take("assistance", "LCSA,1,2001,started,2026-01-01,CASH_AID,2")
    found = []
    take("collections", line(1, amount="150.00", on=date(2026, 1, 10)))
    found.append(of_month("2026-01"))
    carry_out(app, Charges(date(2026, 2, 1)))
    found.append(of_month("2026-02"))  # February is charged, and what waited for it is not distributed yet
    carry_out(app, Releases(date(2026, 2, 1)))
    found.append(of_month("2026-02"))
    take("collections", line(2, amount="130.00", on=date(2026, 2, 9)))
    found.append(of_month("2026-02"))
    carry_out(app, Charges(date(2026, 3, 1)))
    carry_out(app, Releases(date(2026, 3, 1)))
    take("reversals", "SDU,2,2026-03-20,NSF")
    return [*found, *(of_month(month) for month in ("2026-01", "2026-02", "2026-03"))]


def test_a_payors_statement_does_not_tell_whether_the_family_has_assistance(
        owing, take, line, app, of_month, empty, known_again, order_line):
    without = _three_months(take, line, app, of_month, aid=False)
    empty()
    known_again()
    take("orders", *(order_line(case) for case in ("2001", "2003", "2004")))
    assert _three_months(take, line, app, of_month, aid=True) == without
    assert [row["amount_cents"] for row in without[0]["payments"]] == [150_00]
    assert without[0]["paid_ahead_cents"] == 50_00 and without[1]["current_due_cents"] == 50_00
