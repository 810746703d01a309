"""The subscriber: reads a publisher's stream from its checkpoint, fills gaps, applies each event exactly once."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import structlog
from amqp.exceptions import AMQPError
from sqlalchemy import Engine

from eventkit import parking
from eventkit.broker import StreamMessage, StreamReader
from eventkit.errors import is_lost_connection, reason_of
from eventkit.metrics import parked_events, subscription_applied_total, subscription_lag, subscription_position
from eventkit.public import Envelope
from eventkit.rpc_client import RpcError
from eventkit.source import EventSource
from eventkit.store import Conflict
from eventkit.subscription import (
    Checkpoint,
    CheckpointMoved,
    GapNotFilled,
    Subscription,
    check_gapless,
    move_checkpoint,
    read_checkpoint,
)

ATTEMPTS = 3
QUIET_SECONDS = 5.0

log = structlog.get_logger()


class Subscriber:
    """One subscription. Safe to run twice: the checkpoint is compared and set, so only one of two can apply."""

    def __init__(self, engine: Engine, subscription: Subscription, amqp_url: str, source: EventSource,
                 batch: int = 500, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._engine = engine
        self._subscription = subscription
        self._name = subscription.name
        self._publisher = subscription.publisher
        self._amqp_url = amqp_url
        self._source = source
        self._batch = batch
        self._quiet_seconds = quiet_seconds
        self._checkpoint = Checkpoint(0, None)
        self._backoff = 0.2
        self._stop = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Runs until `stop`; a broker or a publisher that is away is waited for. A lost database raises."""
        self._stop = stop
        while not stop.is_set():
            try:
                self._listen(stop)
            except (OSError, AMQPError, RpcError, CheckpointMoved, GapNotFilled) as error:
                log.warning("subscriber_waits", subscription=self._name, publisher=self._publisher,
                            error=type(error).__name__, retry_seconds=self._backoff)
                stop.wait(self._backoff)
                self._backoff = min(self._backoff * 2, 5.0)

    def catch_up(self, stop: threading.Event | None = None) -> int:
        """Fills from the publisher's outbox to its last position, or until `stop`; returns how many they were."""
        self._stop = stop or self._stop
        self._read_checkpoint()
        return self._fill(None)

    def _listen(self, stop: threading.Event) -> None:
        self._read_checkpoint()
        reader = StreamReader(self._amqp_url, self._publisher, self._checkpoint.stream_offset)
        quiet_since = 0.0  # ask at once: what was missed while nobody listened may be in the outbox only
        try:
            while not stop.is_set():
                messages = reader.batch(self._batch, wait=0.2)
                if messages:
                    self._take(_envelopes(messages, self._publisher), messages[-1].offset)
                    quiet_since = time.monotonic()
                elif time.monotonic() - quiet_since > self._quiet_seconds:
                    if self._look_for_a_lost_tail():
                        # A stream made anew brings nothing until it reaches the offset we wait for. What it brings
                        # from now on is enough: the rest is filled.
                        reader.close()
                        reader = StreamReader(self._amqp_url, self._publisher, "next")
                    quiet_since = time.monotonic()
                self._backoff = 0.2
        finally:
            reader.close()

    def _look_for_a_lost_tail(self) -> bool:
        """A stream that lost its end looks just like a quiet one; only the publisher knows. Whether it told anything,
        also where it went away in the middle of it."""
        self._count_parked()
        before = self._checkpoint.position
        try:
            self._fill(None)
        except RpcError as error:
            log.warning("publisher_does_not_answer", subscription=self._name, publisher=self._publisher,
                        error=type(error).__name__)
        return self._checkpoint.position > before

    def _take(self, envelopes: Sequence[Envelope], offset: int) -> None:
        """Applies what is new of a batch; whatever is missing before it is fetched from the outbox."""
        run: list[Envelope] = []
        for envelope in envelopes:
            expected = self._checkpoint.position + len(run) + 1
            if envelope.position < expected:
                continue
            if envelope.position > expected:
                self._apply(run, None)
                run = []
                self._fill(envelope.position - 1)
                if envelope.position <= self._checkpoint.position:
                    continue
            run.append(envelope)
        self._apply(run, offset)

    def _fill(self, up_to: int | None) -> int:
        filled = 0
        while not self._stop.is_set() and (up_to is None or self._checkpoint.position < up_to):
            page = self._source.events_after(self._publisher, self._checkpoint.position)
            if not page:
                break
            self._apply(page, None)
            filled += len(page)
        if filled:
            log.info("gap_filled", subscription=self._name, publisher=self._publisher, events=filled)
        subscription_lag.labels(self._name, self._publisher).set(0)
        return filled

    def _apply(self, run: Sequence[Envelope], offset: int | None) -> None:
        if not run:
            return
        check_gapless(self._checkpoint.position, run)
        try:
            self._commit(run, offset)
        except (CheckpointMoved, Conflict):
            self._read_checkpoint()
            raise CheckpointMoved(self._name) from None
        except Exception as error:
            if is_lost_connection(error):
                raise
            log.warning("batch_failed", subscription=self._name, publisher=self._publisher,
                        error=reason_of(error), events=len(run))
            self._apply_one_by_one(run)
            self._count_parked()
        self._measure(len(run), run[-1])

    def _apply_one_by_one(self, run: Sequence[Envelope]) -> None:
        for envelope in run:
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    self._commit([envelope], None)
                    break
                except (CheckpointMoved, Conflict):
                    raise CheckpointMoved(self._name) from None
                except Exception as error:
                    if is_lost_connection(error):
                        raise
                    if attempt == ATTEMPTS:
                        self._park(envelope, reason_of(error))
                    else:
                        time.sleep(0.05 * 4**attempt)

    def _commit(self, run: Sequence[Envelope], offset: int | None) -> None:
        after = Checkpoint(run[-1].position, offset)
        with self._engine.begin() as conn:
            move_checkpoint(conn, self._name, self._publisher, self._checkpoint.position, after)
            held = parking.held_streams(conn, self._name, self._publisher, {e.stream for e in run})
            for envelope in run:
                if envelope.stream in held:
                    parking.park(conn, self._name, envelope, "behind a parked event of the same aggregate", 0)
            free = [e for e in run if e.stream not in held] if held else run
            if free:
                self._subscription.apply(conn, free)
        self._checkpoint = Checkpoint(after.position, offset if offset is not None else self._checkpoint.stream_offset)

    def _park(self, envelope: Envelope, reason: str) -> None:
        after = Checkpoint(envelope.position, None)
        with self._engine.begin() as conn:
            move_checkpoint(conn, self._name, self._publisher, self._checkpoint.position, after)
            parking.park(conn, self._name, envelope, reason, ATTEMPTS)
        log.error("event_parked", subscription=self._name, publisher=self._publisher, position=envelope.position,
                  type=envelope.type, error=reason)
        self._checkpoint = Checkpoint(envelope.position, self._checkpoint.stream_offset)

    def _read_checkpoint(self) -> None:
        with self._engine.begin() as conn:
            self._checkpoint = read_checkpoint(conn, self._name, self._publisher)
        self._count_parked()

    def _count_parked(self) -> None:
        with self._engine.begin() as conn:
            count = parking.count_waiting(conn, self._name, self._publisher)
        parked_events.labels(self._name, self._publisher).set(count)

    def _measure(self, count: int, last: Envelope) -> None:
        subscription_applied_total.labels(self._name, self._publisher).inc(count)
        subscription_position.labels(self._name, self._publisher).set(last.position)
        subscription_lag.labels(self._name, self._publisher).set(max(0.0, time.time() - last.time.timestamp()))


def _envelopes(messages: Sequence[StreamMessage], publisher: str) -> list[Envelope]:
    """Whatever else somebody put into the stream is passed over: the positions tell what is missing."""
    envelopes = []
    for message in messages:
        try:
            envelope = Envelope.from_dict(message.body)
            if envelope.source.strip("/") != publisher:
                raise ValueError("of another publisher")
            envelopes.append(envelope)
        except (AttributeError, KeyError, TypeError, ValueError):
            log.warning("not_an_event", publisher=publisher, offset=message.offset)
    return envelopes
