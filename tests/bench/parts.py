"""What every benchmark needs: parts of its own, clocks, and a table of results with ratios."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, make_url

from eventkit.rebuild import ReadModel, create
from eventkit.tables import create_kernel_tables
from eventkit.testing import sample
from servicekit.process import make_engine
from workbench.postgres import EmbeddedPostgres
from workbench.rabbitmq import EmbeddedRabbit

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Row:
    """One line of the table. `aim` is what the project wants of it, in words."""

    what: str
    value: float
    unit: str
    compared: str = ""
    ratio: float | None = None
    aim: str = ""


@dataclass
class Parts:
    postgres: EmbeddedPostgres
    rabbitmq: EmbeddedRabbit
    folder: Path

    def till(self, flush_ms: int = 0) -> tuple[Engine, dict[str, str]]:
        """A fresh database for the sample service: its engine, and the settings of its processes.

        `flush_ms` makes each flush of the server's log take so much longer, for whoever waits for it together.
        """
        name = f"bench{next(_numbers)}"
        owner_url, app_url = self.postgres.create_database(name)
        if flush_ms:
            self._slow(name, flush_ms)
        role = make_url(app_url).username
        assert role
        owner = make_engine(owner_url)
        with owner.begin() as conn:
            create_kernel_tables(conn, role)
            create(conn, ReadModel("model", sample.model_tables, ()), role)
        owner.dispose()
        settings = {"DATABASE_URL": app_url, "DATABASE_OWNER_URL": owner_url, "AMQP_URL": self.rabbitmq.new_vhost(),
                    "HEALTH_PORT": "0"}
        return make_engine(app_url, pool=20), settings

    def _slow(self, database: str, flush_ms: int) -> None:
        """With PostgreSQL's own knobs: who leads a flush waits first, whether or not others are at work."""
        conn = self.postgres.server.connect()
        try:
            with conn.cursor() as cursor:
                cursor.execute(f"ALTER DATABASE {database} SET commit_delay = {flush_ms * 1000}")
                cursor.execute(f"ALTER DATABASE {database} SET commit_siblings = 0")
        finally:
            conn.close()


@contextmanager
def parts(folder: Path) -> Iterator[Parts]:
    postgres, rabbitmq = EmbeddedPostgres(folder / "postgres"), EmbeddedRabbit(folder / "rabbitmq")
    try:
        postgres.start()
        rabbitmq.start()
        yield Parts(postgres, rabbitmq, folder)
    finally:
        rabbitmq.close()
        postgres.close()


def rate(work: Callable[[int], Any], workers: int, seconds: float) -> float:
    """Calls per second of `work(worker)` in so many threads."""
    counts = [0] * workers
    stop = time.monotonic() + seconds

    def run(worker: int) -> None:
        while time.monotonic() < stop:
            work(worker)
            counts[worker] += 1

    began = time.monotonic()
    threads = [threading.Thread(target=run, args=(worker,)) for worker in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """p50 and p99, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return cuts[49] * 1000, cuts[98] * 1000
