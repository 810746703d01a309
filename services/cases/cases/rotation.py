"""Putting what is stored encrypted under each keyring's first key; safe to stop and to run again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, func, or_, select, update

from cases.domain.profile import PERSONAL
from cases.index import COLUMNS
from cases.requests.tables import requests
from cases.tables import appointments, cases, participants
from eventkit.crypto import Keyring

BATCH = 500


@dataclass(frozen=True)
class Rings:
    """PERSONAL_KEYS, SHOWN_KEYS and REPORT_KEYS."""

    personal: Keyring
    shown: Keyring
    reports: Keyring


@dataclass(frozen=True)
class Field:
    """A column, the ring it is under, and its context: `<owner>|<end>`."""

    column: str
    ring: str
    owner: str
    end: str


@dataclass(frozen=True)
class Stored:
    table: Table
    key: str
    fields: tuple[Field, ...]


STORED = (
    Stored(participants, "participant_id", (
        *(Field(COLUMNS[field], "personal", "participant_id", field) for field in PERSONAL if field != "ssn"),
        Field("shown_enc", "shown", "participant_id", "shown"))),
    Stored(cases, "case_id", (Field("dependents_enc", "personal", "case_id", "dependents"),
                              Field("dependents_shown_enc", "shown", "case_id", "dependents"))),
    Stored(appointments, "appointment_id", (Field("place_enc", "shown", "participant_id", "appointment"),
                                            Field("link_enc", "shown", "participant_id", "appointment"))),
    Stored(requests, "confirmation", (Field("content_enc", "reports", "confirmation", "content"),
                                      Field("message_enc", "shown", "participant_id", "answer"))),
)


def left(engine: Engine, rings: Rings) -> int:
    """How many records have a field under an older key."""
    with engine.begin() as conn:
        return sum(int(conn.execute(select(func.count()).select_from(stored.table)
                                    .where(_older(stored, rings))).scalar_one()) for stored in STORED)


def rotate(engine: Engine, rings: Rings, advance: Callable[[int], object]) -> int:
    """Encrypts those again, a transaction per batch, telling `advance` of each; returns how many they were.

    Events keep the old values and stay readable while the old key is in the ring. Marks stay too: they tell
    contents apart under whatever key they were made with. Raises CannotDecrypt where a key is missing.
    """
    return sum(_table(engine, stored, rings, advance) for stored in STORED)


def _table(engine: Engine, stored: Stored, rings: Rings, advance: Callable[[int], object]) -> int:
    done = 0
    while True:
        with engine.begin() as conn:
            rotated = _batch(conn, stored, rings)
        if not rotated:
            return done
        done += rotated
        advance(rotated)


def _batch(conn: Connection, stored: Stored, rings: Rings) -> int:
    table = stored.table
    names = dict.fromkeys([stored.key, *(name for field in stored.fields for name in (field.owner, field.column))])
    rows = conn.execute(select(*(table.c[name] for name in names)).where(_older(stored, rings))
                        .order_by(table.c[stored.key]).limit(BATCH).with_for_update()).mappings().all()
    if rows:
        statement = update(table).where(table.c[stored.key] == bindparam("which"))
        conn.execute(statement.values({field.column: bindparam(f"new_{field.column}") for field in stored.fields}),
                     [_again(stored, rings, row) for row in rows])
    return len(rows)


def _again(stored: Stored, rings: Rings, row: Any) -> dict[str, Any]:
    return {"which": row[stored.key], **{
        f"new_{field.column}": row[field.column] and _ring(rings, field).rotate(
            row[field.column], f"{row[field.owner]}|{field.end}") for field in stored.fields}}


def _older(stored: Stored, rings: Rings) -> Any:
    return or_(*(func.split_part(stored.table.c[field.column], ".", 1) != _ring(rings, field).current
                 for field in stored.fields))


def _ring(rings: Rings, field: Field) -> Keyring:
    ring: Keyring = getattr(rings, field.ring)
    return ring
