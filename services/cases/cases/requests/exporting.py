"""Requests for the agency's other systems, as CSV or NDJSON: each that changed after a position, as it stands now.

Positions are given after commit and have no gap, so whoever goes on where the last export ended misses nothing.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from cases.requests.index import LISTED, is_overdue
from cases.requests.tables import requests
from eventkit.tables import outbox

TYPE = "cases.request_changed.v1"
COLUMNS = ("position", "confirmation", "kind", "status", "participant_id", "case_id", "appointment_id",
           "safety_concern", "received_at", "due_on", "overdue", "taken_by", "answer", "answered_on")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|")

Record = dict[str, Any]


def changed(conn: Connection, since: int, limit: int, today: Any) -> list[Record]:
    """The next `limit` at most, in the order of their last change; `position` is where to go on."""
    last = (select(outbox.c.subject, func.max(outbox.c.position).label("position"))
            .where(outbox.c.type == bindparam("kind", TYPE, literal_execute=True), outbox.c.position > since)
            .group_by(outbox.c.subject).order_by("position").limit(limit).subquery())
    query = (select(last.c.position, *LISTED).join(requests, requests.c.confirmation == last.c.subject)
             .order_by(last.c.position))
    return [{**row._mapping, "overdue": is_overdue(row, today)} for row in conn.execute(query)]


def csv_lines(with_content: bool) -> Callable[[Record], str]:
    """One line of a record, its cells safe: none is a formula to a spreadsheet."""
    columns = _columns(with_content)

    def line(record: Record) -> str:
        return _csv([_cell(record[column]) for column in columns])

    return line


def csv_header(with_content: bool) -> str:
    return _csv(list(_columns(with_content)))


def ndjson_line(record: Record) -> str:
    plain = {name: value if isinstance(value, dict | bool | int | None) else str(_plain(value))
             for name, value in record.items()}
    return json.dumps(plain, ensure_ascii=False) + "\n"


def pages(page: Callable[[int], list[Record]], since: int) -> Iterator[list[Record]]:
    """One after the other, until there is nothing new."""
    while records := page(since):
        yield records
        since = records[-1]["position"]


def _columns(with_content: bool) -> tuple[str, ...]:
    return (*COLUMNS, "content") if with_content else COLUMNS


def _csv(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(_plain(value))
    return f"'{text}" if text.startswith(_RISKY) else text


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else value
