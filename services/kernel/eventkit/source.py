"""Where a subscriber fills its gaps from: the publisher's outbox, asked page by page."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Engine

from eventkit import outbox
from eventkit.public import Envelope
from eventkit.rpc_client import RpcClient

PAGE = 1000


class EventSource(Protocol):
    """A publisher's published events by position; raises RpcUnavailable while it cannot be asked."""

    def events_after(self, publisher: str, position: int, limit: int = PAGE) -> list[Envelope]: ...

    def last_position(self, publisher: str) -> int: ...


class RpcSource:
    """Asks the publishing service itself. The way between services."""

    def __init__(self, client: RpcClient, timeout: float = 20) -> None:
        self._client = client
        self._timeout = timeout

    def events_after(self, publisher: str, position: int, limit: int = PAGE) -> list[Envelope]:
        body = {"position": position, "limit": limit}
        result = self._client.query(publisher, "events_after", body, timeout=self._timeout)
        return [Envelope.from_dict(raw) for raw in result["events"]]

    def last_position(self, publisher: str) -> int:
        return int(self._client.query(publisher, "last_position", {}, timeout=self._timeout)["position"])


class OutboxSource:
    """Reads outboxes in their databases: for tests, and for a restore where no service runs."""

    def __init__(self, engines: dict[str, Engine]) -> None:
        self._engines = engines

    def events_after(self, publisher: str, position: int, limit: int = PAGE) -> list[Envelope]:
        with self._engines[publisher].begin() as conn:
            return outbox.page(conn, publisher, position, limit)

    def last_position(self, publisher: str) -> int:
        with self._engines[publisher].begin() as conn:
            return outbox.last_position(conn)
