"""Single-event commits: ours against bare inserts and against the PyPI package `eventsourcing`, on one server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from sqlalchemy import make_url, text

from bench.parts import Parts, Row, rate
from eventkit.process import make_engine
from eventkit.testing import sample

SECONDS = float(os.environ.get("BENCH_SECONDS", "5"))


def run(parts: Parts) -> Iterator[Row]:
    for workers in (1, 8):
        bare = _in_processes(_bare, parts, workers)
        ours = _in_processes(_ours, parts, workers)
        theirs = _in_processes(_eventsourcing, parts, workers)
        yield Row(f"commits, {workers} writer{'s' * (workers > 1)}: bare insert of one row", bare, "/s")
        yield Row(f"commits, {workers} writer{'s' * (workers > 1)}: a whole command", ours, "/s", "bare insert",
                  ours / bare)
        yield Row(f"commits, {workers} writer{'s' * (workers > 1)}: eventsourcing (PyPI)", theirs, "/s",
                  "a whole command is", ours / theirs, "≥ 5x at 8 writers" if workers == 8 else "")


def _in_processes(measure: Callable[[str, int], float], parts: Parts, workers: int) -> float:
    """Each writer is a process of its own, as services are: Python's threads would measure themselves."""
    engine, settings = parts.till()
    engine.dispose()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        url = settings["DATABASE_OWNER_URL" if measure is _eventsourcing else "DATABASE_URL"]
        return sum(pool.map(measure, [url] * workers, range(workers)))


def _bare(url: str, _worker: int) -> float:
    engine = make_engine(url)
    statement = text("INSERT INTO events "
                     "(stream, version, name, schema_version, event_id, data, metadata, recorded_at) "
                     "VALUES (:s, 1, 'Added', 1, :s, '{\"total\": 1}', '{}', now())")

    def insert(_: int) -> None:
        with engine.begin() as conn:
            conn.execute(statement, {"s": str(uuid.uuid4())})

    return rate(insert, 1, SECONDS)


def _ours(url: str, worker: int) -> float:
    app = sample.application(make_engine(url))
    tills = [f"{worker}-{n}" for n in range(500)]
    turn = [0]

    def add(_: int) -> None:
        turn[0] += 1
        sample.add(app, tills[turn[0] % 500])

    return rate(add, 1, SECONDS)


def _eventsourcing(url: str, worker: int) -> float:
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Till(Aggregate):
        @event("Created")
        def __init__(self) -> None:
            self.total = 0

        @event("Added")
        def add(self, amount: int) -> None:
            self.total += amount

    parsed = make_url(url)
    environment: dict[str, Any] = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": parsed.database,
        "POSTGRES_HOST": parsed.host, "POSTGRES_PORT": str(parsed.port), "POSTGRES_USER": parsed.username,
        "POSTGRES_PASSWORD": parsed.password}
    # the package makes its tables itself, so it is the owner who connects
    application = Application[uuid.UUID](env=environment)
    ids = []
    for _ in range(50):
        till = Till()
        application.save(till)
        ids.append(till.id)
    turn = [0]

    def add(_: int) -> None:
        turn[0] += 1
        till: Till = application.repository.get(ids[turn[0] % 50])
        till.add(1)
        application.save(till)

    return rate(add, 1, SECONDS)
