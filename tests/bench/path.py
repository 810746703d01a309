"""The way of an event: relay and subscriber per second, and posted to visible at a steady load."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bench.parts import Parts, Row, percentiles
from eventkit.public import Envelope
from eventkit.relay import Relay
from eventkit.source import OutboxSource
from eventkit.store import Metadata
from eventkit.subscriber import Subscriber
from eventkit.subscription import Subscription
from eventkit.testing import sample
from eventkit.testing.processes import Process, wait_until
from eventkit.testing.sample import Add, till

EVENTS = 30_000
WHO = Metadata("bench", "bench", "bench", "bench")


def run(parts: Parts) -> Iterator[Row]:
    yield from _throughput(parts)
    yield from _latency(parts)


def _throughput(parts: Parts) -> Iterator[Row]:
    engine, settings = parts.till()
    app = sample.application(engine)
    with app.transaction(WHO) as unit:
        unit.decide_many(till, [(str(n % 2000), Add(1)) for n in range(EVENTS)])
    relay = Relay(engine, "till", settings["AMQP_URL"])
    began = time.monotonic()
    while relay.step():
        pass
    yield Row("relay: numbered, published, confirmed", EVENTS / (time.monotonic() - began), "events/s")
    seen = [0]

    def count(_conn: Connection, envelopes: Sequence[Envelope]) -> None:
        seen[0] += len(envelopes)

    stop = threading.Event()
    source = OutboxSource({"till": engine})
    subscriber = Subscriber(engine, Subscription("bench", "till", count), settings["AMQP_URL"], source,
                            quiet_seconds=60)
    subscriber._look_for_a_lost_tail = lambda: None  # type: ignore[method-assign]  # measure the stream, not the outbox
    thread = threading.Thread(target=subscriber.run, args=(stop,))
    began = time.monotonic()
    thread.start()
    wait_until(lambda: seen[0] >= EVENTS, within=120)
    yield Row("subscriber: read from the stream, checkpoint moved", EVENTS / (time.monotonic() - began), "events/s")
    stop.set()
    thread.join()
    subscriber = Subscriber(engine, Subscription("fill", "till", count), settings["AMQP_URL"], source)
    began = time.monotonic()
    subscriber.catch_up()
    yield Row("subscriber: filled from the outbox", EVENTS / (time.monotonic() - began), "events/s")


def _latency(parts: Parts, per_second: int = 100, seconds: int = 10) -> Iterator[Row]:
    """Commits at a steady rate; when does the read model show each?"""
    engine, settings = parts.till()
    app = sample.application(engine)
    log = parts.folder / "worker.log"
    posted: dict[int, float] = {}
    visible: dict[int, float] = {}
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            with engine.begin() as conn:
                total = sample.applied(conn)
            now = time.monotonic()
            for number in range(len(visible) + 1, total + 1):
                visible[number] = now
            time.sleep(0.002)

    with Process("servicekit.testing.till", "worker", settings=settings, log=log):
        sample.add(app, "steady")
        posted[1] = time.monotonic()
        watcher = threading.Thread(target=watch)
        watcher.start()
        wait_until(lambda: 1 in visible)
        began = time.monotonic()
        for number in range(per_second * seconds):
            pause = began + number / per_second - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            sample.add(app, "steady")
            posted[number + 2] = time.monotonic()
        wait_until(lambda: len(visible) == len(posted))
        stop.set()
        watcher.join()
    p50, p99 = percentiles([visible[n] - posted[n] for n in posted if n > 1])
    yield Row(f"committed to visible at {per_second}/s, p50", p50, "ms", aim="≤ 50 ms")
    yield Row(f"committed to visible at {per_second}/s, p99", p99, "ms", aim="≤ 250 ms")
