"""What a payor learns of a payment: what it paid and what waits; nothing of assistance, nor of where the money goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select

from gateway.view import reading, tables
from gateway.view.payment_rows import Made, Paid, Piece

from ..facts import Facts, share

PAYOR = "1000000001"
MONTH, COMING = "2026-10-01", "2026-11-01"


def made(engine: Engine) -> Made:
    with engine.connect() as conn:
        (row,) = reading.payments(conn, PAYOR, "made").rows
    assert isinstance(row, Made)
    return row


def row_of(engine: Engine, receipt_id: str) -> dict[str, Any]:
    """As it is stored, less its own number and version."""
    with engine.connect() as conn:
        row = conn.execute(select(tables.payments_made).where(tables.payments_made.c.receipt_id == receipt_id)).one()
    return {name: value for name, value in row._mapping.items() if name not in ("receipt_id", "version")}


def test_what_a_payment_paid_in_the_order_of_a_statement(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR, 100_000)
    facts.distributed("R1", PAYOR, share("C1", 5_000, "INTEREST", due=None), share("C1", 40_000),
                      share("C1", 55_000, "ARREARS", due="2026-03-01"))
    row = made(engine)
    assert row.parts == (Paid("C1", "CURRENT", "CHILD", date(2026, 10, 1), 40_000),
                         Paid("C1", "ARREARS", "CHILD", date(2026, 3, 1), 55_000),
                         Paid("C1", "INTEREST", "CHILD", None, 5_000))
    assert [step.code for step in row.steps] == ["received", "paid", "order.principal_first"]
    assert row.steps[1].parts == row.parts


def test_the_order_is_not_explained_where_nothing_is_past_due(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR)
    facts.applied("R1", PAYOR, "C1")
    assert [step.code for step in made(engine).steps] == ["received", "paid"]


def test_a_payment_for_two_cases_was_divided(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR)
    facts.distributed("R1", PAYOR, share("C2", 10_000), share("C1", 15_000), rules=("allocation.pro_rata",))
    row = made(engine)
    assert [step.code for step in row.steps] == ["received", "divided", "paid"]
    assert row.by_case == {"C1": 15_000, "C2": 10_000}


def test_what_is_paid_too_much_waits_and_goes_back(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR)
    over = share("-", 5_000, "NOTHING", "HELD", kind=None, due=None, hold="overcollection", until="2026-11-23")
    facts.distributed("R1", PAYOR, share("C1", 20_000), over)
    row = made(engine)
    assert (row.status, row.waiting) == ("applied", (Piece("overcollection", 5_000, date(2026, 11, 23)),))
    facts.released("R1", PAYOR, None, 5_000, "overcollection", "REFUND", "2026-11-20")
    row = made(engine)
    assert row.waiting == () and row.by_case == {"C1": 20_000}
    assert (row.steps[-1].code, row.steps[-1].on, row.steps[-1].amount_cents) == ("refunded", date(2026, 11, 20), 5_000)


def test_a_payment_that_went_back_as_a_whole_is_refunded(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR)
    facts.distributed("R1", PAYOR, share("-", 25_000, "NOTHING", "HELD", kind=None, due=None, hold="overcollection"))
    assert made(engine).status == "held"
    facts.released("R1", PAYOR, None, 25_000, "overcollection", "REFUND")
    assert made(engine).status == "refunded"


def test_a_payment_that_was_distributed_wrongly_is_distributed_anew(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR)
    facts.applied("R1", PAYOR, "C1")
    facts.undone("R1", PAYOR)
    assert (made(engine).status, made(engine).parts) == ("received", ())
    facts.applied("R1", PAYOR, "C2")
    row = made(engine)
    assert (row.status, list(row.by_case)) == ("applied", ["C2"])
    assert [step.code for step in row.steps] == ["received", "paid", "undone", "paid"]


@pytest.mark.parametrize(("reason", "told"), [("NSF", "NSF"), ("MISAPPLIED", "MISAPPLIED"),
                                              ("OFFSET_RETURNED", "OTHER")])
def test_why_a_payment_was_taken_back_as_far_as_it_may_be_told(engine: Engine, facts: Facts, reason: str,
                                                               told: str) -> None:
    facts.received("R1", PAYOR, source="FEDERAL_TAX")
    facts.reversed("R1", PAYOR, reason=reason)
    assert (made(engine).status, made(engine).reversal_reason) == ("reversed", told)
    assert made(engine).steps[-1].code == f"reversed.{told.lower()}"


Tell = Callable[[Facts, str], None]


def never_aided(facts: Facts, receipt: str) -> None:
    facts.distributed(receipt, PAYOR, share("C1", 15_000), share("C1", 6_000, "ARREARS", due="2026-03-01"),
                      share("C1", 4_000, "FUTURE", kind=None, due=None, rule="future.family"))


def aided(facts: Facts, receipt: str) -> None:
    facts.distributed(
        receipt, PAYOR, share("C1", 6_000, "ARREARS", "GOVERNMENT", due="2026-03-01", rule="owner.assigned"),
        share("C1", 10_000, to="PASS_THROUGH", rule="pass_through.100_200"),
        share("C1", 5_000, to="GOVERNMENT", rule="owner.assigned"),
        share("C1", 4_000, "FUTURE", "HELD", kind=None, due=None, rule="future.held", hold="futures", until=COMING),
        rules=("arrears.assigned_first", "order.principal_first"))
    facts.released(receipt, PAYOR, "C1", 4_000, "futures", on=COMING)
    facts.distributed(receipt, PAYOR, share("C1", 4_000, to="GOVERNMENT", due=COMING, rule="owner.assigned"),
                      month=COMING)


def held_for_the_family(hold: str) -> Tell:
    def tell(facts: Facts, receipt: str) -> None:
        facts.distributed(
            receipt, PAYOR, share("C1", 15_000, to="HELD", hold=hold),
            share("C1", 6_000, "ARREARS", "HELD", due="2026-03-01", hold=hold),
            share("C1", 4_000, "FUTURE", "HELD", kind=None, due=None, rule="future.family", hold=hold))
        facts.released(receipt, PAYOR, "C1", 15_000, hold, "FAMILY")
        facts.released(receipt, PAYOR, "C1", 6_000, hold, "PASS_THROUGH")
    return tell


def with_the_fee_and_recouped(facts: Facts, receipt: str) -> None:
    facts.distributed(receipt, PAYOR, share("C1", 3_500, to="FEE", rule="fee.35"),
                      share("C1", 2_000, to="RECOUPED", rule="recoupment.consent"), share("C1", 9_500),
                      share("C1", 6_000, "ARREARS", due="2026-03-01", rule="pool.exhausted"),
                      share("C1", 4_000, "FUTURE", kind=None, due=None, rule="future.family"))


@pytest.mark.parametrize("tell", [aided, held_for_the_family("may_be_adjusted"), held_for_the_family("dispute"),
                                  held_for_the_family("payee_unknown"), with_the_fee_and_recouped])
def test_the_payors_row_is_the_same_wherever_the_money_goes(engine: Engine, facts: Facts, tell: Tell) -> None:
    for receipt, distribute in (("R1", never_aided), ("R2", tell)):
        facts.received(receipt, PAYOR)
        distribute(facts, receipt)
    assert row_of(engine, "R1") == row_of(engine, "R2")


def test_what_was_paid_ahead_for_a_month_in_which_nothing_is_owed_goes_back(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR)
    facts.distributed("R1", PAYOR, share("C1", 21_000),
                      share("C1", 4_000, "FUTURE", "HELD", kind=None, due=None, hold="futures", until=COMING))
    facts.released("R1", PAYOR, "C1", 4_000, "futures", on=COMING)
    facts.distributed("R1", PAYOR, month=COMING, *[  # noqa: B026
        share("C1", 1_000, due=COMING), share("-", 3_000, "NOTHING", "HELD", kind=None, hold="overcollection")])
    row = made(engine)
    assert [(part.debt, part.amount_cents) for part in row.parts] == [("CURRENT", 21_000), ("FUTURE", 1_000)]
    assert [(wait.what, wait.amount_cents) for wait in row.waiting] == [("overcollection", 3_000)]


WORDS = ("assign", "pass_through", "government", "kept", "fee", "recoup", "pool", "aid", "futures", "held.dispute",
         "adjusted", "payee", "joint", "tax_offset", "federal", "offset", "former", "owner")


@pytest.mark.parametrize("tell", [aided, held_for_the_family("may_be_adjusted"), with_the_fee_and_recouped])
def test_no_word_of_the_familys_affairs_is_in_the_row(engine: Engine, facts: Facts, tell: Tell) -> None:
    facts.received("R1", PAYOR, source="FEDERAL_TAX")
    tell(facts, "R1")
    stored = str(row_of(engine, "R1")).lower().replace("'paid'", "").replace('"paid"', "")
    assert not [word for word in WORDS if word in stored.replace("paid", "")]
