"""Writers under stress: random transaction times and rollbacks, and the naive tail that loses events under them."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field

from sqlalchemy import Engine, select

from eventkit.application import Application
from eventkit.store import Conflict, Metadata
from eventkit.tables import outbox
from eventkit.testing.sample import Add, till

STRESS = Metadata("stress", "test", "stress", "stress")


@dataclass
class Written:
    """What the writers know they committed."""

    events: int = 0
    per_till: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, tills: list[str]) -> None:
        with self._lock:
            self.events += len(tills)
            for name in tills:
                self.per_till[name] = self.per_till.get(name, 0) + 1


class RolledBack(Exception):
    """The writer's own change of mind."""


def write(app: Application, written: Written, worker: int, events: int, per_transaction: int = 5,
          rollbacks: float = 0.1, seed: int = 0) -> None:
    """Commits `events` events in transactions of random length, some of which are rolled back."""
    chance = random.Random(f"{seed}-{worker}")  # noqa: S311
    done = 0
    while done < events:
        tills = [f"{worker}-{chance.randrange(40)}" for _ in range(min(per_transaction, events - done))]
        try:
            with app.transaction(STRESS) as unit:
                unit.decide_many(till, [(name, Add(1)) for name in tills])
                unit.flush()  # ids are taken here; the commit comes later, after others' commits
                time.sleep(chance.choice([0, 0, 0, 0.001, 0.004, 0.02]))
                if chance.random() < rollbacks:
                    raise RolledBack
        except (RolledBack, Conflict):
            continue
        written.note(tills)
        done += len(tills)


def write_with(app: Application, workers: int, events_each: int, seed: int = 0) -> Written:
    written = Written()
    threads = [threading.Thread(target=write, args=(app, written, w, events_each, 5, 0.1, seed))
               for w in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return written


class NaiveTail:
    """`WHERE id > last ORDER BY id`: what every first outbox does, and why positions are given after commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.seen: list[int] = []
        self._last = 0

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.step()
            stop.wait(0.002)
        self.step()

    def step(self) -> None:
        query = select(outbox.c.id).where(outbox.c.id > self._last).order_by(outbox.c.id)
        with self._engine.begin() as conn:
            found = list(conn.execute(query).scalars())
        if found:
            self._last = found[-1]
            self.seen += found
