"""Putting what is stored encrypted under each keyring's first key; safe to stop and to run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, func, or_, select, update

from cases.domain.profile import PERSONAL
from cases.index import COLUMNS
from cases.tables import appointments, cases, participants
from eventkit.crypto import Keyring

BATCH = 500


@dataclass(frozen=True)
class Stored:
    """Columns of a table, each with the end of its context (`<owner>|<end>`)."""

    table: Table
    key: str
    owner: str
    personal: Mapping[str, str]
    shown: Mapping[str, str]


STORED = (
    Stored(participants, "participant_id", "participant_id",
           personal={COLUMNS[field]: field for field in PERSONAL if field != "ssn"}, shown={"shown_enc": "shown"}),
    Stored(cases, "case_id", "case_id", personal={"dependents_enc": "dependents"},
           shown={"dependents_shown_enc": "dependents"}),
    Stored(appointments, "appointment_id", "participant_id", personal={},
           shown={"place_enc": "appointment", "link_enc": "appointment"}),
)


def left(engine: Engine, personal: Keyring, shown: Keyring) -> int:
    """How many records have a field under an older key."""
    with engine.begin() as conn:
        return sum(int(conn.execute(select(func.count()).select_from(stored.table)
                                    .where(_older(stored, personal, shown))).scalar_one()) for stored in STORED)


def rotate(engine: Engine, personal: Keyring, shown: Keyring, advance: Callable[[int], object]) -> int:
    """Encrypts those again, a transaction per batch, telling `advance` of each; returns how many they were.

    Events keep the old values and stay readable while the old key is in the ring. Marks stay too: they tell
    contents apart under whatever key they were made with. Raises CannotDecrypt where a key is missing.
    """
    return sum(_table(engine, stored, personal, shown, advance) for stored in STORED)


def _table(engine: Engine, stored: Stored, personal: Keyring, shown: Keyring, advance: Callable[[int], object]) -> int:
    done = 0
    while True:
        with engine.begin() as conn:
            rotated = _batch(conn, stored, personal, shown)
        if not rotated:
            return done
        done += rotated
        advance(rotated)


def _batch(conn: Connection, stored: Stored, personal: Keyring, shown: Keyring) -> int:
    table, names = stored.table, (*stored.personal, *stored.shown)
    columns = [table.c[name] for name in dict.fromkeys((stored.key, stored.owner, *names))]
    rows = conn.execute(select(*columns).where(_older(stored, personal, shown)).order_by(table.c[stored.key])
                        .limit(BATCH).with_for_update()).mappings().all()
    if rows:
        statement = update(table).where(table.c[stored.key] == bindparam("which"))
        conn.execute(statement.values({name: bindparam(f"new_{name}") for name in names}),
                     [_again(stored, personal, shown, row) for row in rows])
    return len(rows)


def _again(stored: Stored, personal: Keyring, shown: Keyring, row: Any) -> dict[str, Any]:
    new = {"which": row[stored.key]}
    for keyring, columns in ((personal, stored.personal), (shown, stored.shown)):
        for name, end in columns.items():
            new[f"new_{name}"] = row[name] and keyring.rotate(row[name], f"{row[stored.owner]}|{end}")
    return new


def _older(stored: Stored, personal: Keyring, shown: Keyring) -> Any:
    return or_(*(func.split_part(stored.table.c[name], ".", 1) != keyring.current
                 for keyring, columns in ((personal, stored.personal), (shown, stored.shown)) for name in columns))
