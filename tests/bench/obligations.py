"""The charge run and the interest run over many obligations, one a case; BENCH_OBLIGATIONS=1000000 for the aim."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date

import psutil
from sqlalchemy import make_url, text

from bench.parts import Parts, Row
from payments.definition import definition
from payments.domain.account.events import ObligationSet
from payments.domain.words import Kind, registry
from payments.rules.interest import BY_STATUTE
from servicekit.migrations import upgrade
from servicekit.process import make_engine

OBLIGATIONS = int(os.environ.get("BENCH_OBLIGATIONS", "50000"))
WORKERS = os.environ.get("BENCH_WORKERS", "2")
SINCE = date(2026, 1, 1)

# One order of $500 a month on each case, as an import of orders leaves it.
_EVENTS = text("""
    INSERT INTO events (stream, version, name, schema_version, event_id, data, metadata, recorded_at)
    SELECT 'account-' || lpad(n::text, 9, '0'), 1, :name, :version, gen_random_uuid(), CAST(:data AS jsonb),
           '{"actor": "bench", "channel": "bench", "correlation_id": "", "causation_id": ""}', now()
    FROM generate_series(1, :count) AS n""")
_WORK = text("""
    INSERT INTO account_work (case_id, next_charge, to_check)
    SELECT lpad(n::text, 9, '0'), :since, true FROM generate_series(1, :count) AS n""")


def run(parts: Parts) -> Iterator[Row]:
    owner_url, app_url = parts.postgres.create_database("bench_runs")
    role = make_url(app_url).username
    assert role
    upgrade(definition.migrations, owner_url, role)
    settings = {"DATABASE_URL": app_url, "AMQP_URL": parts.rabbitmq.new_vhost()}
    _prepare(owner_url)
    for name, arguments in (("charges", ("--month", "2026-01")), ("interest", ("--through", "2026-01"))):
        seconds, memory = _timed(settings, name, *arguments, "--workers", WORKERS, "--batch", "1000")
        yield Row(f"{name} run over {OBLIGATIONS:,} obligations, {WORKERS} workers", OBLIGATIONS / seconds, "/s",
                  aim="≥ 2,000/s")
        yield Row(f"{name} run: memory of its processes, peak", memory, "MiB")


def _prepare(owner_url: str) -> None:
    name, version, data = registry.encode(ObligationSet("o1", "order", Kind.CHILD, SINCE, 50_000, None, BY_STATUTE))
    engine = make_engine(owner_url)
    with engine.begin() as conn:
        conn.execute(_EVENTS, {"name": name, "version": version, "data": json.dumps(data), "count": OBLIGATIONS})
        conn.execute(_WORK, {"since": SINCE, "count": OBLIGATIONS})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM ANALYZE events"))
        conn.execute(text("VACUUM ANALYZE account_work"))
    engine.dispose()


def _timed(settings: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Seconds, and the most memory that the run and its workers had at once."""
    began = time.monotonic()
    child = psutil.Popen([sys.executable, "-m", "payments", "run", *arguments], env={**os.environ, **settings},
                         stdout=subprocess.DEVNULL)
    peak = 0
    while child.poll() is None:
        try:
            peak = max(peak, sum(p.memory_info().rss for p in [child, *child.children(recursive=True)]))
        except psutil.NoSuchProcess:
            continue
        time.sleep(0.2)
    assert child.wait() == 0, arguments
    return time.monotonic() - began, peak / 2**20
