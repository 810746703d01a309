"""What the view says after facts: rows per viewer, from allow-lists."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from gateway.view import reading, tables
from gateway.view.folding import UnknownSubject
from gateway.view.paging import Cursor
from gateway.view.payment_rows import Made, Sent

from ..facts import Facts

PAYOR, PAYEE = "1000000001", "1000000002"


def made(engine: Engine, viewer: str = PAYOR) -> list[Made]:
    with engine.connect() as conn:
        return [row for row in reading.payments(conn, viewer, "made").rows if isinstance(row, Made)]


def sent(engine: Engine, viewer: str = PAYEE) -> list[Sent]:
    with engine.connect() as conn:
        return [row for row in reading.payments(conn, viewer, "sent").rows if isinstance(row, Sent)]


def test_a_payment_is_seen_by_who_made_it_and_nobody_else(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.received("R1", PAYOR, 25_000, "2026-10-30")
    (row,) = made(engine)
    assert (row.on, row.amount_cents, row.status) == (date(2026, 10, 30), 25_000, "received")
    assert not made(engine, PAYEE)
    assert not sent(engine, PAYOR) and not sent(engine, PAYEE)


def test_what_became_of_a_payment(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR)
    facts.held("R1", PAYOR)
    (row,) = made(engine)
    assert (row.status, [wait.what for wait in row.waiting]) == ("held", ["no_case"])
    facts.released("R1", PAYOR, None, 25_000, "no_case")
    facts.applied("R1", PAYOR, "C1")
    (row,) = made(engine)
    assert (row.status, row.waiting, [p.case_id for p in row.parts]) == ("applied", (), ["C1"])
    facts.reversed("R1", PAYOR, "2026-11-02", "NSF")
    (row,) = made(engine)
    assert (row.status, row.reversed_on, row.reversal_reason) == ("reversed", date(2026, 11, 2), "NSF")
    assert row.parts, "what it had been applied to stays part of the story"


def test_a_payment_nobody_could_place_is_its_payors_once_it_is_known(engine: Engine, facts: Facts) -> None:
    facts.received("R1", None)
    facts.held("R1", None, "unidentified")
    assert not made(engine)
    facts.identified("R1", PAYOR)
    facts.released("R1", PAYOR, None, 25_000, "unidentified")
    facts.applied("R1", PAYOR, "C1")
    (row,) = made(engine)
    assert row.status == "applied"
    assert [step.code for step in row.steps] == ["received", "held.unidentified", "identified", "paid"]


def test_that_a_tax_refund_was_a_federal_one_is_not_in_the_view(engine: Engine, facts: Facts) -> None:
    facts.received("R1", PAYOR, source="FEDERAL_TAX")
    facts.received("R2", PAYOR, source="STATE_TAX")
    assert {row.source for row in made(engine)} == {"TAX_REFUND"}


def test_a_payment_sent_and_what_became_of_it(engine: Engine, facts: Facts) -> None:
    facts.issued("D1", PAYEE, "C1", 24_000)
    facts.status("D1", PAYEE, "cleared", "2026-11-02")
    (row,) = sent(engine)
    assert (row.amount_cents, row.status, row.status_on) == (24_000, "cleared", date(2026, 11, 2))


def test_a_change_of_something_unheard_of_is_not_passed_over(facts: Facts) -> None:
    with pytest.raises(UnknownSubject, match="disbursement_status_changed"):
        facts.status("D1", PAYEE, "cleared")


def test_a_case_has_a_row_for_each_party_with_the_partys_own_role(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE], "FL-123")
    with engine.connect() as conn:
        rows = conn.execute(select(tables.cases.c.viewer_id, tables.cases.c.role)).all()
        labels = reading.case_labels(conn, PAYEE)
    assert sorted(map(tuple, rows)) == [(PAYOR, "payor"), (PAYEE, "payee")]
    assert labels == {"C1": "FL-123"}


def test_who_leaves_a_case_sees_it_no_more(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.case("C1", [PAYOR], ["1000000003"], name="case_changed")
    with engine.connect() as conn:
        assert reading.case_labels(conn, PAYEE) == {}
        assert reading.case_labels(conn, "1000000003") == {"C1": "C1"}


def test_the_view_is_as_fresh_as_the_last_fact_of_a_publisher(engine: Engine, facts: Facts) -> None:
    with engine.connect() as conn:
        assert reading.as_of(conn, "payments") is None
    last = facts.received("R1", PAYOR)
    facts.participant(PAYOR)
    with engine.connect() as conn:
        assert reading.as_of(conn, "payments") == last.time


def test_a_page_has_25_rows_newest_first_and_leads_on_and_back(engine: Engine, facts: Facts) -> None:
    for number in range(60):
        # two a day, so that the day alone does not say where a page ends
        facts.received(f"R{number:02}", PAYOR, on=f"2026-09-{1 + number // 2:02}")
    everything = [f"R{number:02}" for number in reversed(range(60))]
    with engine.connect() as conn:
        first = reading.payments(conn, PAYOR, "made")
        second = reading.payments(conn, PAYOR, "made", first.older)
        third = reading.payments(conn, PAYOR, "made", second.older)
        back = reading.payments(conn, PAYOR, "made", third.newer)
    pages = [[row.reference for row in page.rows] for page in (first, second, third)]
    assert pages == [everything[:25], everything[25:50], everything[50:]]
    assert [row.reference for row in back.rows] == pages[1] and back.newer and back.older
    assert first.newer is None and third.older is None


def test_a_payment_that_arrives_meanwhile_moves_no_page(engine: Engine, facts: Facts) -> None:
    for number in range(30):
        facts.received(f"R{number:02}", PAYOR, on="2026-09-01")
    with engine.connect() as conn:
        first = reading.payments(conn, PAYOR, "made")
    facts.received("R99", PAYOR, on="2026-11-01")
    with engine.connect() as conn:
        assert len(reading.payments(conn, PAYOR, "made", first.older).rows) == 5


@pytest.mark.parametrize("text", ["", "x", "%00", "MjAyNi0xMS0wMQ", "4pyT", "MjAyNi0xMy0wMXxS"])
def test_a_cursor_made_up_by_somebody_is_no_cursor(text: str) -> None:
    cursor = Cursor.decode(text, "after")
    assert cursor is None or cursor.reference == ""


def test_a_cursor_survives_its_address() -> None:
    cursor = Cursor(date(2026, 11, 3), "SDU:R|1")
    assert Cursor.decode(cursor.encode(), "after") == cursor
