"""A unit of work: one transaction in which deciders decide; events and outbox rows go in together at its end."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from eventkit.decider import Decider, Rejected
from eventkit.public import PublicEvent
from eventkit.store import EventStore, Loaded, Metadata, Recorded, Row

Publish = Callable[[Recorded], Sequence[PublicEvent]]


@dataclass(frozen=True)
class Outcome:
    """What a decision came to: the new events, and the stream's version and state after them."""

    stream: str
    version: int
    events: tuple[Any, ...]
    state: Any


class Unit:
    """Work inside one database transaction that somebody else begins and commits.

    Decisions are kept in memory and written by `flush()` with two inserts, so that a batch of a thousand
    decisions costs as many round trips as one. States read here include what was decided here.
    """

    def __init__(self, conn: Connection, store: EventStore, publish: Publish, now: datetime, metadata: Metadata):
        self.conn = conn
        self.now = now
        self.metadata = metadata
        self.last: Outcome | None = None
        self._store = store
        self._publish = publish
        self._loaded: dict[str, Loaded] = {}
        self._pending: list[Recorded] = []
        self._snapshots: dict[str, tuple[Decider[Any, Any, Any], Loaded]] = {}

    def new_id(self) -> str:
        return str(uuid.uuid4())

    def state(self, decider: Decider[Any, Any, Any], aggregate_id: str) -> Any:
        self._load(decider, [aggregate_id])
        return self._loaded[decider.stream(aggregate_id)].state

    def version(self, decider: Decider[Any, Any, Any], aggregate_id: str) -> int:
        """The stream's version, 0 where it does not exist yet."""
        self._load(decider, [aggregate_id])
        return self._loaded[decider.stream(aggregate_id)].version

    def preload(self, decider: Decider[Any, Any, Any], aggregate_ids: Iterable[str]) -> None:
        """Reads many aggregates with one query, before decisions about them one by one."""
        self._load(decider, list(aggregate_ids))

    def decide(self, decider: Decider[Any, Any, Any], aggregate_id: str, command: Any) -> Outcome:
        """Decides one command. Raises Rejected; nothing of a refused command is kept."""
        self._load(decider, [aggregate_id])
        return self._decide(decider, aggregate_id, command)

    def decide_many(
        self, decider: Decider[Any, Any, Any], commands: Iterable[tuple[str, Any]]
    ) -> list[Outcome | Rejected]:
        """Decides a batch, in order, with one read for all of it; each gets its own outcome or refusal."""
        todo = list(commands)
        self._load(decider, [aggregate_id for aggregate_id, _ in todo])
        outcomes: list[Outcome | Rejected] = []
        for aggregate_id, command in todo:
            try:
                outcomes.append(self._decide(decider, aggregate_id, command))
            except Rejected as refusal:
                outcomes.append(refusal)
        return outcomes

    def flush(self, command: Row | None = None) -> None:
        """Writes what was decided, and the command with its reply. Raises Conflict where another was first."""
        batch, self._pending = self._pending, []
        published = [_outbox_row(recorded, event) for recorded in batch for event in self._publish(recorded)]
        self._store.append(self.conn, batch, published, command)
        for stream, (decider, loaded) in self._snapshots.items():
            self._store.keep_snapshot(self.conn, decider, stream, loaded)
        self._snapshots.clear()

    def _load(self, decider: Decider[Any, Any, Any], ids: list[str]) -> None:
        missing = list(dict.fromkeys(i for i in ids if decider.stream(i) not in self._loaded))
        if missing:
            self._loaded |= self._store.load_many(self.conn, decider, missing)

    def _decide(self, decider: Decider[Any, Any, Any], aggregate_id: str, command: Any) -> Outcome:
        stream = decider.stream(aggregate_id)
        before = self._loaded[stream]
        events = tuple(decider.decide(command, before.state))
        after = Loaded(decider.fold(events, before.state), before.version + len(events))
        for offset, event in enumerate(events, start=1):
            self._pending.append(
                Recorded(stream, before.version + offset, event, self.new_id(), self.now, self.metadata)
            )
        self._loaded[stream] = after
        policy = decider.snapshots
        if policy and before.version // policy.every != after.version // policy.every:
            self._snapshots[stream] = (decider, after)
        self.last = Outcome(stream, after.version, events, after.state)
        return self.last


def _outbox_row(recorded: Recorded, event: PublicEvent) -> dict[str, Any]:
    return {"event_id": str(uuid.uuid4()), "type": event.type, "subject": event.subject,
            "stream": recorded.stream, "version": recorded.version, "time": recorded.recorded_at.isoformat(),
            "data": event.data, "correlation_id": recorded.metadata.correlation_id,
            "causation_id": recorded.event_id}
