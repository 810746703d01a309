"""What a page reads, with few payments in the view and with many; BENCH_PAYMENTS=10000,10000000 for the aim."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Connection, make_url, text

from bench.parts import Parts, Row
from gateway.definition import definition
from gateway.view import reading
from gateway.view.balances import balances
from servicekit.migrations import upgrade
from servicekit.process import make_engine

SIZES = [int(size) for size in os.environ.get("BENCH_PAYMENTS", "10000,300000").split(",")]
EACH = 100
"""Payments a customer: two years of wages withheld, and a refund or two."""
READS = 2000

_ROWS = (
    """INSERT INTO view.cases (viewer_id, case_id, role, court_case_number, status, opened_on, version)
       SELECT 'p' || n, 'c' || n, 'payor', 'FL-' || n, 'open', '2020-01-01', 1 FROM generate_series(1, :people) n""",
    """INSERT INTO view.payments_made (receipt_id, viewer_id, received_on, posted_on, amount_cents, source, method,
                                      status, paid, waiting, steps, version)
       SELECT 'SDU:' || n, 'p' || 1 + n % :people, date '2024-01-01' + (n / :people)::int * 7, date '2026-01-01', 21500,
              'INCOME_WITHHOLDING', 'EFT', 'applied', jsonb_build_array(jsonb_build_object(
                  'case_id', 'c' || 1 + n % :people, 'debt', 'CURRENT', 'kind', 'CHILD', 'due', '2026-01-01',
                  'amount_cents', 21500)), '[]', '[]', 3
       FROM generate_series(0, :payments - 1) n""",
    """INSERT INTO view.payments_sent (disbursement_id, viewer_id, case_id, payee_type, issued_on, amount_cents, method,
                                      status, parts, ahead_cents, version)
       SELECT 'SDU:' || n, 'r' || 1 + n % :people, 'c' || 1 + n % :people, 'family',
              date '2024-01-03' + (n / :people)::int * 7, 21500, 'card', 'cleared',
              jsonb_build_array(jsonb_build_object('part', 'current', 'received_on', '2026-01-01',
                                                   'amount_cents', 21500)), 0, 2
       FROM generate_series(0, :payments - 1) n""",
    """INSERT INTO view.family_payments (receipt_id, case_id, reference, received_on, amount_cents, went, steps,
                                        version)
       SELECT 'SDU:' || n, 'c' || 1 + n % :people, n::text, date '2024-01-01' + (n / :people)::int * 7, 21500,
              jsonb_build_array(jsonb_build_object('to', 'FAMILY', 'hold', null, 'until', null, 'amount_cents', 21500)),
              '[]', 3
       FROM generate_series(0, :payments - 1) n""",
    """INSERT INTO view.cases (viewer_id, case_id, role, court_case_number, status, opened_on, version)
       SELECT 'r' || n, 'c' || n, 'payee', 'FL-' || n, 'open', '2020-01-01', 1 FROM generate_series(1, :people) n""",
    """INSERT INTO view.debts (case_id, kind, what, due, cents)
       SELECT 'c' || n, 'CHILD', 'principal', date '2026-01-01' + 31 * m, 43000
       FROM generate_series(1, :people) n, generate_series(0, 2) m""",
)


def run(parts: Parts) -> Iterator[Row]:
    first: dict[str, float] = {}
    for size in SIZES:
        for name, seconds in _measured(parts, size).items():
            value = seconds * 1000
            known = first.setdefault(name, value)
            yield Row(f"{name}, of {size:,} payments, p50", value, "ms", f"of {SIZES[0]:,}", value / known,
                      "within 10 % of each other")


def _measured(parts: Parts, payments: int) -> dict[str, float]:
    """Medians in seconds, each query for customers drawn at random, everything read once before."""
    owner_url, app_url = parts.postgres.create_database(f"bench_pages_{payments}")
    role = make_url(app_url).username
    assert role
    upgrade(definition.migrations, owner_url, role)
    people = payments // EACH
    owner, engine = make_engine(owner_url), make_engine(app_url)
    with owner.begin() as conn:
        for rows in _ROWS:
            conn.execute(text(rows), {"people": people, "payments": payments})
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM ANALYZE"))
    owner.dispose()
    rng = random.Random(7)
    viewers = [rng.randint(1, people) for _ in range(min(READS, people))]
    with engine.connect() as conn:
        found = {name: _median(conn, read, viewers) for name, read in QUERIES.items()}
    engine.dispose()
    return found


QUERIES: dict[str, Callable[[Connection, int], object]] = {
    "a page of Payments Made By Me": lambda conn, who: reading.payments(conn, f"p{who}", "made"),
    "a page of Payments Sent To Me": lambda conn, who: reading.payments(conn, f"r{who}", "sent"),
    "a page of payments received for a case": lambda conn, who: reading.payments(conn, f"r{who}", "received"),
    "the balances of a customer": lambda conn, who: balances(conn, f"p{who}", date(2026, 2, 15)),
}


def _median(conn: Connection, read: Callable[[Connection, int], object], viewers: list[int]) -> float:
    for viewer in viewers:
        read(conn, viewer)
    taken = []
    for viewer in viewers:
        began = time.perf_counter()
        read(conn, viewer)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
