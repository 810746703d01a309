"""Writing the current-state tables: an older version never overwrites a newer one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, func
from sqlalchemy.dialects.postgresql import insert


def upsert(conn: Connection, table: Table, key: str, rows: Sequence[dict[str, Any]]) -> None:
    """In order of the key, so that two batches that meet wait for each other and not each for the other."""
    if not rows:
        return
    statement = insert(table)
    fresh = {name: statement.excluded[name] for name in rows[0] if name != key}
    conn.execute(statement.on_conflict_do_update(
        index_elements=[key], set_={**fresh, "updated_at": func.clock_timestamp()},
        where=table.c.version < statement.excluded.version), sorted(rows, key=lambda row: row[key]))
