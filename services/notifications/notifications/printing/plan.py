"""The first transaction of a batch: it takes the waiting letters and, with them, moves on to a new key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select, update
from sqlalchemy.engine import Row

from eventkit.crypto import Keyring
from eventkit.unit import Unit
from notifications.domain.fate import PATIENCE
from notifications.printing.keys import announce_next, current_key
from notifications.tables import address_book, print_batches, spool


@dataclass(frozen=True)
class Plan:
    """A batch that is begun and not recorded as made: which letters, and where its files go."""

    batch_id: str
    directory: Path
    planned_at: datetime
    letters: tuple[Row[Any], ...] = field(repr=False)
    resumed: bool = False


def plan_batch(unit: Unit, keyring: Keyring, directory: Path, limit: int) -> Plan | None:
    """The batch that a crash left open, or a new one of what waits, oldest first; None when nothing is ready.

    Letters whose addressee is not known yet come along behind them: to be sealed to the new key. So every batch
    settles at least one letter. Notices know where they go, and need no key.
    """
    left = open_batch(unit.conn)
    if left:
        return replace(left, resumed=True)
    if not anything_ready(unit.conn, unit.now):
        return None
    waiting = unit.conn.execute(
        select(spool.c.letter_id, spool.c.print_key_id).where(spool.c.batch_id.is_(None))
        .order_by(_ready(unit.now).desc(), spool.c.queued_at, spool.c.letter_id).limit(limit).with_for_update()).all()
    # Letters that were left over from an earlier batch need no new key: theirs is retired already.
    current = current_key(unit.conn)
    if current is None or any(row.print_key_id == current.print_key_id for row in waiting):
        announce_next(unit, keyring)
    batch_id = unit.new_id()
    unit.conn.execute(print_batches.insert().values(batch_id=batch_id, directory=str(directory), planned_at=unit.now))
    unit.conn.execute(update(spool).where(spool.c.letter_id.in_([row.letter_id for row in waiting]))
                      .values(batch_id=batch_id))
    return open_batch(unit.conn)


def anything_ready(conn: Connection, now: datetime) -> bool:
    """Whether a letter waits that a batch would settle."""
    return bool(conn.execute(select(exists(select(spool.c.letter_id).where(_ready(now))))).scalar_one())


def _ready(now: datetime) -> ColumnElement[bool]:
    known = exists().where(address_book.c.participant_id == spool.c.participant_id)
    return known | (spool.c.queued_at <= now - PATIENCE) | spool.c.pin_sealed.is_(None)


def open_batch(conn: Connection) -> Plan | None:
    row = conn.execute(select(print_batches).where(print_batches.c.made_at.is_(None))
                       .order_by(print_batches.c.planned_at).limit(1)).one_or_none()
    if row is None:
        return None
    letters = conn.execute(select(spool).where(spool.c.batch_id == row.batch_id)
                           .order_by(spool.c.queued_at, spool.c.letter_id)).all()
    return Plan(row.batch_id, Path(row.directory), row.planned_at, tuple(letters))
