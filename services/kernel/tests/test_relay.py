"""The way of an event, first half: nothing is skipped, order holds, a broker that is away blocks nobody."""

import os
import threading
import time

import pytest
from sqlalchemy import func, select

from eventkit.outbox import backlog, confirmed_position, give_positions, last_position
from eventkit.store import Metadata
from eventkit.tables import outbox
from eventkit.testing.sample import Add, add, till
from eventkit.testing.stress import NaiveTail, write_with

SOMEBODY = Metadata("tester", "test", "correlation", "causation")
EVENTS = int(os.environ.get("CC_STRESS_EVENTS", "8000"))


class Collected:
    """A subscriber's effects, in memory: which positions, in which order."""

    def __init__(self):
        self.envelopes = []

    def __call__(self, conn, envelopes):
        self.envelopes += envelopes

    @property
    def positions(self):
        return [e.position for e in self.envelopes]


def test_eight_writers_lose_nothing_where_a_naive_tail_does(app, database, running, eventually):
    naive, collected, stop = NaiveTail(database.engine), Collected(), threading.Event()
    tail = threading.Thread(target=naive.run, args=(stop,))
    tail.start()
    with running.relay(), running.subscriber(collected, name="collect"):
        written = write_with(app, workers=8, events_each=EVENTS // 8)
        eventually(lambda: len(collected.envelopes) >= written.events, within=120)
    stop.set()
    tail.join()

    assert collected.positions == list(range(1, written.events + 1)), "gapless, in order, once"
    seen_versions = {}
    for envelope in collected.envelopes:
        assert envelope.version == seen_versions.get(envelope.stream, 0) + 1, "per aggregate always in order"
        seen_versions[envelope.stream] = envelope.version
    assert seen_versions == {f"till-{name}": count for name, count in written.per_till.items()}
    assert len(naive.seen) < written.events, "the same writers must make the naive tail lose events"


def test_a_position_is_never_given_to_what_may_still_roll_back(app, database):
    with app.transaction(SOMEBODY) as slow:
        slow.decide(till, "slow", Add(1))
        slow.flush()
        add(app, "quick")
        with database.engine.begin() as conn:
            assert give_positions(conn, "till", 10) == 1
    with database.engine.begin() as conn:
        assert give_positions(conn, "till", 10) == 1
        rows = conn.execute(select(outbox.c.subject, outbox.c.position).order_by(outbox.c.position)).all()
    assert rows == [("till-quick", 1), ("till-slow", 2)]


def test_two_relays_at_once_still_give_each_position_once(app, database):
    write_with(app, workers=2, events_each=100)
    counts = []

    def number():
        while True:
            with database.engine.begin() as conn:
                given = give_positions(conn, "till", 7)
            counts.append(given)
            if not given:
                return

    threads = [threading.Thread(target=number) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.engine.begin() as conn:
        positions = list(conn.execute(select(outbox.c.position).order_by(outbox.c.position)).scalars())
    assert positions == list(range(1, 201))
    assert sum(counts) == 200


def test_what_was_published_but_not_recorded_as_confirmed_is_published_again(app, database, running, eventually):
    collected = Collected()
    for _ in range(5):
        add(app, "a")
    with running.relay(), running.subscriber(collected, name="collect"):
        eventually(lambda: len(collected.envelopes) == 5)
    with database.owner.begin() as conn:  # as if the relay had died before it wrote the confirm down
        conn.exec_driver_sql("UPDATE relay_state SET confirmed_position = 2")
    with running.relay(), running.subscriber(collected, name="collect"):
        add(app, "a")
        eventually(lambda: len(collected.envelopes) == 6)
    assert collected.positions == [1, 2, 3, 4, 5, 6]


def test_a_broker_that_is_away_fails_no_command_and_the_backlog_drains(
        app, database, running, rabbitmq, eventually):
    outage = float(os.environ.get("CC_OUTAGE_SECONDS", "4"))
    collected = Collected()
    slowest = 0.0
    with running.relay(), running.subscriber(collected, name="collect"):
        add(app, "a")
        eventually(lambda: len(collected.envelopes) == 1)
        rabbitmq.stop()
        try:
            until = time.monotonic() + outage
            count = 1
            while time.monotonic() < until:
                began = time.monotonic()
                add(app, f"away-{count % 7}")
                slowest = max(slowest, time.monotonic() - began)
                count += 1
            with database.engine.begin() as conn:
                depth, _age = backlog(conn, "till")
            assert depth >= count - 1, "the outbox holds what the broker could not take"
        finally:
            rabbitmq.start()
        eventually(lambda: len(collected.envelopes) == count, within=90)
    assert collected.positions == list(range(1, count + 1))
    assert slowest < 5, "no command waits for the broker"
    with database.engine.begin() as conn:
        assert confirmed_position(conn, "till") == last_position(conn) == count
        assert conn.execute(select(func.count()).select_from(outbox)).scalar_one() == count


@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_the_batch_size_makes_no_difference(app, running, eventually, batch):
    collected = Collected()
    for _ in range(20):
        add(app, "a")
    with running.relay(batch), running.subscriber(collected, name="collect"):
        eventually(lambda: len(collected.envelopes) == 20)
    assert [e.data["total"] for e in collected.envelopes] == list(range(1, 21))
