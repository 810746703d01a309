"""Rebuilding a read model beside the live one, which serves on; then both are compared and swapped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, MetaData, Table, TextClause, delete, select, text

from eventkit.public import Envelope
from eventkit.source import PAGE, EventSource
from eventkit.subscription import (
    Checkpoint,
    GapNotFilled,
    Subscription,
    check_gapless,
    lock_checkpoint,
    move_checkpoint,
    read_checkpoint,
)
from eventkit.tables import checkpoints, grant, parked

Progress = Callable[[str, int, int], None]  # publisher, position reached, last position


@dataclass(frozen=True)
class ReadModel:
    """Tables of one PostgreSQL schema, written only by its subscriptions and only through Core tables.

    (Core, not text SQL: a rebuild runs the same code against the schema `<name>_next`.)
    """

    name: str
    metadata: MetaData
    subscriptions: Sequence[Subscription]
    rights: str = "SELECT, INSERT, UPDATE, DELETE"

    @property
    def next(self) -> str:
        return f"{self.name}_next"


@dataclass(frozen=True)
class RebuildReport:
    events: int
    live_hash: str
    rebuilt_hash: str

    @property
    def equal(self) -> bool:
        return self.live_hash == self.rebuilt_hash


def create(conn: Connection, model: ReadModel, app_role: str, schema: str | None = None) -> None:
    """Makes the model's schema and tables (first migration, or the `_next` of a rebuild)."""
    schema = schema or model.name
    role = conn.dialect.identifier_preparer.quote(app_role)
    conn.execute(text(f"CREATE SCHEMA {schema}"))
    conn.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))
    model.metadata.create_all(_in_schema(conn, model, schema))
    for table in model.metadata.sorted_tables:
        grant(conn, model.rights, f"{schema}.{table.name}", app_role)


def rebuild(owner: Engine, model: ReadModel, source: EventSource, app_role: str,
            progress: Progress = lambda *_: None, swap: bool = True) -> RebuildReport:
    """Builds `<name>_next` from the publishers' outboxes, compares it with the live one, and swaps them.

    Interrupted at any point, it is simply run again. While the last events are applied and the schemas are
    renamed, the live subscriptions wait (their checkpoints are locked), so both are compared at the same place.
    """
    with owner.begin() as conn:
        _drop_next(conn, model)
        create(conn, model, app_role, model.next)
    aside: dict[str, set[int]] = {sub.publisher: set() for sub in model.subscriptions}
    events = sum(_catch_up(owner, model, sub, source, progress, aside[sub.publisher]) for sub in model.subscriptions)
    with owner.begin() as conn:
        places = {sub.publisher: lock_checkpoint(conn, sub.name, sub.publisher) for sub in model.subscriptions}
        for sub in model.subscriptions:
            _apply_retried(conn, model, sub, aside[sub.publisher])
            while applied := _next_page(conn, model, sub, source, places[sub.publisher], aside[sub.publisher]):
                events += applied
        live, rebuilt = fingerprint(conn, model), fingerprint(conn, model, model.next)
        if swap:
            _swap(conn, model)
    return RebuildReport(events, live, rebuilt)


def fingerprint(conn: Connection, model: ReadModel, schema: str | None = None) -> str:
    """SHA-256 over every row of every table, in key order: equal hashes mean equal models, byte for byte."""
    digest = hashlib.sha256()
    for table in model.metadata.sorted_tables:
        digest.update(f"[{table.name}]".encode())
        rows = _rows(table, schema or model.name).execution_options(yield_per=5000)
        for line in conn.execute(rows).scalars():
            digest.update(line.encode())
    return digest.hexdigest()


def _rows(table: Table, schema: str) -> TextClause:
    keys = ", ".join(f't."{column.name}"' for column in table.primary_key)
    return text(f'SELECT row_to_json(t)::text FROM "{schema}"."{table.name}" t ORDER BY {keys}')  # noqa: S608


def _in_schema(conn: Connection, model: ReadModel, schema: str) -> Connection:
    return conn.execution_options(schema_translate_map={model.name: schema})


def _next_name(sub: Subscription) -> str:
    return f"{sub.name}@next"


def _catch_up(owner: Engine, model: ReadModel, sub: Subscription, source: EventSource, progress: Progress,
              aside: set[int]) -> int:
    """To where the live model stands now, a page a transaction."""
    with owner.begin() as conn:
        place = read_checkpoint(conn, sub.name, sub.publisher).position
    done = 0
    while True:
        with owner.begin() as conn:
            applied = _next_page(conn, model, sub, source, place, aside)
        if not applied:
            return done
        done += applied
        progress(sub.publisher, done, place)


def _next_page(conn: Connection, model: ReadModel, sub: Subscription, source: EventSource, place: int,
               aside: set[int]) -> int:
    """Applies the next page up to `place`, less what is parked or given up in the live model (kept in `aside`)."""
    position = read_checkpoint(conn, _next_name(sub), sub.publisher).position
    if position >= place:
        return 0
    page = source.events_after(sub.publisher, position, min(PAGE, place - position))
    if not page:
        raise GapNotFilled(position + 1)
    check_gapless(position, page)
    move_checkpoint(conn, _next_name(sub), sub.publisher, position, Checkpoint(page[-1].position, None))
    left_out = _set_aside(conn, sub, position, page[-1].position)
    _apply_retried(conn, model, sub, aside)  # read after what is set aside: an aggregate's earlier events come first
    aside |= left_out
    sub.apply(_in_schema(conn, model, model.next), [event for event in page if event.position not in left_out])
    return len(page)


def _apply_retried(conn: Connection, model: ReadModel, sub: Subscription, aside: set[int]) -> None:
    """What was set aside here and has been applied to the live model since, by an operator."""
    query = select(parked.c.position, parked.c.envelope).where(
        parked.c.subscription == sub.name, parked.c.publisher == sub.publisher, parked.c.state == "applied",
        parked.c.position.in_(aside)).order_by(parked.c.position)
    retried = conn.execute(query).all() if aside else []
    aside.difference_update(row.position for row in retried)
    if retried:
        sub.apply(_in_schema(conn, model, model.next), [Envelope.from_dict(row.envelope) for row in retried])


def _set_aside(conn: Connection, sub: Subscription, after: int, up_to: int) -> set[int]:
    query = select(parked.c.position).where(
        parked.c.subscription == sub.name, parked.c.publisher == sub.publisher, parked.c.state != "applied",
        parked.c.position > after, parked.c.position <= up_to)
    return set(conn.execute(query).scalars())


def _swap(conn: Connection, model: ReadModel) -> None:
    """The new schema takes the old one's name; the live checkpoints stand where it stands, and stay."""
    _forget_next_checkpoints(conn, model)
    conn.execute(text(f"DROP SCHEMA {model.name} CASCADE"))
    conn.execute(text(f"ALTER SCHEMA {model.next} RENAME TO {model.name}"))


def _drop_next(conn: Connection, model: ReadModel) -> None:
    conn.execute(text(f"DROP SCHEMA IF EXISTS {model.next} CASCADE"))
    _forget_next_checkpoints(conn, model)


def _forget_next_checkpoints(conn: Connection, model: ReadModel) -> None:
    names = [_next_name(sub) for sub in model.subscriptions]
    conn.execute(delete(checkpoints).where(checkpoints.c.subscription.in_(names)))
