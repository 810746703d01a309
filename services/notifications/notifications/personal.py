"""Values encrypted by the keyring: opened, and put under its newest key; safe to stop and to run again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Table, func, or_, select, update

from eventkit.crypto import Keyring
from notifications.tables import address_book, outgoing_mail, print_keys, spool

# Where personal values are kept: the table's key, and what each column is of the participant.
KEPT: tuple[tuple[Table, str, dict[str, str]], ...] = (
    (address_book, "participant_id", {"name_enc": "name", "address_enc": "address", "email_enc": "email"}),
    (outgoing_mail, "mail_id", {"email_enc": "email"}),
    (spool, "letter_id", {"name_enc": "name", "address_enc": "address"}),
)
BATCH = 500


class KeyMissing(RuntimeError):
    """PERSONAL_KEYS lacks a key that values are encrypted with: nobody's letter may be refused for that."""


def decrypt(keyring: Keyring, value: str, context: str) -> str:
    """Raises CannotDecrypt for a value that does not belong here, KeyMissing (which names the key) for a lost key."""
    key_id = value.partition(".")[0]
    if key_id not in keyring.keys:
        raise KeyMissing(key_id)
    text: str = keyring.decrypt(value, context).decode()
    return text


def private_context(print_key_id: str) -> str:
    return f"{print_key_id}|private"


def rotate(engine: Engine, keyring: Keyring) -> int:
    """Encrypts what is under older keys again, a transaction per batch; returns how many rows that were.

    Raises KeyMissing, or CannotDecrypt.
    """
    with engine.begin() as conn:
        _rotate_print_keys(conn, keyring)
    done = 0
    for table, key, columns in KEPT:
        while rotated := _rotate_batch(engine, keyring, table, key, columns):
            done += rotated
    return done


def _rotate_print_keys(conn: Connection, keyring: Keyring) -> None:
    older = select(print_keys).where(_older(print_keys.c.private_enc, keyring))
    for row in conn.execute(older.order_by(print_keys.c.print_key_id).with_for_update()).all():
        again = _again(keyring, row.private_enc, private_context(row.print_key_id))
        conn.execute(update(print_keys).where(print_keys.c.print_key_id == row.print_key_id)
                     .values(private_enc=again))


def _rotate_batch(engine: Engine, keyring: Keyring, table: Table, key: str, columns: dict[str, str]) -> int:
    older = or_(*(_older(table.c[column], keyring) for column in columns))
    with engine.begin() as conn:
        query = select(table).where(older).order_by(table.c[key]).limit(BATCH).with_for_update()
        rows = conn.execute(query).mappings().all()
        for row in rows:
            values = {column: row[column] and _again(keyring, row[column], f"{row['participant_id']}|{field}")
                      for column, field in columns.items()}
            conn.execute(update(table).where(table.c[key] == row[key]).values(values))
    return len(rows)


def _again(keyring: Keyring, value: str, context: str) -> str:
    return keyring.encrypt(decrypt(keyring, value, context).encode(), context)


def _older(column: Any, keyring: Keyring) -> Any:
    return func.split_part(column, ".", 1) != keyring.current
