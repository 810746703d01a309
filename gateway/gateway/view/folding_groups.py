"""Folding where a subject has several rows: rows that change together, rows that replace their like, and sums."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Table, delete, select, tuple_
from sqlalchemy.dialects.postgresql import Insert

from eventkit.public import Envelope
from gateway.view.folding import Row, new_rows, one_of, records, write

Group = Mapping[str, Row]
"""The rows of one subject, by what tells them apart."""


@dataclass(frozen=True)
class Groups:
    """A subject's rows change together: each event makes new ones of those before. `key` names the subject, `part`
    tells its rows apart; both together are the table's key."""

    table: Table
    key: str
    part: str
    changes: Mapping[str, Callable[[Group, Envelope], Group]]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.changes)

    def apply(self, conn: Connection, events: Sequence[Envelope]) -> None:
        subjects = sorted({event.data[self.key] for event in events})
        before = self._known(conn, subjects)
        groups: dict[str, Group] = {subject: before.get(subject, {}) for subject in subjects}
        for event in events:
            subject = event.data[self.key]
            rows = self.changes[event.type](groups[subject], event)
            groups[subject] = {part: row if row is groups[subject].get(part) else {**row, "version": event.version}
                               for part, row in rows.items()}
        if emptied := [subject for subject, rows in before.items() if set(rows) - set(groups[subject])]:
            conn.execute(delete(self.table).where(one_of(self.table.c[self.key])), {"subjects": emptied})
        write(conn, self.table, [row for group in groups.values() for row in group.values()])

    def _known(self, conn: Connection, subjects: Sequence[str]) -> dict[str, dict[str, Row]]:
        query = select(self.table).where(one_of(self.table.c[self.key]))
        found: dict[str, dict[str, Row]] = {}
        for row in conn.execute(query, {"subjects": subjects}).mappings():
            found.setdefault(row[self.key], {})[row[self.part]] = dict(row)
        return found


@dataclass(frozen=True)
class Latest:
    """Each event tells one whole row; the last word on a key counts."""

    table: Table
    row: Mapping[str, Callable[[Envelope], Row]]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.row)

    def apply(self, conn: Connection, events: Sequence[Envelope]) -> None:
        rows = [self.row[event.type](event) for event in events]
        keys = [column.name for column in self.table.primary_key]
        write(conn, self.table, {tuple(row[key] for key in keys): row for row in rows}.values())


@dataclass(frozen=True)
class Whole:
    """Each event tells the whole of its subject, which several fields name together (`keys`), as any number of rows:
    the last word replaces all before it."""

    table: Table
    keys: tuple[str, ...]
    rows: Mapping[str, Callable[[Envelope], Sequence[Row]]]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.rows)

    def apply(self, conn: Connection, events: Sequence[Envelope]) -> None:
        latest = {tuple(event.data[key] for key in self.keys): event for event in events}
        conn.execute(_deletion(self.table, self.keys), {
            "subjects": json.dumps([dict(zip(self.keys, subject, strict=True)) for subject in latest])})
        write(conn, self.table, [{**row, "version": event.version} for event in latest.values()
                                 for row in self.rows[event.type](event)])


@dataclass(frozen=True)
class Sums:
    """Each event adds to rows; what comes to nothing is no row. `key` names the subject, `cents` what is added up."""

    table: Table
    key: str
    cents: str
    changes: Mapping[str, Callable[[Envelope], Sequence[Row]]]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.changes)

    def apply(self, conn: Connection, events: Sequence[Envelope]) -> None:
        keys = [column.name for column in self.table.primary_key]
        sums: Counter[tuple[Any, ...]] = Counter()
        for event in events:
            for row in self.changes[event.type](event):
                sums[tuple(row[key] for key in keys)] += row[self.cents]
        rows = [dict(zip((*keys, self.cents), (*key, cents), strict=True)) for key, cents in sums.items() if cents]
        if rows:
            conn.execute(_addition(self.table, self.cents), {"rows": json.dumps(rows, default=str)})
            conn.execute(delete(self.table).where(self.table.c[self.cents] == 0, one_of(self.table.c[self.key])),
                         {"subjects": sorted({row[self.key] for row in rows})})


@cache
def _deletion(table: Table, keys: tuple[str, ...]) -> Delete:
    """Of the subjects that the parameter holds, as JSON."""
    columns = [table.c[key] for key in keys]
    return delete(table).where(tuple_(*columns).in_(records("subjects", columns)))


@cache
def _addition(table: Table, cents: str) -> Insert:
    new = new_rows(table)
    return new.on_conflict_do_update(index_elements=list(table.primary_key),
                                     set_={cents: table.c[cents] + new.excluded[cents]})
