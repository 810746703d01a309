"""What is owed today: sums of every change, split by the day they are read on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, select

from gateway.view import tables
from gateway.view.balances import Balance, Expected, Owed, balances

from ..facts import Facts, share

PAYOR, PAYEE = "1000000001", "1000000002"
TODAY = date(2026, 11, 3)


def balance(engine: Engine, viewer: str = PAYOR, today: date = TODAY) -> Balance:
    (found,) = all_of(engine, viewer, today)
    return found


def all_of(engine: Engine, viewer: str, today: date = TODAY) -> list[Balance]:
    with engine.connect() as conn:
        return balances(conn, viewer, today)


def test_what_is_due_this_month_is_not_past_due(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE], "FL-1")
    facts.debt("C1", ("principal", "2026-09-01", 50_000), ("principal", "2026-10-01", 50_000),
               ("principal", "2026-11-01", 50_000), ("interest", None, 425))
    facts.debt("C1", ("principal", "2026-09-01", -20_000), reason="payment_credited")
    found = balance(engine)
    assert found.owed == (Owed("CHILD", 50_000, 80_000, 425),)
    assert (found.label, found.role, found.total) == ("FL-1", "payor", 130_425)
    assert balance(engine, PAYEE).owed == found.owed and balance(engine, PAYEE).role == "payee"
    assert balance(engine, today=date(2026, 12, 1)).owed == (Owed("CHILD", 0, 130_000, 425),)


def test_what_is_not_due_yet_is_not_owed(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.debt("C1", ("principal", "2026-12-01", 50_000))
    assert balance(engine).total == 0
    assert balance(engine, today=date(2026, 12, 1)).due_now == 50_000


def test_kinds_in_the_order_they_are_paid_and_a_judgment_is_past_due_at_once(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    for kind in ("FEE", "JUDGMENT", "SPOUSAL", "MEDICAL", "CHILD"):
        facts.debt("C1", ("principal", "2026-11-01", 1_000), kind=kind)
    found = balance(engine)
    assert [owed.kind for owed in found.owed] == ["CHILD", "MEDICAL", "SPOUSAL", "JUDGMENT", "FEE"]
    assert (found.due_now, found.past_due) == (3_000, 2_000)


def test_a_debt_that_is_paid_is_no_row(engine: Engine, facts: Facts) -> None:
    facts.debt("C1", ("principal", "2026-10-01", 50_000), ("principal", "2026-11-01", 50_000))
    facts.debt("C1", ("principal", "2026-10-01", -50_000), reason="payment_credited")
    with engine.connect() as conn:
        assert conn.execute(select(tables.debts.c.due)).scalars().all() == [date(2026, 11, 1)]


def test_money_ahead_looks_the_same_whether_it_waits_for_its_month_or_not(engine: Engine, facts: Facts) -> None:
    """Only that of a family with assistance waits."""
    for case in ("C1", "C2"):
        facts.case(case, [PAYOR], [PAYEE])
        facts.obligation(case, 50_000)
    facts.received("R1", PAYOR, 10_000)
    facts.distributed("R1", PAYOR, share("C1", 10_000, "FUTURE", kind=None, due=None))
    facts.debt("C1", ("advance", None, -10_000), reason="payment_credited")
    facts.received("R2", PAYOR, 10_000)
    facts.distributed("R2", PAYOR, share("C2", 10_000, "FUTURE", "HELD", kind=None, due=None, hold="futures"))
    assert_alike(engine, ahead=10_000, due_now=0)
    for case in ("C1", "C2"):
        facts.debt(case, ("principal", "2026-11-01", 50_000))
    facts.debt("C1", ("principal", "2026-11-01", -10_000), ("advance", None, 10_000), reason="advance_applied")
    assert_alike(engine, ahead=0, due_now=40_000)
    facts.released("R2", PAYOR, "C2", 10_000, "futures", on="2026-11-01")
    facts.distributed("R2", PAYOR, share("C2", 10_000, due="2026-11-01"), month="2026-11-01")
    facts.debt("C2", ("principal", "2026-11-01", -10_000), reason="payment_credited")
    assert_alike(engine, ahead=0, due_now=40_000)


def assert_alike(engine: Engine, ahead: int, due_now: int) -> None:
    for found in all_of(engine, PAYOR):
        assert (found.ahead, found.due_now) == (ahead, due_now), found.case_id


def test_a_payment_ahead_that_is_taken_back_is_ahead_no_more(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.obligation("C1", 50_000)
    for receipt, take_back in (("R1", facts.reversed), ("R2", facts.undone)):
        facts.received(receipt, PAYOR, 10_000)
        facts.distributed(receipt, PAYOR, share("C1", 10_000, "FUTURE", "HELD", kind=None, due=None, hold="futures"))
        assert balance(engine).ahead == 10_000
        take_back(receipt, PAYOR)
        assert balance(engine).ahead == 0


def test_what_is_expected_next(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.obligation("C1", 50_000)
    facts.liquidation("C1", 5_000)
    assert balance(engine).expected == Expected(date(2026, 12, 1), 50_000, 0), "nothing is past due"
    facts.debt("C1", ("principal", "2026-09-01", 8_000))
    assert balance(engine).expected == Expected(date(2026, 12, 1), 50_000, 5_000)
    facts.debt("C1", ("principal", "2026-09-01", -6_000), reason="payment_credited")
    facts.debt("C1", ("advance", None, -20_000), reason="payment_credited")
    assert balance(engine).expected == Expected(date(2026, 12, 1), 30_000, 2_000)


def test_the_terms_in_force_on_the_day_it_is_expected(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.obligation("C1", 50_000, since="2026-01-01")
    facts.obligation("C1", 60_000, since="2026-12-01")
    facts.obligation("C1", 55_000, since="2026-12-01")
    facts.obligation("C1", 99_900, since="2027-01-01")
    facts.obligation("C1", 7_000, since="2026-01-01", ends_on="2026-12-31", kind="MEDICAL")
    found, next_ = balance(engine).expected, balance(engine, today=date(2026, 12, 15)).expected
    assert found == Expected(date(2026, 12, 1), 62_000, 0), "a later filing for the same day takes its place"
    assert next_ == Expected(date(2027, 1, 1), 99_900, 0)


def test_only_the_parties_of_a_case_see_its_balance(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.debt("C1", ("principal", "2026-11-01", 50_000))
    assert all_of(engine, "1000000009") == []
    facts.case("C1", [PAYOR], ["1000000009"], name="case_changed")
    assert all_of(engine, PAYEE) == [] and balance(engine, "1000000009").due_now == 50_000


def test_a_case_nothing_was_ever_owed_on_has_no_balance(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    assert all_of(engine, PAYOR) == []
