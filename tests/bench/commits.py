"""Commits: ours against bare inserts and against the PyPI package `eventsourcing`, on one server.

Twice: with the disk as it is, and with a flush that takes as long as on a disk over the network, where it matters who
has to wait for whose. BENCH_ROUNDS of more than 1 measures all by turns and takes each one's best: what else a machine
does only ever slows.
"""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from multiprocessing import get_context
from threading import Barrier
from typing import Any

from sqlalchemy import make_url, text

from bench.parts import Parts, Row, rate
from eventkit.store import Metadata, Recorded
from eventkit.testing import sample
from servicekit.process import make_engine

SECONDS = float(os.environ.get("BENCH_SECONDS", "5"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "1"))
FLUSH_MS = int(os.environ.get("BENCH_FLUSH_MS", "2"))
STREAMS = 50
Work = Callable[[int], Any]
Prepare = Callable[[str], Work]
WHO = Metadata("bench", "bench", "bench", "bench")
_start: Barrier


def run(parts: Parts) -> Iterator[Row]:
    """Writers as processes, as services are, and as threads of one process, as a service's workers are."""
    for flush_ms in (0, FLUSH_MS):
        for writers, workers, threads in (("1 writer", 1, False), ("8 processes", 8, False), ("8 threads", 8, True)):
            rounds = [[_measure(prepare, parts, flush_ms, workers, threads)
                       for prepare in (_bare, _append, _command, _their_append, _their_command)]
                      for _ in range(ROUNDS)]
            bare, append, command, their_append, their_command = (max(rates) for rates in zip(*rounds, strict=True))
            label = f"{writers}, flush + {flush_ms} ms" if flush_ms else writers
            aim = "≥ 5x at 8 writers" if workers == 8 else ""
            if workers == 1:
                yield Row(f"{label}: a bare insert takes", 1000 / bare, "ms")
            yield Row(f"{label}: bare insert of one row", bare, "/s")
            yield Row(f"{label}: one event and its outbox row", append, "/s", "bare insert", append / bare)
            yield Row(f"{label}: a whole command", command, "/s", "bare insert", command / bare)
            yield Row(f"{label}: eventsourcing, one event", their_append, "/s", "bare insert", their_append / bare)
            yield Row(f"{label}: eventsourcing, load and save", their_command, "/s", "bare insert",
                      their_command / bare)
            yield Row(f"{label}: one event, ours", append, "/s", "theirs", append / their_append, aim)
            yield Row(f"{label}: load and append, ours", command, "/s", "theirs", command / their_command)


def _measure(prepare: Prepare, parts: Parts, flush_ms: int, workers: int, threads: bool) -> float:
    engine, settings = parts.till(flush_ms)
    engine.dispose()
    url = settings["DATABASE_URL"]
    if prepare in (_their_append, _their_command):
        url = settings["DATABASE_OWNER_URL"]  # the package makes its tables itself
        _their_application(url, make_tables=True).close()
    if threads:
        return rate(_warm(prepare, url, workers), workers, SECONDS)
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _meet, (context.Barrier(workers, timeout=60),)) as pool:
        return sum(pool.map(_alone, [prepare] * workers, [url] * workers))


def _meet(start: Barrier) -> None:
    global _start
    _start = start


def _alone(prepare: Prepare, url: str) -> float:
    work = _warm(prepare, url, 1)
    _start.wait()
    return rate(work, 1, SECONDS)


def _warm(prepare: Prepare, url: str, workers: int) -> Work:
    """What is made once (connections, the aggregates that are loaded again and again) does not count."""
    work = prepare(url)
    for worker in range(workers):
        work(worker)
    return work


def _bare(url: str) -> Work:
    engine = make_engine(url, pool=20)
    statement = text("INSERT INTO events "
                     "(stream, version, name, schema_version, event_id, data, metadata, recorded_at) "
                     "VALUES (:s, 1, 'Added', 1, :s, '{\"total\": 1}', '{}', now())")

    def insert(_: int) -> None:
        with engine.begin() as conn:
            conn.execute(statement, {"s": str(uuid.uuid4())})

    return insert


def _append(url: str) -> Work:
    """The event store alone: expected version, event, outbox row, commit."""
    app = sample.application(make_engine(url, pool=20))

    def append(_: int) -> None:
        event = Recorded(f"till-{uuid.uuid4()}", 1, sample.Added(1, 1), str(uuid.uuid4()), datetime.now(UTC), WHO)
        published = {"event_id": str(uuid.uuid4()), "type": "till.added.v1", "subject": event.stream,
                     "stream": event.stream, "version": 1, "time": event.recorded_at.isoformat(),
                     "data": {"amount": 1, "total": 1}, "correlation_id": "bench", "causation_id": event.event_id}
        with app.engine.begin() as conn:
            app.store.append(conn, [event], [published])

    return append


def _command(url: str) -> Work:
    """Load, fold, decide, append, outbox, stored reply, commit."""
    app = sample.application(make_engine(url, pool=20))
    prefix, turn = uuid.uuid4().hex, itertools.count()

    def add(worker: int) -> None:
        sample.add(app, f"{prefix}-{worker}-{next(turn) % STREAMS}")

    return add


def _their_append(url: str) -> Work:
    """A new aggregate with its first event: nothing is loaded."""
    application, new = _their_application(url), _their_till()

    def append(_: int) -> None:
        application.save(new())

    return append


def _their_command(url: str) -> Work:
    """Load, append, commit."""
    application, new = _their_application(url), _their_till()
    tills: dict[int, list[uuid.UUID]] = {}
    turn = itertools.count()

    def add(worker: int) -> None:
        if worker not in tills:
            made = [new() for _ in range(STREAMS)]
            for till in made:
                application.save(till)
            tills[worker] = [till.id for till in made]
        found = application.repository.get(tills[worker][next(turn) % STREAMS])
        found.add(1)
        application.save(found)

    return add


def _their_application(url: str, make_tables: bool = False) -> Any:
    """Several that make their tables at the same moment would get into each other's way."""
    from eventsourcing.application import Application

    parsed = make_url(url)
    environment: dict[str, Any] = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": parsed.database,
        "POSTGRES_HOST": parsed.host, "POSTGRES_PORT": str(parsed.port), "POSTGRES_USER": parsed.username,
        "POSTGRES_PASSWORD": parsed.password, "POSTGRES_POOL_SIZE": "10", "POSTGRES_MAX_OVERFLOW": "10",
        "CREATE_TABLE": str(make_tables)}
    return Application[uuid.UUID](env=environment)


@cache
def _their_till() -> Callable[[], Any]:
    """Made once, for the package knows a class by its name."""
    from eventsourcing.domain import Aggregate, event

    class Till(Aggregate):
        @event("Created")
        def __init__(self) -> None:
            self.total = 0

        @event("Added")
        def add(self, amount: int) -> None:
            self.total += amount

    return Till
