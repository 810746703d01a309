"""The broker's side of events: the topology, a publisher with pipelined confirms, a reader of a stream."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from amqp import Message
from kombu.connection import Connection

from eventkit.public import CONTENT_TYPE

STREAM_ARGUMENTS = {
    "x-queue-type": "stream",
    "x-max-age": "14D",
    "x-max-length-bytes": 10_000_000_000,
    "x-stream-max-segment-size-bytes": 50_000_000,
}
CONNECT_TIMEOUT = 5
HEARTBEAT = 20
GOOD_BYE_SECONDS = 0.5


class TopologyLost(ConnectionError):
    """The broker had no queue for an event: the stream was deleted. Declare it and publish again."""


class PublishRefused(ConnectionError):
    """The broker said no to an event, or did not confirm it in time."""


def exchange_of(service: str) -> str:
    return f"{service}.events"


def stream_of(service: str) -> str:
    return f"{service}.stream"


def connect(amqp_url: str, within: float = CONNECT_TIMEOUT) -> Any:
    """A py-amqp connection, at the first try. Raises OSError or amqp errors when the broker is away.

    A broker that takes connections and then says nothing ends each wait and each send after `within` seconds.
    """
    settings = Connection(amqp_url, connect_timeout=within, heartbeat=HEARTBEAT)  # type: ignore[no-untyped-call]
    connection = settings.transport.establish_connection()
    connection.transport.sock.settimeout(within)
    return connection


def disconnect(connection: Any) -> None:
    """Says good-bye, waits a moment for the answer, and lets go whatever comes."""
    with suppress(Exception):
        connection.transport.sock.settimeout(GOOD_BYE_SECONDS)
        connection.close()
    with suppress(Exception):
        connection.collect()


def declare(channel: Any, service: str) -> None:
    """Exchange and stream of a service; the same for whoever comes first, publisher or subscriber."""
    channel.exchange_declare(exchange_of(service), "topic", durable=True, auto_delete=False)
    channel.queue_declare(stream_of(service), durable=True, auto_delete=False, arguments=STREAM_ARGUMENTS)
    channel.queue_bind(stream_of(service), exchange_of(service), "#")


class StreamPublisher:
    """Publishes in order and counts confirms in flight instead of waiting for each."""

    def __init__(self, amqp_url: str, service: str, window: int = 1000) -> None:
        self._service = service
        self._window = window
        self._connection = connect(amqp_url)
        self._channel = self._connection.channel()
        declare(self._channel, service)
        self._channel.confirm_select()
        self._tag = 0
        self._open: dict[int, int] = {}  # delivery tag -> position, in publishing order
        self._refused = False
        self._returned = False
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)
        self._channel.events["basic_return"].add(self._on_return)

    def publish(self, batch: Iterable[tuple[int, str, bytes]], timeout: float = 30) -> None:
        """Publishes (position, type, body) in order; returns when the broker has confirmed every one."""
        deadline = time.monotonic() + timeout
        for position, kind, body in batch:
            message = Message(body, content_type=CONTENT_TYPE, delivery_mode=2)
            self._tag += 1
            self._open[self._tag] = position
            self._channel.basic_publish(message, exchange_of(self._service), kind, mandatory=True)
            if len(self._open) >= self._window:
                self._drain(deadline, self._window // 2)
        self._drain(deadline, 0)

    def heartbeat(self) -> None:
        """Keeps an idle connection alive and notices a dead one."""
        with suppress(TimeoutError):
            self._connection.drain_events(timeout=0.001)
        self._connection.heartbeat_tick()

    def close(self) -> None:
        disconnect(self._connection)

    def _drain(self, deadline: float, target: int) -> None:
        while len(self._open) > target:
            left = deadline - time.monotonic()
            if left <= 0:
                raise PublishRefused("the broker did not confirm in time")
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=min(left, 1))
            self._check()
        self._check()

    def _check(self) -> None:
        if self._returned:
            raise TopologyLost(stream_of(self._service))
        if self._refused:
            raise PublishRefused("the broker refused an event")

    def _on_ack(self, tag: int, multiple: bool) -> None:
        if not multiple:
            self._open.pop(tag, None)
            return
        for done in [open_tag for open_tag in self._open if open_tag <= tag]:
            del self._open[done]

    def _on_nack(self, *_: Any) -> None:
        self._refused = True

    def _on_return(self, *_: Any) -> None:
        self._returned = True


@dataclass(frozen=True)
class StreamMessage:
    offset: int
    body: dict[str, Any]


class StreamReader:
    """Reads a service's stream from an offset ("next": what comes from now on; None: all it has), in batches, with
    credit for `prefetch` messages."""

    def __init__(self, amqp_url: str, service: str, offset: int | str | None, prefetch: int = 2000) -> None:
        self._connection = connect(amqp_url)
        self._channel = self._connection.channel()
        declare(self._channel, service)
        self._arrived: deque[tuple[int, StreamMessage]] = deque()
        self._channel.basic_qos(0, prefetch, False)
        start: Any = "first" if offset is None else offset
        self._channel.basic_consume(stream_of(service), callback=self._on_message, on_cancel=self._on_cancel,
                                    arguments={"x-stream-offset": start})

    def batch(self, limit: int, wait: float) -> list[StreamMessage]:
        """Up to `limit` messages; waits at most `wait` seconds for the first, not at all for the others."""
        self._drain(wait)
        while len(self._arrived) < limit and self._drain(0.001):
            pass
        taken = [self._arrived.popleft() for _ in range(min(limit, len(self._arrived)))]
        if taken:
            self._channel.basic_ack(taken[-1][0], multiple=True)
        return [message for _, message in taken]

    def close(self) -> None:
        disconnect(self._connection)

    def _drain(self, wait: float) -> bool:
        if self._arrived and wait > 0.001:
            return True
        before = len(self._arrived)
        with suppress(TimeoutError):
            self._connection.drain_events(timeout=wait)
        self._connection.heartbeat_tick()
        return len(self._arrived) > before

    def _on_message(self, message: Any) -> None:
        offset = int(message.headers["x-stream-offset"])
        try:
            body = json.loads(message.body)
        except ValueError:
            body = {}  # not one of ours; the gap check fills whatever it stood for
        self._arrived.append((message.delivery_tag, StreamMessage(offset, body)))

    def _on_cancel(self, _tag: str) -> None:
        raise TopologyLost("the stream was deleted")
