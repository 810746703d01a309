"""From the ledger's own rules to the rows of the view: sums agree, and a payor cannot tell whether a family has aid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, make_url

from eventkit.public import Envelope
from eventkit.store import Metadata, Recorded
from gateway.definition import definition
from gateway.view import statement_tables, tables
from gateway.view.balances import balances
from gateway.view.projections import apply_of
from gateway.view.reading import payments
from gateway.view.verify import sums
from payments.answers.schemas import Statement
from payments.answers.statement import Way, composed
from payments.answers.waiting import Wait
from payments.domain.account.account import account
from payments.domain.account.commands import StartAid
from payments.domain.statement import StatementIssued
from payments.domain.words import HoldReason, Program, Source
from payments.ledger.chart import UNDISTRIBUTED
from payments.publishing import publish
from payments.rules.months import next_month
from payments.testing.desk import PAYOR, Desk
from servicekit.migrations import upgrade
from servicekit.process import make_engine

AT, TODAY = datetime(2026, 6, 15, 18, tzinfo=UTC), date(2026, 6, 15)
NOT_FOR_PAYORS = ("assign", "pass_through", "government", "kept", "recoup", "pool", "futures", "joint", "tax_offset",
                  "federal", "adjusted", "former", "owner")


@pytest.fixture(scope="module")
def database(postgres: Any) -> Iterator[Engine]:
    owner_url, app_url = postgres.create_database("viewofledger")
    upgrade(definition.migrations, owner_url, make_url(app_url).username or "")
    engine = make_engine(app_url, pool=2)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(database: Engine) -> Engine:
    with database.begin() as conn:
        for table in tables.metadata.sorted_tables:
            conn.execute(table.delete())
    return database


def told(desk: Desk) -> list[Envelope]:
    """All that the ledger publishes of what happened at the desk."""
    found: list[Envelope] = []
    for stream, events in desk.books.streams.items():
        for version, event in enumerate(events, start=1):
            recorded = Recorded(stream, version, event, f"{stream}-{version}", AT, Metadata("test", "test", "", ""))
            for public in publish(recorded):
                found.append(Envelope(f"e{len(found)}", "/payments", public.type, public.subject, AT, len(found) + 1,
                                      stream, version, "", "", public.data))
    return found


def shown(engine: Engine, desk: Desk) -> None:
    with engine.begin() as conn:
        apply_of("payments")(conn, told(desk))
        conn.execute(tables.cases.insert(), [
            {"viewer_id": viewer, "case_id": "c1", "role": role, "court_case_number": None, "status": "open",
             "opened_on": TODAY, "version": 1} for viewer, role in ((PAYOR, "payor"), ("family-c1", "payee"))])


def lived(aided: bool) -> Desk:
    """Three payments, one of them more than is owed by then, one out of a joint tax return."""
    desk = Desk()
    if aided:
        desk.tell(StartAid(Program.CASH_AID, date(2026, 1, 1), 1))
    desk.obligation(50_000, "2026-01-01")
    for month in ("2026-01-01", "2026-02-01", "2026-03-01"):
        desk.charge(month)
    desk.interest("2026-02-01")
    desk.pay(80_000, "2026-03-10")
    desk.pay(30_000, "2026-03-20", source=Source.FEDERAL_TAX, joint=True)
    desk.pay(60_000, "2026-03-25")
    return desk


def payors_rows(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as conn:
        rows = conn.execute(tables.payments_made.select().order_by("receipt_id")).mappings().all()
    return [{name: value for name, value in row.items() if name != "version"} for row in rows]


def test_a_payor_cannot_tell_whether_the_family_has_assistance(engine: Engine) -> None:
    seen = []
    for aided in (False, True):
        with engine.begin() as conn:
            for table in tables.metadata.sorted_tables:
                conn.execute(table.delete())
        shown(engine, lived(aided))
        with engine.connect() as conn:
            (balance,) = balances(conn, PAYOR, TODAY)
        seen.append((payors_rows(engine), balance))
    assert seen[0][0] == seen[1][0]
    assert seen[0][1] == seen[1][1] and seen[0][1].ahead > 0
    assert not [word for word in NOT_FOR_PAYORS if word in str(seen[1]).lower()]


def stated(desk: Desk, month: date) -> Envelope:
    """The statement of a month, issued as the ledger does."""
    stream = account.stream("c1")
    events = [Recorded(stream, version, event, "", AT, Metadata("test", "test", "", ""))
              for version, event in enumerate(desk.books.streams[stream], start=1)]
    last = next_month(month) - timedelta(days=1)
    figures = Statement().dump(composed("c1", [PAYOR], events, month, last,
                                        lambda ids: dict.fromkeys(ids, Way("OTHER", "CARD")), waits(desk)))
    issued = StatementIssued("c1", month, 1, None, TODAY, json.loads(json.dumps(figures)))
    (public,) = publish(Recorded("statement-c1", 1, issued, "", AT, Metadata("test", "test", "", "")))
    return Envelope("s", "/payments", public.type, public.subject, AT, 1, "statement-c1", 1, "", "", public.data)


def waits(desk: Desk) -> list[Wait]:
    """What waits for a coming month, as the journal has it."""
    on = {entry.cause: entry.effective_on for entry in desk.books.entries}
    return [Wait(on[entry.reverses or entry.cause], entry.cause.stream.partition("-")[2], entry.reverses is not None,
                 -line.cents) for entry in desk.books.entries for line in entry.lines
            if line.account == UNDISTRIBUTED.key("c1", HoldReason.FUTURES)]


def test_statements_do_not_tell_a_payor_whether_the_family_has_assistance(engine: Engine) -> None:
    seen = []
    for aided in (False, True):
        desk = lived(aided)
        with engine.begin() as conn:
            for month in (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)):
                apply_of("payments")(conn, [stated(desk, month)])
            rows = conn.execute(statement_tables.payor_statements.select().order_by("month")).mappings().all()
            seen.append([dict(row) for row in rows])
    assert seen[0] == seen[1] and len(seen[0]) == 3
    assert seen[0][2]["paid_ahead_cents"] > 0 and len(seen[0][2]["payments"]) == 3
    assert not [word for word in NOT_FOR_PAYORS if word in str(seen[1]).lower()]


@pytest.mark.parametrize("aided", [False, True])
def test_the_family_is_told_of_every_cent_and_of_nothing_else(engine: Engine, aided: bool) -> None:
    desk = lived(aided)
    shown(engine, desk)
    with engine.connect() as conn:
        rows = payments(conn, "family-c1", "received").rows
    assert sorted(row.amount_cents for row in rows) == [30_000, 60_000, 80_000]
    assert all(sum(piece.amount_cents for piece in row.went) == row.amount_cents for row in rows)  # type: ignore[union-attr]
    assert ("to.kept" in str(rows)) is aided
    assert ("held.may_be_adjusted" in str(rows)) is not aided, "only what would go to the family is held"
    for word in ("joint", "federal", "tax", "INCOME", "EFT", "'R1'", PAYOR):
        assert word not in str(rows)


@pytest.mark.parametrize("aided", [False, True])
def test_the_view_adds_up_to_the_journal(engine: Engine, aided: bool) -> None:
    desk = lived(aided)
    desk.bounce("R1", "2026-04-02")
    desk.send(5_000, "2026-04-03")
    shown(engine, desk)
    with engine.connect() as conn:
        found = sums(conn)
    assert (found["received"], found["sent"]) == (90_000, 5_000)
    assert found["principal"] + found["interest"] + found["advance"] == desk.owed()
