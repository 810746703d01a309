"""RPC from threads: a small pool, a hard time-out, and the same command asked again when a connection dies."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections import deque
from contextlib import suppress
from typing import Any

from amqp import Message
from amqp.exceptions import AMQPError

from eventkit.application import Reply
from eventkit.broker import CONNECT_TIMEOUT, connect, disconnect
from eventkit.decider import Rejected

EXCHANGE = "nameko-rpc"
BROKEN = (OSError, AMQPError)


class RpcError(Exception):
    """The other service gave no answer to work with."""


class RpcTimeout(RpcError):
    """No reply in time. A command may still have been carried out: ask again under the same command id."""


class RpcUnavailable(RpcError):
    """The broker is away, or no service of that name listens."""


class RpcFailed(RpcError):
    """The service met an error of its own; `incident` finds it in that service's log."""

    def __init__(self, code: str, incident: str = "") -> None:
        super().__init__(code, incident)
        self.code = code
        self.incident = incident


class RpcClient:
    """Thread-safe. Each call has a connection of the pool to itself; broken ones are thrown away."""

    def __init__(self, amqp_url: str, timeout: float = 5.0, pool: int = 8) -> None:
        self._amqp_url = amqp_url
        self._timeout = timeout
        self._idle: deque[_Line] = deque()
        self._places = threading.BoundedSemaphore(pool)

    def command(self, service: str, name: str, body: dict[str, Any], *, actor: str, channel: str,
                correlation_id: str = "", command_id: str | None = None, timeout: float | None = None) -> Reply:
        """Sends a command and returns its reply. Raises Rejected with the domain's code, or RpcError."""
        command_id = command_id or str(uuid.uuid4())
        payload = {"command_id": command_id, "actor": actor, "channel": channel,
                   "correlation_id": correlation_id or command_id, "body": body}
        reply = Reply.from_dict(self._call(service, name, payload, timeout))
        if not reply.ok:
            raise Rejected(reply.code or "rejected", **reply.details)
        return reply

    def query(self, service: str, name: str, body: dict[str, Any], timeout: float | None = None) -> dict[str, Any]:
        """Asks for data. Raises Rejected or RpcError."""
        reply = Reply.from_dict(self._call(service, name, {"body": body}, timeout))
        if not reply.ok:
            raise Rejected(reply.code or "rejected", **reply.details)
        return reply.result

    def close(self) -> None:
        while self._idle:
            self._idle.popleft().close()

    def _call(self, service: str, method: str, payload: dict[str, Any], timeout: float | None) -> dict[str, Any]:
        deadline = time.monotonic() + (self._timeout if timeout is None else timeout)
        if not self._places.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise RpcTimeout(service, method)
        try:
            return _unwrap(self._ask(service, method, payload, deadline))
        finally:
            self._places.release()

    def _ask(self, service: str, method: str, payload: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Commands are idempotent by id, so after a broken connection the same request is simply sent again."""
        pause = 0.05
        while True:
            line = idle = self._idle_line()
            try:
                line = line or _Line(self._amqp_url, deadline)
                answer = line.ask(service, method, payload, deadline)
                self._idle.append(line)
                return answer
            except RpcError:
                if line:
                    line.close()
                raise
            except BROKEN:
                if line:
                    line.close()
                if idle:  # it died while it lay there, which says nothing about the broker
                    continue
                if time.monotonic() + pause >= deadline:
                    raise RpcUnavailable(service, method) from None
                time.sleep(pause)
                pause = min(pause * 2, 0.5)

    def _idle_line(self) -> _Line | None:
        with suppress(IndexError):
            return self._idle.popleft()
        return None


class _Line:
    """One connection with its own reply queue, used by one thread at a time."""

    def __init__(self, amqp_url: str, deadline: float) -> None:
        self._connection = connect(amqp_url, min(CONNECT_TIMEOUT, max(0.1, deadline - time.monotonic())))
        self._channel = self._connection.channel()
        self._replies: dict[str, Any] = {}
        self._unroutable = False
        self._address = f"rpc-reply-{uuid.uuid4()}"
        self._channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
        self._channel.queue_declare(self._address, exclusive=True, durable=True, auto_delete=True)
        self._channel.queue_bind(self._address, EXCHANGE, self._address)
        self._channel.basic_consume(self._address, no_ack=True, callback=self._on_reply)
        self._channel.events["basic_return"].add(self._on_return)

    def ask(self, service: str, method: str, payload: dict[str, Any], deadline: float) -> dict[str, Any]:
        question = str(uuid.uuid4())
        self._replies.clear()
        self._unroutable = False
        self._channel.basic_publish(
            Message(json.dumps({"args": [payload], "kwargs": {}}), content_type="application/json",
                    content_encoding="utf-8", reply_to=self._address, correlation_id=question, delivery_mode=2,
                    # a request nobody waits for any more is not carried out later
                    expiration=str(max(1, int((deadline - time.monotonic()) * 1000)))),
            EXCHANGE, f"{service}.{method}", mandatory=True)
        while question not in self._replies:
            left = deadline - time.monotonic()
            if left <= 0:
                raise RpcTimeout(service, method)
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=min(left, 1.0))
            if self._unroutable:
                raise RpcUnavailable(service, method)
        answer: dict[str, Any] = self._replies.pop(question)
        return answer

    def close(self) -> None:
        disconnect(self._connection)

    def _on_reply(self, message: Any) -> None:
        self._replies[message.properties.get("correlation_id")] = json.loads(message.body)

    def _on_return(self, *_: Any) -> None:
        self._unroutable = True


def _unwrap(answer: dict[str, Any]) -> dict[str, Any]:
    if answer.get("error"):
        raise RpcFailed(str(answer["error"].get("exc_type", "error")))
    result: dict[str, Any] = answer["result"]
    error = result.get("error") or {}
    if error.get("code") == "internal":
        raise RpcFailed("internal", str(error.get("details", {}).get("incident", "")))
    return result
