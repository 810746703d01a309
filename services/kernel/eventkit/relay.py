"""The relay: gives committed outbox rows their positions and publishes them, confirmed, in order."""

from __future__ import annotations

import threading
import time

import structlog
from amqp.exceptions import AMQPError
from sqlalchemy import Engine

from eventkit import outbox
from eventkit.broker import StreamPublisher
from eventkit.metrics import outbox_depth, outbox_oldest_seconds, relay_published_total

BUSY_WAIT = 0.01
IDLE_WAIT = 0.1
IDLE_AFTER = 2.0
BROKER_ERRORS = (OSError, AMQPError)

log = structlog.get_logger()


class Relay:
    """One service's relay. Safe to run twice: the row lock orders two of them, subscribers skip what repeats.

    A broker that is away, slow or full only makes the outbox grow; no command waits for it.
    """

    def __init__(self, engine: Engine, service: str, amqp_url: str, batch: int = 1000) -> None:
        self._engine = engine
        self._service = service
        self._amqp_url = amqp_url
        self._batch = batch
        self._publisher: StreamPublisher | None = None
        self._retry_at = 0.0
        self._backoff = 0.2
        self._busy_until = 0.0
        self._measured_at = 0.0
        self._confirmed: int | None = None

    def run(self, stop: threading.Event) -> None:
        """Runs until `stop`. A lost database raises; the process starts the duty again."""
        try:
            while not stop.is_set():
                moved = self.step()
                now = time.monotonic()
                self._busy_until = now + IDLE_AFTER if moved else self._busy_until
                self._measure(now)
                if not moved:
                    stop.wait(BUSY_WAIT if now < self._busy_until else IDLE_WAIT)
        finally:
            self._disconnect()

    def step(self) -> bool:
        """Numbers and publishes one batch; True when there was something to do."""
        with self._engine.begin() as conn:
            numbered = outbox.give_positions(conn, self._service, self._batch)
        if time.monotonic() < self._retry_at:
            return numbered > 0
        try:
            return self._publish_next() or numbered > 0
        except BROKER_ERRORS as error:
            self._broker_lost(error)
            return numbered > 0

    def _publish_next(self) -> bool:
        if self._publisher is None:
            self._publisher = StreamPublisher(self._amqp_url, self._service, window=self._batch)
            self._confirmed = None
        with self._engine.begin() as conn:
            if self._confirmed is None:  # another relay may have been active in between
                self._confirmed = outbox.confirmed_position(conn, self._service)
            events = outbox.page(conn, self._service, self._confirmed, self._batch)
        if not events:
            self._publisher.heartbeat()
            return False
        self._publisher.publish((event.position, event.type, event.to_json()) for event in events)
        with self._engine.begin() as conn:
            outbox.confirm(conn, self._service, events[-1].position)
        self._confirmed = events[-1].position
        self._backoff = 0.2
        relay_published_total.labels(self._service).inc(len(events))
        return True

    def _broker_lost(self, error: Exception) -> None:
        log.warning("relay_waits_for_broker", service=self._service, error=type(error).__name__,
                    retry_seconds=self._backoff)
        self._disconnect()
        self._retry_at = time.monotonic() + self._backoff
        self._backoff = min(self._backoff * 2, 5.0)

    def _disconnect(self) -> None:
        if self._publisher is not None:
            self._publisher.close()
        self._publisher = None

    def _measure(self, now: float) -> None:
        if now - self._measured_at < 5:
            return
        self._measured_at = now
        with self._engine.begin() as conn:
            depth, age = outbox.backlog(conn, self._service)
        outbox_depth.labels(self._service).set(depth)
        outbox_oldest_seconds.labels(self._service).set(age)
