"""Commands: one local transaction each, idempotent by command id, tried again on a version conflict."""

from __future__ import annotations

import hashlib
import json
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from eventkit.decider import Detail, Rejected
from eventkit.events import EventRegistry
from eventkit.store import Conflict, EventStore, Metadata
from eventkit.unit import Publish, Unit

_FIND = text("SELECT digest, reply FROM commands WHERE command_id = :id")
MAX_ATTEMPTS = 12


@dataclass(frozen=True)
class Request:
    """A command as it arrives. `command_id` is made by the client and is the same when it asks again."""

    name: str
    body: dict[str, Any]
    command_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    actor: str = "system"
    channel: str = "cli"
    correlation_id: str = ""

    def digest(self) -> str:
        text = json.dumps([self.name, self.body], sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def metadata(self) -> Metadata:
        return Metadata(self.actor, self.channel, self.correlation_id or self.command_id, self.command_id)


@dataclass(frozen=True)
class Refusal:
    """A handler's way to refuse *and keep what it decided* (a failed log-in is recorded, and refused)."""

    code: str
    details: dict[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """The stored answer to a command. `stream` and `version` name the last aggregate it changed."""

    ok: bool
    result: dict[str, Any]
    code: str | None = None
    details: dict[str, Detail] = field(default_factory=dict)
    stream: str | None = None
    version: int | None = None

    def to_dict(self) -> dict[str, Any]:
        where = {"stream": self.stream, "version": self.version}
        if self.ok:
            return {"ok": True, "result": self.result, **where}
        return {"ok": False, "error": {"code": self.code, "details": self.details}, **where}

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Reply:
        error = raw.get("error") or {}
        return cls(raw["ok"], raw.get("result") or {}, error.get("code"), error.get("details") or {},
                   raw.get("stream"), raw.get("version"))


Handler = Callable[[Unit, dict[str, Any]], dict[str, Any] | Refusal | None]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Application:
    """What a service's edges talk to: its engine, its events, and the way of a command."""

    def __init__(self, service: str, engine: Engine, registry: EventRegistry, publish: Publish,
                 clock: Callable[[], datetime] = utc_now) -> None:
        if engine.dialect.driver != "psycopg2":
            raise ValueError(f"the database driver must be psycopg2 (eventlet can yield in it), not {engine.driver}")
        self.service = service
        self.engine = engine
        self.store = EventStore(registry)
        self.publish = publish
        self.clock = clock
        self.settings: Any = None  # what the process was started with; handlers take keys and limits from it

    def unit(self, conn: Any, metadata: Metadata) -> Unit:
        """A unit on a transaction that somebody else commits (subscriptions, feeds); flush it before that."""
        return Unit(conn, self.store, self.publish, self.clock(), metadata)

    @contextmanager
    def transaction(self, metadata: Metadata) -> Iterator[Unit]:
        """A unit with its own transaction, flushed and committed at the end; raises Conflict like flush()."""
        with self.engine.begin() as conn:
            unit = self.unit(conn, metadata)
            yield unit
            unit.flush()

    def handle(self, request: Request, handler: Handler) -> Reply:
        """Runs a command to its stored reply.

        The same id and body again: the stored reply, nothing done. The same id with another body: Rejected
        `command_reused`. A refusal by the domain raises Rejected and is not stored. A conflict is tried again a
        bounded number of times, then raised.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                return self._attempt(request, handler)
            except Exception as error:
                if reply := self._known_reply(request):
                    return reply
                if attempt == MAX_ATTEMPTS or not _is_conflict(error):
                    raise
                time.sleep(random.uniform(0, min(0.005 * 2**attempt, 0.2)))  # noqa: S311
        raise AssertionError("unreachable")

    def _attempt(self, request: Request, handler: Handler) -> Reply:
        with self.engine.begin() as conn:
            unit = self.unit(conn, request.metadata())
            reply = _reply(unit, handler(unit, request.body))
            unit.flush({"command_id": request.command_id, "digest": request.digest(), "reply": reply.to_dict()})
            return reply

    def _known_reply(self, request: Request) -> Reply | None:
        """Asked only after a failure: a command delivered again fails on its own id, or is refused because of what it
        did before. So the first delivery, which is nearly every one, pays nothing for being idempotent."""
        with self.engine.begin() as conn:
            return _stored(conn, request)


def _stored(conn: Connection, request: Request) -> Reply | None:
    row = conn.execute(_FIND, {"id": request.command_id}).one_or_none()
    if row is None:
        return None
    if row.digest != request.digest():
        raise Rejected("command_reused")
    return Reply.from_dict(row.reply)


def _is_conflict(error: Exception) -> bool:
    """Another transaction was first, or each waited for the other (SQLSTATE class 40) and ours was ended."""
    code = getattr(error.orig, "pgcode", None) if isinstance(error, DBAPIError) else None
    return isinstance(error, Conflict) or str(code)[:2] == "40"


def _reply(unit: Unit, result: dict[str, Any] | Refusal | None) -> Reply:
    stream, version = (unit.last.stream, unit.last.version) if unit.last else (None, None)
    if isinstance(result, Refusal):
        return Reply(False, {}, result.code, result.details, stream, version)
    return Reply(True, result or {}, None, {}, stream, version)
