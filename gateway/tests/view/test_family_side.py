"""What a family learns of a payment for its case: how much, and where it went; nothing of the payor's affairs."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from gateway.view import reading, tables
from gateway.view.payment_rows import Piece, Received

from ..facts import Facts, share

PAYOR, PAYEE, OTHER = "1000000001", "1000000002", "1000000003"
COMING = "2026-11-01"


def received(engine: Engine, viewer: str = PAYEE) -> list[Received]:
    with engine.connect() as conn:
        return [row for row in reading.payments(conn, viewer, "received").rows if isinstance(row, Received)]


def came(facts: Facts, *shares: dict[str, Any]) -> None:
    """A payment, distributed at once."""
    facts.received("R1", PAYOR)
    facts.distributed("R1", PAYOR, *shares)


def codes(row: Received) -> list[str]:
    return [step.code for step in row.steps]


def test_where_a_payment_went(engine: Engine, facts: Facts) -> None:
    """$500.00 received for your case: $400.00 to you, $100.00 on hold, may be subject to adjustment."""
    facts.case("C1", [PAYOR], [PAYEE])
    facts.received("R1", PAYOR, 50_000)
    facts.distributed("R1", PAYOR, share("C1", 40_000), share("C1", 10_000, to="HELD", hold="may_be_adjusted"))
    (row,) = received(engine)
    assert (row.on, row.amount_cents) == (date(2026, 10, 30), 50_000)
    assert row.went == (Piece("to.family", 40_000), Piece("held.may_be_adjusted", 10_000))
    assert codes(row) == ["received", "to.family", "held.may_be_adjusted"]


def test_held_money_that_goes_on_to_the_family(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    came(facts, share("C1", 30_000, to="HELD", hold="dispute"),
         share("C1", 20_000, "ARREARS", "HELD", hold="dispute"))
    facts.released("R1", PAYOR, "C1", 30_000, "dispute", "FAMILY")
    facts.released("R1", PAYOR, "C1", 20_000, "dispute", "PASS_THROUGH")
    (row,) = received(engine)
    assert row.went == (Piece("to.family", 30_000), Piece("to.pass_through", 20_000))
    assert codes(row) == ["received", "held.dispute", "released.family", "released.pass_through"]


def test_money_for_a_coming_month_waits_until_it_comes(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    came(facts, share("C1", 10_000, to="PASS_THROUGH"), share("C1", 40_000, to="GOVERNMENT"),
         share("C1", 5_000, "FUTURE", "HELD", hold="futures", until=COMING))
    (row,) = received(engine)
    assert row.went[-1] == Piece("held.futures", 5_000, date(2026, 11, 1))
    facts.released("R1", PAYOR, "C1", 5_000, "futures", on=COMING)
    facts.distributed("R1", PAYOR, share("C1", 5_000, to="PASS_THROUGH", due=COMING), month=COMING)
    (row,) = received(engine)
    assert (row.amount_cents, row.went) == (55_000, (Piece("to.pass_through", 15_000), Piece("to.kept", 40_000)))
    assert codes(row) == ["received", "to.pass_through", "to.kept", "held.futures", "released.month",
                          "to.pass_through"]


def test_fee_recoupment_and_money_ahead_are_told(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    came(facts, share("C1", 3_500, to="FEE"), share("C1", 1_500, to="RECOUPED"),
         share("C1", 5_000, "FUTURE"))
    assert {piece.what for piece in received(engine)[0].went} == {"to.fee", "to.recouped", "to.ahead"}


def test_each_case_sees_its_own_part(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.case("C2", [PAYOR], [OTHER])
    came(facts, share("C1", 10_000), share("C2", 15_000))
    assert [row.amount_cents for row in received(engine)] == [10_000]
    assert [row.amount_cents for row in received(engine, OTHER)] == [15_000]
    assert received(engine, PAYOR) == [], "the payor has a list of their own"


def test_a_payment_of_a_case_that_is_heard_of_later(engine: Engine, facts: Facts) -> None:
    came(facts, share("C1", 10_000))
    assert not received(engine)
    facts.case("C1", [PAYOR], [PAYEE])
    assert len(received(engine)) == 1


def test_what_a_payor_owes_beside_support_and_what_nobody_owes_is_not_the_familys(engine: Engine,
                                                                                    facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    came(facts, share("C1", 10_000), share("C1", 900, "ARREARS", "GOVERNMENT", kind="FEE"),
         share("-", 700, "NOTHING", "HELD", kind=None, hold="overcollection"))
    assert [row.amount_cents for row in received(engine)] == [10_000]


def test_a_payment_taken_back_stays_visible_without_a_reason(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.received("R1", PAYOR)
    facts.distributed("R1", PAYOR, share("C1", 25_000))
    facts.reversed("R1", PAYOR, "2026-11-02", "NSF")
    (row,) = received(engine)
    assert (row.amount_cents, row.taken_back_on) == (25_000, date(2026, 11, 2))
    assert "nsf" not in str(row).lower()


def test_a_payment_that_was_another_cases(engine: Engine, facts: Facts) -> None:
    for case, payee in (("C1", PAYEE), ("C2", OTHER)):
        facts.case(case, [PAYOR], [payee])
    came(facts, share("C1", 25_000))
    facts.undone("R1", PAYOR, "2026-11-02")
    facts.distributed("R1", PAYOR, share("C2", 25_000))
    (mine,), (others,) = received(engine), received(engine, OTHER)
    assert (mine.taken_back_on, mine.went, codes(mine)[-1]) == (date(2026, 11, 2), (), "undone")
    assert (others.taken_back_on, others.amount_cents) == (None, 25_000)


def test_pages_of_all_cases_of_a_family_newest_first(engine: Engine, facts: Facts) -> None:
    for case in ("C1", "C2"):
        facts.case(case, [PAYOR], [PAYEE])
    for number in range(60):
        facts.received(f"R{number:02}", PAYOR, 100, on=f"2026-09-{1 + number // 2:02}")
        facts.distributed(f"R{number:02}", PAYOR, share(f"C{1 + number % 3 // 2}", 100 + number))
    with engine.connect() as conn:
        first = reading.payments(conn, PAYEE, "received")
        second = reading.payments(conn, PAYEE, "received", first.older)
        third = reading.payments(conn, PAYEE, "received", second.older)
        back = reading.payments(conn, PAYEE, "received", third.newer)
    rows = [*first.rows, *second.rows, *third.rows]
    assert sorted(row.amount_cents for row in rows) == [100 + number for number in range(60)]
    assert [row.on for row in rows] == sorted((row.on for row in rows), reverse=True)
    assert back.rows == second.rows and third.older is None


def test_no_receipt_no_source_no_method_no_payor(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.received("SDU:CHECK-77", PAYOR, source="FEDERAL_TAX", method="MONEYGRAM")
    facts.distributed("SDU:CHECK-77", PAYOR, share("C1", 25_000, rule="tax_offset.assigned_first"))
    with engine.connect() as conn:
        page = reading.payments(conn, PAYEE, "received")
        (stored,) = conn.execute(tables.family_payments.select()).mappings().all()
    read = str(page)
    for word in ("CHECK-77", "TAX", "MONEYGRAM", PAYOR, "tax_offset"):
        assert word not in read
        assert word == "CHECK-77" or word not in str(stored)
