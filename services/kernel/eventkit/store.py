"""The event store: append with an expected version, read a stream, snapshots where a stream is long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from eventkit.decider import Decider
from eventkit.events import EventRegistry, decode_state, encode_state
from eventkit.tables import events, snapshots


class Conflict(Exception):
    """Somebody else appended to the stream first; load it again and decide again."""


@dataclass(frozen=True)
class Metadata:
    """Who did it, through what, and because of what. `actor` is an account or a system, never a name."""

    actor: str
    channel: str
    correlation_id: str
    causation_id: str


@dataclass(frozen=True)
class Recorded:
    """An event as it stands in the store; `recorded_at` is UTC."""

    stream: str
    version: int
    event: Any
    event_id: str
    recorded_at: datetime
    metadata: Metadata


@dataclass(frozen=True)
class Loaded:
    """A folded state and the version it stands at (0: the stream does not exist yet)."""

    state: Any
    version: int


class EventStore:
    def __init__(self, registry: EventRegistry) -> None:
        self.registry = registry

    def read(self, conn: Connection, stream: str, after: int = 0) -> list[Recorded]:
        """The stream's events in order, upcast to today's versions."""
        rows = conn.execute(
            select(events).where(events.c.stream == stream, events.c.version > after).order_by(events.c.version)
        )
        return [self._recorded(row) for row in rows]

    def load_many(self, conn: Connection, decider: Decider[Any, Any, Any], ids: Iterable[str]) -> dict[str, Loaded]:
        """The states of many aggregates of one kind, with one query (two where snapshots are kept)."""
        streams = [decider.stream(i) for i in ids]
        loaded = {stream: Loaded(decider.initial, 0) for stream in streams}
        if decider.snapshots:
            loaded |= self._snapshots(conn, decider, streams)
        for row in conn.execute(_tails(loaded)):
            before = loaded[row.stream]
            event = self.registry.decode(row.name, row.schema_version, row.data)
            loaded[row.stream] = Loaded(decider.evolve(before.state, event), row.version)
        return loaded

    def append(self, conn: Connection, batch: Sequence[Recorded]) -> None:
        """Inserts all or nothing; raises Conflict where a version is taken. The caller owns the transaction."""
        if not batch:
            return
        try:
            conn.execute(events.insert(), [self._row(recorded) for recorded in batch])
        except IntegrityError as error:
            raise Conflict(batch[0].stream) from error

    def keep_snapshot(self, conn: Connection, decider: Decider[Any, Any, Any], stream: str, loaded: Loaded) -> None:
        assert decider.snapshots is not None
        row = {"stream": stream, "version": loaded.version, "state_version": decider.snapshots.state_version,
               "state": encode_state(loaded.state)}
        statement = insert(snapshots).values(row)
        conn.execute(statement.on_conflict_do_update(index_elements=["stream"], set_=row,
                                                     where=snapshots.c.version < loaded.version))

    def _snapshots(self, conn: Connection, decider: Decider[Any, Any, Any], streams: list[str]) -> dict[str, Loaded]:
        assert decider.snapshots is not None
        rows = conn.execute(select(snapshots).where(
            snapshots.c.stream.in_(streams), snapshots.c.state_version == decider.snapshots.state_version))
        shape = type(decider.initial)
        return {row.stream: Loaded(decode_state(row.state, shape), row.version) for row in rows}

    def _row(self, recorded: Recorded) -> dict[str, Any]:
        name, version, data = self.registry.encode(recorded.event)
        return {"stream": recorded.stream, "version": recorded.version, "name": name, "schema_version": version,
                "event_id": recorded.event_id, "data": data, "metadata": asdict(recorded.metadata),
                "recorded_at": recorded.recorded_at}

    def _recorded(self, row: Any) -> Recorded:
        event = self.registry.decode(row.name, row.schema_version, row.data)
        return Recorded(row.stream, row.version, event, row.event_id, row.recorded_at, Metadata(**row.metadata))


def _tails(loaded: dict[str, Loaded]) -> Any:
    """All events of these streams after the versions already known."""
    fresh = [stream for stream, known in loaded.items() if known.version == 0]
    condition: ColumnElement[bool] = events.c.stream.in_(fresh)
    for stream, known in loaded.items():
        if known.version:
            condition = condition | and_(events.c.stream == stream, events.c.version > known.version)
    columns = (events.c.stream, events.c.version, events.c.name, events.c.schema_version, events.c.data)
    return select(*columns).where(condition).order_by(events.c.stream, events.c.version)
