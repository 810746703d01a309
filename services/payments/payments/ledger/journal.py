"""Writing entries into the journal: one statement for a batch, in the transaction of the events that cause them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from payments.ledger.entries import Cause, JournalEntry

_INSERT = text("""
    WITH wanted AS (
        SELECT * FROM ROWS FROM (json_to_recordset(CAST(:entries AS json)) AS (
            stream text, version integer, part smallint, kind text, effective_on date,
            reversed_stream text, reversed_version integer, reversed_part smallint)) WITH ORDINALITY AS e (
            stream, version, part, kind, effective_on, reversed_stream, reversed_version, reversed_part, place)
    ), entries AS (
        INSERT INTO journal_entries (stream, version, part, kind, effective_on, recorded_at, reverses)
        SELECT w.stream, w.version, w.part, w.kind, w.effective_on, :recorded_at,
               (SELECT r.entry_id FROM journal_entries r  -- by its index, once for each that takes something back
                WHERE (r.stream, r.version, r.part) = (w.reversed_stream, w.reversed_version, w.reversed_part))
        FROM wanted w
        ORDER BY w.place
        RETURNING entry_id, stream, version, part
    )
    INSERT INTO journal_lines (entry_id, line, account, cents)
    SELECT e.entry_id, l.line, l.account, l.cents
    FROM json_to_recordset(CAST(:lines AS json)) AS l (
            stream text, version integer, part smallint, line smallint, account text, cents bigint)
    JOIN entries e USING (stream, version, part)
""")


def write(conn: Connection, entries: Iterable[JournalEntry], recorded_at: datetime) -> None:
    """Adds entries. Raises IntegrityError where an event has its entries already; balance is checked at commit."""
    found = list(entries)
    # an entry may take back one that is written here too, which must then be there first
    for batch in ([e for e in found if e.reverses is None], [e for e in found if e.reverses]):
        if batch:
            conn.execute(_INSERT, {"entries": _entries(batch), "lines": _lines(batch), "recorded_at": recorded_at})


def _entries(entries: Sequence[JournalEntry]) -> str:
    return json.dumps([{**_cause(e.cause), "kind": e.kind, "effective_on": e.effective_on.isoformat(),
                        **(_cause(e.reverses, "reversed_") if e.reverses else {})} for e in entries])


def _lines(entries: Sequence[JournalEntry]) -> str:
    return json.dumps([{**_cause(e.cause), "line": number, "account": line.account, "cents": line.cents}
                       for e in entries for number, line in enumerate(e.lines, start=1)])


def _cause(cause: Cause, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}stream": cause.stream, f"{prefix}version": cause.version, f"{prefix}part": cause.part}
