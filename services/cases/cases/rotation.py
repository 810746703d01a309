"""Putting personal fields under the keyring's first key; safe to stop and to run again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, or_, select, update

from cases.tables import participants
from eventkit.crypto import Keyring

ENCRYPTED = {"name_enc": "name", "address_enc": "address", "email_enc": "email"}
BATCH = 500


def left(engine: Engine, keyring: Keyring) -> int:
    """How many participants have a field under an older key."""
    with engine.begin() as conn:
        return int(conn.execute(select(func.count()).select_from(participants).where(_older(keyring))).scalar_one())


def rotate(engine: Engine, keyring: Keyring, advance: Callable[[int], object]) -> int:
    """Encrypts those again, a transaction per batch, telling `advance` of each; returns how many they were.

    Events keep the old values and stay readable while the old key is in the ring. Marks stay too: they tell
    contents apart under whatever key they were made with. Raises CannotDecrypt where a key is missing.
    """
    done = 0
    while True:
        with engine.begin() as conn:
            rotated = _batch(conn, keyring)
        if not rotated:
            return done
        done += rotated
        advance(rotated)


def _batch(conn: Connection, keyring: Keyring) -> int:
    columns = [participants.c.participant_id, *(participants.c[name] for name in ENCRYPTED)]
    rows = conn.execute(select(*columns).where(_older(keyring)).order_by(participants.c.participant_id)
                        .limit(BATCH).with_for_update()).mappings().all()
    if rows:
        statement = update(participants).where(participants.c.participant_id == bindparam("who"))
        conn.execute(statement.values({name: bindparam(f"new_{name}") for name in ENCRYPTED}),
                     [_again(keyring, row) for row in rows])
    return len(rows)


def _again(keyring: Keyring, row: Any) -> dict[str, Any]:
    who = row["participant_id"]
    return {"who": who, **{f"new_{name}": row[name] and keyring.rotate(row[name], f"{who}|{field}")
                           for name, field in ENCRYPTED.items()}}


def _older(keyring: Keyring) -> Any:
    return or_(*(func.split_part(participants.c[name], ".", 1) != keyring.current for name in ENCRYPTED))
