"""Statements by side: what a payor reads of one, what the family does, who reads it at all, and which word counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from gateway.view import statement_tables
from gateway.view.paging import Cursor
from gateway.view.statements import Statement, listed, statement

from ..facts import Facts

PAYOR, PAYEE, OTHER = "1000000001", "1000000002", "1000000003"
OCTOBER = date(2026, 10, 1)
PAID = (("2026-10-05", "INCOME_WITHHOLDING", 20_000), ("2026-10-09", "STATE_TAX", 7_000), ("2026-10-09", None, -500))
ADJUSTED = (("2026-10-12", "charge_corrected", -1_000), ("2026-10-12", "debt_compromised", -2_000))


def read(engine: Engine, viewer: str, case_id: str = "C1", month: date = OCTOBER) -> Statement | None:
    with engine.connect() as conn:
        return statement(conn, viewer, case_id, month)


def found(engine: Engine, viewer: str, case_id: str = "C1", month: date = OCTOBER) -> Statement:
    one = read(engine, viewer, case_id, month)
    assert one is not None
    return one


def months(engine: Engine, viewer: str) -> list[tuple[str, str, str]]:
    with engine.connect() as conn:
        return [(f"{row.on:%Y-%m}", row.reference, row.role) for row in listed(conn, viewer, limit=99).rows]


def told(facts: Facts, **figures: Any) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.statement("C1", [PAYOR], **{"paid": PAID, "adjusted": ADJUSTED, "interest": 425} | figures)


def test_what_the_payor_reads(engine: Engine, facts: Facts) -> None:
    told(facts)
    one = found(engine, PAYOR)
    assert (one.role, one.since, one.until, one.issued_on) == (
        "payor", OCTOBER, date(2026, 10, 31), date(2026, 11, 2))
    assert [(each.kind, each.amount_cents) for each in one.charges] == [("CHILD", 50_000)]
    assert [(each.on, each.source, each.amount_cents, each.taken_back) for each in one.payments] == [
        (date(2026, 10, 5), "INCOME_WITHHOLDING", 20_000, False), (date(2026, 10, 9), "TAX_REFUND", 7_000, False),
        (date(2026, 10, 9), "UNKNOWN", -500, True)]
    assert [(each.reason, each.kind, each.amount_cents) for each in one.adjustments] == [
        ("corrected", "CHILD", -1_000), ("other", "CHILD", -2_000)]
    assert (one.current_due, one.past_due, one.interest, one.ahead, one.total) == (50_000, 10_500, 425, 0, 60_925)
    assert one.to_pay and one.to_pay.participant_id == PAYOR
    assert (one.to_pay.asked, one.to_pay.to_avoid_interest, one.to_pay.coupon) == (5_000, 60_500, 55_000)
    assert one.to_pay.address == ("PO Box 989067", "West Sacramento 95798-9067")


def test_what_the_family_reads_is_how_much_and_when(engine: Engine, facts: Facts) -> None:
    told(facts)
    one, payors = found(engine, PAYEE), found(engine, PAYOR)
    assert [(each.on, each.amount_cents, each.source) for each in one.payments] == [
        (date(2026, 10, 5), 20_000, None), (date(2026, 10, 9), 7_000, None), (date(2026, 10, 9), -500, None)]
    assert (one.adjusted, one.adjustments, one.to_pay) == (-3_000, (), None)
    for same in ("previous", "charges", "paid", "adjusted", "interest_posted", "current_due", "past_due", "interest",
                 "ahead", "total"):
        assert getattr(one, same) == getattr(payors, same), same


@pytest.mark.parametrize("viewer", [PAYOR, PAYEE])
def test_it_adds_up_for_both(engine: Engine, facts: Facts, viewer: str) -> None:
    told(facts)
    one = found(engine, viewer)
    charged = sum(charge.amount_cents for charge in one.charges)
    assert one.previous + charged - one.paid + one.adjusted + one.interest_posted == one.total
    assert one.current_due + one.past_due + one.interest - one.ahead == one.total


def test_nothing_of_the_payors_own_is_in_a_row_of_the_family(engine: Engine, facts: Facts) -> None:
    facts.case("C1", ["CANARYpayor"], [PAYEE])
    facts.statement("C1", ["CANARYpayor"], paid=(("2026-10-05", "CANARYsource", 100),),
                    adjusted=(("2026-10-12", "CANARYreason", -7),), method="CANARYmethod")
    with engine.connect() as conn:
        (theirs,) = conn.execute(statement_tables.family_statements.select()).mappings().all()
        (own,) = conn.execute(statement_tables.payor_statements.select()).mappings().all()
    assert set(theirs) == {
        "case_id", "month", "number", "issued_on", "since", "until", "previous_cents", "charges",
        "interest_posted_cents", "current_due_cents", "past_due_cents", "interest_cents", "paid_ahead_cents",
        "total_cents", "version", "payments", "adjusted_cents"}
    for word in ("CANARY", "PO Box", "reason", "source", "method", "kind': 'CHILD', 'on", "5000,", "coupon"):
        assert word not in str(dict(theirs)), word
    assert [set(one) for one in theirs["payments"]] == [{"on", "amount_cents"}]
    assert "CANARYpayor" in str(dict(own)) and "CANARYreason" not in str(dict(own)), "a reason is told in words of ours"


def test_no_reason_and_no_part_tells_of_assistance(engine: Engine, facts: Facts) -> None:
    """What is owed for assistance comes in parts of its own, and can be compromised: it looks like any adjustment."""
    facts.case("C1", [PAYOR], [PAYEE])
    facts.statement("C1", [PAYOR], adjusted=(("2026-10-12", "charge_corrected", -3_000),))
    whole = found(engine, PAYOR).adjustments
    facts.statement("C1", [PAYOR], number=2, adjusted=(("2026-10-12", "charge_corrected", -1_000),
                                                       ("2026-10-12", "charge_corrected", -2_000),
                                                       ("2026-10-13", "debt_compromised", -10),
                                                       ("2026-10-13", "aid_recovered", 10)))
    assert found(engine, PAYOR).adjustments == whole


def test_the_last_word_counts(engine: Engine, facts: Facts) -> None:
    told(facts)
    facts.statement("C1", [OTHER], number=2, previous=1_000)
    assert read(engine, PAYOR) is None, "it is another's after all"
    assert found(engine, OTHER).number == 2 and found(engine, PAYEE).previous == 1_000
    facts.statement("C1", [OTHER], "2026-09-01")
    assert months(engine, OTHER) == [("2026-10", "C1", "payor"), ("2026-09", "C1", "payor")]
    assert found(engine, OTHER).number == 2, "another month's replaces nothing"


def test_who_reads_it(engine: Engine, facts: Facts) -> None:
    told(facts)
    assert months(engine, OTHER) == [] and read(engine, OTHER) is None
    facts.case("C1", [PAYOR], [OTHER], name="case_changed")
    assert read(engine, PAYEE) is None and months(engine, PAYEE) == [], "who is paid in it now"
    assert found(engine, OTHER).role == "payee"
    facts.case("C1", [OTHER], [PAYEE], name="case_changed")
    assert read(engine, OTHER) is None, "how another paid is not for who pays now"
    assert found(engine, PAYOR).role == "payor", "who paid keeps what they were told, as they keep their payments"


def test_each_who_pays_has_a_coupon_of_their_own(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR, OTHER], [PAYEE])
    facts.statement("C1", [PAYOR, OTHER, PAYOR])
    for viewer in (PAYOR, OTHER):
        one = found(engine, viewer)
        assert one.to_pay and one.to_pay.participant_id == viewer


def test_who_has_changed_sides_reads_each_month_once_as_it_was_told(engine: Engine, facts: Facts) -> None:
    facts.statement("C1", [PAYOR], "2026-09-01")
    facts.statement("C1", [OTHER], "2026-10-01")
    facts.case("C1", [OTHER], [PAYOR])
    assert months(engine, PAYOR) == [("2026-10", "C1", "payee"), ("2026-09", "C1", "payor")]
    assert found(engine, PAYOR, month=date(2026, 9, 1)).role == "payor"


def test_a_list_in_pages_newest_first(engine: Engine, facts: Facts) -> None:
    for case_id, payor, payee in (("C1", PAYOR, PAYEE), ("C2", OTHER, PAYOR)):
        facts.case(case_id, [payor], [payee])
        for month in range(1, 11):
            facts.statement(case_id, [payor], f"2026-{month:02}-01")
    seen, cursor = [], None
    with engine.connect() as conn:
        for _ in range(3):
            page = listed(conn, PAYOR, cursor, limit=7)
            seen += [(row.on, row.reference) for row in page.rows]
            cursor = page.older
        assert cursor is None and seen == sorted(seen, reverse=True) and len(set(seen)) == 20
        back = listed(conn, PAYOR, Cursor(*seen[7], "before"), limit=7)
    assert [(row.on, row.reference) for row in back.rows] == seen[:7]
