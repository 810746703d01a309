"""Single-event commits: ours against bare inserts and against the PyPI package `eventsourcing`, on one server."""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

from sqlalchemy import make_url, text

from bench.parts import Parts, Row, rate
from eventkit.store import Metadata, Recorded
from eventkit.testing import sample
from servicekit.process import make_engine

SECONDS = float(os.environ.get("BENCH_SECONDS", "5"))
Work = Callable[[int], Any]
Prepare = Callable[[str], Work]
WHO = Metadata("bench", "bench", "bench", "bench")


def run(parts: Parts) -> Iterator[Row]:
    """Writers as processes, as services are, and as threads of one process, as a service's workers are."""
    for label, workers, threads in (("1 writer", 1, False), ("8 processes", 8, False), ("8 threads", 8, True)):
        bare, append, command, theirs = (
            _measure(prepare, parts, workers, threads) for prepare in (_bare, _append, _command, _eventsourcing))
        aim = "≥ 5x at 8 writers" if workers == 8 else ""
        yield Row(f"{label}: bare insert of one row", bare, "/s")
        yield Row(f"{label}: one event and its outbox row", append, "/s", "bare insert", append / bare)
        yield Row(f"{label}: a whole command", command, "/s", "bare insert", command / bare)
        yield Row(f"{label}: eventsourcing (PyPI), load and save", theirs, "/s")
        yield Row(f"{label}: one event against eventsourcing", append, "/s", "eventsourcing", append / theirs, aim)
        yield Row(f"{label}: a whole command against eventsourcing", command, "/s", "eventsourcing", command / theirs)


def _measure(prepare: Prepare, parts: Parts, workers: int, threads: bool) -> float:
    engine, settings = parts.till()
    engine.dispose()
    # the package makes its tables itself, so for it the owner connects
    url = settings["DATABASE_OWNER_URL" if prepare is _eventsourcing else "DATABASE_URL"]
    if threads:
        return rate(prepare(url), workers, SECONDS)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return sum(pool.map(_alone, [prepare] * workers, [url] * workers))


def _alone(prepare: Prepare, url: str) -> float:
    return rate(prepare(url), 1, SECONDS)


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
        sample.add(app, f"{prefix}-{worker}-{next(turn) % 500}")

    return add


def _eventsourcing(url: str) -> Work:
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
        "POSTGRES_PASSWORD": parsed.password, "POSTGRES_POOL_SIZE": "10", "POSTGRES_MAX_OVERFLOW": "10"}
    application = Application[uuid.UUID](env=environment)
    tills: dict[int, list[uuid.UUID]] = {}
    turn = itertools.count()

    def add(worker: int) -> None:
        if worker not in tills:
            made = [Till() for _ in range(50)]
            for till in made:
                application.save(till)
            tills[worker] = [till.id for till in made]
        found: Till = application.repository.get(tills[worker][next(turn) % 50])
        found.add(1)
        application.save(found)

    return add
