"""A rebuild beside the live view ends in the same bytes, and takes its place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import update

from eventkit.public import Envelope
from eventkit.source import PAGE
from eventkit.subscription import Checkpoint, move_checkpoint, read_checkpoint
from gateway.view import reading, tables
from gateway.view.projections import NAME, PROJECTIONS, apply_of, types_of
from gateway.view.rebuild import rebuild

from ..conftest import Database
from ..facts import Facts, share

PAYOR, PAYEE = "1000000001", "1000000002"


class Told:
    """The publishers' outboxes."""

    def __init__(self, told: Sequence[Envelope]) -> None:
        self._told = told

    def events_after(self, publisher: str, position: int, limit: int = PAGE) -> list[Envelope]:
        return [e for e in self._told if e.source == f"/{publisher}" and e.position > position][:limit]

    def last_position(self, publisher: str) -> int:
        return max((e.position for e in self._told if e.source == f"/{publisher}"), default=0)


@pytest.fixture
def lived(database: Database) -> Facts:
    """A live view, made event by event."""
    facts = Facts(database.engine)
    for person in (PAYOR, PAYEE):
        facts.participant(person)
        facts.account(person)
    facts.case("C1", [PAYOR], [PAYEE])
    for person in (PAYOR, PAYEE):
        facts.profile(person, address="1••• ••••• St")
        facts.appointment(f"A{person}", person, "C1")
        facts.request(f"CC-{person}", person, status="answered", answer="done", said="Thank you.")
    facts.details("C1", ("M. R.", 2015))
    facts.order("C1", "O1")
    for status in ("set", "reset"):
        facts.hearing("H1", "C1", status=status, p1000000001="remote", p1000000002="in_person")
    for number in range(40):
        facts.received(f"R{number}", PAYOR)
        facts.distributed(f"R{number}", PAYOR, share("C1", 20_000), share("C1", 2_000, to="GOVERNMENT"),
                          share("C1", 2_000, to="HELD", hold="dispute"),
                          share("C1", 1_000, "FUTURE", "HELD", kind=None, due=None, hold="futures"))
        facts.released(f"R{number}", PAYOR, "C1", 1_000, "futures")
        facts.distributed(f"R{number}", PAYOR, share("C1", 1_000, due="2026-11-01"), month="2026-11-01")
        facts.debt("C1", ("principal", f"2026-{1 + number % 12:02}-01", 100 - number % 3 * 100), ("interest", None, 1))
        facts.obligation("C1", number, f"2026-01-{1 + number // 2:02}")
        facts.liquidation("C1", number, f"2026-01-{1 + number // 2:02}")
        facts.statement("C1", [PAYOR], f"2026-{1 + number % 6:02}-01", number=1 + number // 6, previous=number)
        facts.issued(f"D{number}", PAYEE, "C1")
        facts.status(f"D{number}", PAYEE, "cleared")
    facts.reversed("R7", PAYOR)
    source = Told(facts.told)
    with database.engine.begin() as conn:
        for publisher in PROJECTIONS:
            here = read_checkpoint(conn, NAME, publisher)
            move_checkpoint(conn, NAME, publisher, here.position, Checkpoint(source.last_position(publisher), None))
    return facts


def test_the_rebuilt_view_is_the_live_one_byte_for_byte(database: Database, lived: Facts) -> None:
    report = rebuild(database.owner_url, database.app_role, Told(lived.told), lambda *_: None, swap=True)
    assert report.equal and report.events == len(lived.told)


def test_a_row_that_was_tampered_with_is_found_and_mended(database: Database, lived: Facts) -> None:
    with database.engine.begin() as conn:
        table = tables.payments_made
        conn.execute(update(table).where(table.c.receipt_id == "R3").values(amount_cents=1))
    report = rebuild(database.owner_url, database.app_role, Told(lived.told), lambda *_: None, swap=True)
    assert not report.equal
    with database.engine.connect() as conn:
        amounts = {row.amount_cents for row in reading.payments(conn, PAYOR, "made", limit=99).rows}
    assert amounts == {25_000}


def test_the_swapped_view_goes_on_hearing(database: Database, lived: Facts) -> None:
    rebuild(database.owner_url, database.app_role, Told(lived.told), lambda *_: None, swap=True)
    lived.received("R99", PAYOR, on="2026-11-20")
    with database.engine.connect() as conn:
        assert reading.payments(conn, PAYOR, "made").rows[0].reference == "R99"


def test_every_type_that_reaches_a_row_is_heard_from_its_own_publisher() -> None:
    for publisher in PROJECTIONS:
        assert all(name.startswith(f"{publisher}.") for name in types_of(publisher))
        apply_of(publisher)
