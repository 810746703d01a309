"""The event store: append with an expected version, read a stream, snapshots where a stream is long."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from eventkit.decider import Decider
from eventkit.events import EventRegistry, decode_state, encode_state
from eventkit.tables import events, snapshots

# Each stream's snapshot (once, beside its first row) and the events after it. Text, and made once: this runs for
# every command, and building it anew would cost more than the database takes to answer it.
_TAILS = text("""
    SELECT wanted.stream, e.version, e.name, e.schema_version, e.data, s.version AS kept,
           CASE WHEN e.version IS NULL OR e.version = s.version + 1 THEN s.state END AS state
    FROM unnest(CAST(:streams AS text[])) AS wanted(stream)
    LEFT JOIN snapshots s ON s.stream = wanted.stream AND s.state_version = :state_version
    LEFT JOIN events e ON e.stream = wanted.stream AND e.version > coalesce(s.version, 0)
    ORDER BY wanted.stream, e.version
""")

# Events, what is published of them, and the reply of the command they came from: one statement and one round trip,
# for one event as for a thousand.
_APPEND = text("""
    WITH kept AS (
        INSERT INTO commands (command_id, digest, reply)
        SELECT k.command_id, k.digest, k.reply
        FROM json_to_recordset(CAST(:command AS json)) AS k (command_id text, digest text, reply jsonb)
    ), appended AS (
        INSERT INTO events (stream, version, name, schema_version, event_id, data, metadata, recorded_at)
        SELECT * FROM json_to_recordset(CAST(:events AS json)) AS e (
            stream text, version integer, name text, schema_version integer, event_id uuid, data jsonb,
            metadata jsonb, recorded_at timestamptz)
    )
    INSERT INTO outbox (event_id, type, subject, stream, version, time, data, correlation_id, causation_id)
    SELECT o.event_id, o.type, o.subject, o.stream, o.version, o.time, o.data, o.correlation_id, o.causation_id
    FROM ROWS FROM (json_to_recordset(CAST(:published AS json)) AS (
        event_id uuid, type text, subject text, stream text, version integer, time timestamptz, data jsonb,
        correlation_id text, causation_id text)) WITH ORDINALITY AS o (
        event_id, type, subject, stream, version, time, data, correlation_id, causation_id, place)
    ORDER BY o.place
""")

Row = dict[str, Any]


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
        """The states of many aggregates of one kind, with one query, from their snapshots where they have one."""
        streams = [decider.stream(i) for i in ids]
        loaded = {stream: Loaded(decider.initial, 0) for stream in streams}
        policy, shape = decider.snapshots, type(decider.initial)
        values = {"streams": streams, "state_version": policy.state_version if policy else None}
        for row in conn.execute(_TAILS, values):
            if row.state is not None:
                loaded[row.stream] = Loaded(decode_state(row.state, shape), row.kept)
            if row.version is not None:
                event = self.registry.decode(row.name, row.schema_version, row.data)
                loaded[row.stream] = Loaded(decider.evolve(loaded[row.stream].state, event), row.version)
        return loaded

    def append(self, conn: Connection, batch: Sequence[Recorded], published: Sequence[Row] = (),
               command: Row | None = None) -> None:
        """Inserts all or nothing, with the outbox rows of what is published of it, in their order, and the command.

        Raises Conflict where a version is taken or the command is done already. The caller owns the transaction.
        """
        if not batch and not command:
            return
        rows = [self._row(recorded) for recorded in batch]
        values = {"events": rows, "published": list(published), "command": [command] if command else []}
        try:
            conn.execute(_APPEND, {name: json.dumps(value) for name, value in values.items()})
        except IntegrityError as error:
            raise Conflict(batch[0].stream if batch else "command") from error

    def keep_snapshot(self, conn: Connection, decider: Decider[Any, Any, Any], stream: str, loaded: Loaded) -> None:
        assert decider.snapshots is not None
        row = {"stream": stream, "version": loaded.version, "state_version": decider.snapshots.state_version,
               "state": encode_state(loaded.state)}
        statement = insert(snapshots).values(row)
        conn.execute(statement.on_conflict_do_update(index_elements=["stream"], set_=row,
                                                     where=snapshots.c.version < loaded.version))

    def _row(self, recorded: Recorded) -> Row:
        name, version, data = self.registry.encode(recorded.event)
        return {"stream": recorded.stream, "version": recorded.version, "name": name, "schema_version": version,
                "event_id": recorded.event_id, "data": data, "metadata": asdict(recorded.metadata),
                "recorded_at": recorded.recorded_at.isoformat()}

    def _recorded(self, row: Any) -> Recorded:
        event = self.registry.decode(row.name, row.schema_version, row.data)
        return Recorded(row.stream, row.version, event, row.event_id, row.recorded_at, Metadata(**row.metadata))

