"""Folding a batch of events into rows: read what the batch touches, change it in memory, write it back, once a table.

Rows are JSON-ready dicts, as the data of events is; PostgreSQL makes dates of the texts. One statement writes any
number of rows, so a rebuild is as fast as the database takes rows, not as fast as it takes statements.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert

from eventkit.public import Envelope

Row = Mapping[str, Any]
Begin = Callable[[Envelope], Row]
Change = Callable[[Row, Envelope], Row]


class UnknownSubject(Exception):
    """An event changes something that no earlier event began; its text names the type of the event only."""


class Projection(Protocol):
    """Rows of one table out of events of one publisher."""

    @property
    def types(self) -> frozenset[str]: ...

    def apply(self, conn: Connection, events: Sequence[Envelope]) -> None: ...


@dataclass(frozen=True)
class OneRow:
    """Each subject has one row: some events begin it, others change it. `key` is a field of the data of both."""

    table: Table
    key: str
    begins: Mapping[str, Begin]
    changes: Mapping[str, Change] = field(default_factory=dict)

    @property
    def types(self) -> frozenset[str]:
        return frozenset({*self.begins, *self.changes})

    def apply(self, conn: Connection, events: Sequence[Envelope]) -> None:
        rows = self._known(conn, events)
        for event in events:
            subject = event.data[self.key]
            if begin := self.begins.get(event.type):
                rows[subject] = {**begin(event), "version": event.version}
            elif subject in rows:
                rows[subject] = {**rows[subject], **self.changes[event.type](rows[subject], event),
                                 "version": event.version}
            else:
                raise UnknownSubject(event.type)
        write(conn, self.table, rows.values())

    def _known(self, conn: Connection, events: Sequence[Envelope]) -> dict[str, Row]:
        """Rows that the batch changes but does not begin."""
        begun: set[str] = set()
        wanted: set[str] = set()
        for event in events:
            subject = event.data[self.key]
            if event.type in self.begins:
                begun.add(subject)
            elif subject not in begun:
                wanted.add(subject)
        if not wanted:
            return {}
        (key,) = self.table.primary_key
        found = conn.execute(select(self.table).where(one_of(key)), {"subjects": sorted(wanted)})
        return {row[key.name]: dict(row) for row in found.mappings()}


@dataclass(frozen=True)
class ManyRows:
    """Each event tells the whole of its subject, as any number of rows: the last word replaces all before it."""

    table: Table
    key: str
    rows: Mapping[str, Callable[[Envelope], Sequence[Row]]]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.rows)

    def apply(self, conn: Connection, events: Sequence[Envelope]) -> None:
        latest = {event.data[self.key]: event for event in events}
        if not latest:
            return
        conn.execute(delete(self.table).where(one_of(self.table.c[self.key])), {"subjects": sorted(latest)})
        write(conn, self.table, [{**row, "version": event.version} for event in latest.values()
                                 for row in self.rows[event.type](event)])


def one_of(key: ColumnElement[str]) -> ColumnElement[bool]:
    """One of those that the parameter `subjects` holds."""
    return key == func.any(bindparam("subjects", type_=ARRAY(Text)))


def write(conn: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Inserts or replaces whole rows, in one statement."""
    values = list(rows)
    if values:
        conn.execute(_upsert(table), {"rows": json.dumps(values, default=str)})


@cache
def _upsert(table: Table) -> Insert:
    new = new_rows(table)
    changed = {c.name: new.excluded[c.name] for c in table.columns if not c.primary_key}
    return new.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


def new_rows(table: Table) -> Insert:
    """An insert of all rows that the parameter `rows` holds, as JSON."""
    return insert(table).from_select([c.name for c in table.columns], records("rows", table.columns))


def records(parameter: str, columns: Iterable[Column[Any]]) -> Select[Any]:
    """What a parameter holds as a JSON list of objects, as rows of those columns."""
    shape = [column(c.name, c.type) for c in columns]
    found = func.json_to_recordset(cast(bindparam(parameter, type_=Text), JSON)).table_valued(*shape)
    return select(*found.render_derived(name="r", with_types=True).c)
