"""What became of a receipt, step by step, for operators and for whoever answers a customer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from eventkit.decider import Rejected
from eventkit.events import EventRegistry
from eventkit.store import EventStore, Recorded
from payments.domain.receipt import receipt
from payments.ledger.tables import journal_entries, journal_lines

_SHOWN_ELSEWHERE = frozenset({"digest"})


def explain(conn: Connection, registry: EventRegistry, receipt_id: str) -> dict[str, Any]:
    """{"receipt_id", "steps": [{"event", "version", "recorded_at", "data", "entries": [{"kind", "effective_on",
    "lines": [{"account", "cents"}]}]}]}. Raises Rejected `unknown_receipt`."""
    stream = receipt.stream(receipt_id)
    recorded = EventStore(registry).read(conn, stream)
    if not recorded:
        raise Rejected("unknown_receipt")
    entries = _entries(conn, stream)
    return {"receipt_id": receipt_id,
            "steps": [_step(registry, event, entries.get(event.version, [])) for event in recorded]}


def _step(registry: EventRegistry, recorded: Recorded, entries: list[dict[str, Any]]) -> dict[str, Any]:
    name, _, data = registry.encode(recorded.event)
    shown = {key: value for key, value in data.items() if key not in _SHOWN_ELSEWHERE}
    return {"event": name, "version": recorded.version, "recorded_at": recorded.recorded_at.isoformat(),
            "data": shown, "entries": entries}


def _entries(conn: Connection, stream: str) -> dict[int, list[dict[str, Any]]]:
    query = (select(journal_entries, journal_lines.c.account, journal_lines.c.cents)
             .join_from(journal_entries, journal_lines).where(journal_entries.c.stream == stream)
             .order_by(journal_entries.c.version, journal_entries.c.part, journal_lines.c.line))
    found: dict[int, dict[int, dict[str, Any]]] = {}
    for row in conn.execute(query):
        entry = found.setdefault(row.version, {}).setdefault(
            row.part, {"kind": row.kind, "effective_on": row.effective_on.isoformat(), "lines": []})
        entry["lines"].append({"account": row.account, "cents": row.cents})
    return {version: list(parts.values()) for version, parts in found.items()}
