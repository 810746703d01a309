"""The printer's public keys: a temporary PIN is sealed to the newest that is not known to be destroyed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from auth.tables import print_keys
from eventkit.crypto import seal


@dataclass(frozen=True)
class PrintKey:
    print_key_id: str
    public_key: str

    @property
    def address(self) -> str:
        """As `eventkit.crypto.seal` wants it."""
        return f"{self.print_key_id}:{self.public_key}"


def announce(conn: Connection, key: PrintKey, position: int) -> None:
    """Raises ValueError for a key that nothing can be sealed to: better now than with a customer's request."""
    seal(key.address, b"", "announced")
    row = {"print_key_id": key.print_key_id, "public_key": key.public_key, "position": position}
    conn.execute(insert(print_keys).values(row).on_conflict_do_nothing())


def note_destroyed(conn: Connection, print_key_id: str) -> None:
    conn.execute(update(print_keys).where(print_keys.c.print_key_id == print_key_id).values(destroyed=True))


def newest(conn: Connection) -> PrintKey | None:
    row = conn.execute(select(print_keys.c.print_key_id, print_keys.c.public_key)
                       .where(~print_keys.c.destroyed).order_by(print_keys.c.position.desc()).limit(1)).one_or_none()
    return PrintKey(row.print_key_id, row.public_key) if row else None
