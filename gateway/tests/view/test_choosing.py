"""The sums of months are the sums of the rows that the list shows, whatever is chosen and whatever became of them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from gateway.view import reading
from gateway.view.choosing import Choice, Kind, sums_by_month
from gateway.view.last_payments import last_payments

from ..conftest import Database, empty
from ..facts import Facts, share

PAYOR, PAYEE, OTHER = "1000000001", "1000000002", "1000000003"
FATES = ("applied", "divided", "held", "taken_back", "undone")
payments = st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2026, 6, 30)), st.integers(2, 90_000),
                              st.sampled_from(FATES), st.sampled_from(["CHECK", "CARD"]),
                              st.sampled_from(["issued", "cleared", "returned", "voided"])), max_size=8)
days = st.none() | st.dates(date(2025, 1, 1), date(2026, 6, 30))
choices = st.builds(Choice, since=days, until=days, case_id=st.sampled_from([None, "C1", "C2"]),
                    how=st.sampled_from([None, "CHECK"]))


def lived(facts: Facts, told: list[tuple[date, int, str, str, str]]) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    facts.case("C2", [PAYOR], [PAYEE])
    for number, (on, cents, fate, method, status) in enumerate(told):
        receipt = f"R{number}"
        facts.received(receipt, PAYOR, cents, on.isoformat(), source="OTHER", method=method)
        if fate == "held":
            facts.held(receipt, PAYOR, cents=cents)
        else:
            half = cents // 2 if fate == "divided" else cents
            facts.distributed(receipt, PAYOR, share("C1", half),
                              *([share("C2", cents - half)] if cents > half else []))
        if fate == "taken_back":
            facts.reversed(receipt, PAYOR)
        if fate == "undone":
            facts.undone(receipt, PAYOR)
        facts.issued(f"D{number}", PAYEE, "C1", cents, on.isoformat())
        facts.status(f"D{number}", PAYEE, status)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payments, choices)
def test_months_come_to_what_their_rows_come_to(migrated: Database, told: list[tuple[date, int, str, str, str]],
                                                choice: Choice) -> None:
    empty(migrated.engine)
    lived(Facts(migrated.engine), told)
    viewers: dict[Kind, str] = {"made": PAYOR, "sent": PAYEE, "received": PAYEE}
    with migrated.engine.connect() as conn:
        for kind, viewer in viewers.items():
            expected: Counter[date] = Counter()
            for row in reading.payments(conn, viewer, kind, limit=99, choice=choice).rows:
                if row.counts:
                    expected[row.on.replace(day=1)] += row.amount_cents
            found = {one.month: one.cents for one in sums_by_month(conn, viewer, kind, choice)}
            assert found == dict(expected), kind
            assert not sums_by_month(conn, OTHER, kind, choice)


@pytest.fixture
def families(facts: Facts, engine: Engine) -> Engine:
    lived(facts, [(date(2026, 1, 5), 1_000, "applied", "CHECK", "issued"),
                  (date(2026, 2, 5), 3_000, "divided", "CARD", "returned"),
                  (date(2026, 3, 5), 500, "held", "CARD", "cleared")])
    return engine


def test_the_last_payment_of_each_case(families: Engine) -> None:
    with families.connect() as conn:
        payor, payee = last_payments(conn, PAYOR), last_payments(conn, PAYEE)
        nobody = last_payments(conn, OTHER)
    assert {case_id: row.reference for case_id, row in payor.made.items()} == {"C1": "R1", "C2": "R1"}
    assert payor.unapplied and payor.unapplied.reference == "R2"
    assert not payor.sent and not payor.received and not payee.made and payee.unapplied is None
    assert {case_id: row.reference for case_id, row in payee.sent.items()} == {"C1": "D2"}
    assert {case_id: row.amount_cents for case_id, row in payee.received.items()} == {"C1": 1_500, "C2": 1_500}
    assert not (nobody.made or nobody.sent or nobody.received or nobody.unapplied)
