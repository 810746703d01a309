"""What became of a receipt, step by step, for the agency: all of it, with the journal entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select, tuple_

from eventkit.decider import Rejected
from eventkit.events import EventRegistry
from eventkit.store import Recorded
from payments.answers.moment import NOW, Moment, entries_as_of
from payments.answers.receipts import known
from payments.domain.account.account import account
from payments.domain.receipt import CollectionDistributed, CollectionReversed, DistributionUndone, receipt
from payments.ledger.tables import journal_entries, journal_lines

_SHOWN_ELSEWHERE = frozenset({"digest"})
Place = tuple[str, int]
Entries = Mapping[Place, Sequence[dict[str, Any]]]


def explain(conn: Connection, registry: EventRegistry, receipt_id: str, moment: Moment = NOW) -> dict[str, Any]:
    """{"receipt_id", "steps": [{"event", "version", "recorded_at", "data", "entries": [{"kind", "effective_on",
    "lines": [{"account", "cents"}]}]}]}. The entries are those of the receipt's events, of the credits they gave to
    cases, and of what took these back. Raises Rejected `unknown_receipt`."""
    recorded = known(conn, [receipt_id], moment).get(receipt_id)
    if not recorded:
        raise Rejected("unknown_receipt")
    credits = {one.version: _credits(one) for one in recorded}
    entries, reversals = _entries(conn, receipt.stream(receipt_id), [p for found in credits.values() for p in found],
                                  moment)
    steps = []
    for one in recorded:
        of_cases = [entry for place in credits[one.version] for entry in entries.get(place, ())]
        of_cases += [entry for place in _taken_back(one, credits) for entry in reversals.get(place, ())]
        steps.append(_step(registry, one, [*entries.get((one.stream, one.version), ()), *of_cases]))
    return {"receipt_id": receipt_id, "steps": steps}


def _step(registry: EventRegistry, recorded: Recorded, entries: list[dict[str, Any]]) -> dict[str, Any]:
    name, _, data = registry.encode(recorded.event)
    shown = {key: value for key, value in data.items() if key not in _SHOWN_ELSEWHERE}
    return {"event": name, "version": recorded.version, "recorded_at": recorded.recorded_at.isoformat(),
            "data": shown, "entries": entries}


def _credits(recorded: Recorded) -> list[Place]:
    """Where the credits are that a distribution gave to cases."""
    if not isinstance(recorded.event, CollectionDistributed):
        return []
    return [(account.stream(ref.case_id), ref.version) for ref in recorded.event.credits]


def _taken_back(recorded: Recorded, credits: Mapping[int, list[Place]]) -> list[Place]:
    if not isinstance(recorded.event, CollectionReversed | DistributionUndone):
        return []
    return [place for version in recorded.event.undoes for place in credits.get(version, ())]


def _entries(conn: Connection, stream: str, places: Sequence[Place], moment: Moment) -> tuple[Entries, Entries]:
    """By their event; and those that take back an entry of these places, by the place."""
    at = tuple_(journal_entries.c.stream, journal_entries.c.version).in_(places)
    credited = select(journal_entries.c.entry_id).where(at)
    query = (select(journal_entries, journal_lines.c.account, journal_lines.c.cents)
             .join_from(journal_entries, journal_lines)
             .where(or_(journal_entries.c.stream == stream, at, journal_entries.c.reverses.in_(credited)))
             .order_by(journal_entries.c.entry_id, journal_lines.c.line))
    rows = list(conn.execute(entries_as_of(query, moment)))
    place_of = {row.entry_id: (row.stream, row.version) for row in rows}
    entries = _grouped(rows)
    reversals: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for row in {row.entry_id: row for row in rows if row.reverses in place_of}.values():
        reversals[place_of[row.reverses]] += entries[row.stream, row.version]
    return entries, reversals


def _grouped(rows: Iterable[Any]) -> dict[Place, list[dict[str, Any]]]:
    found: dict[int, dict[str, Any]] = {}
    places: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.entry_id not in found:
            found[row.entry_id] = {"kind": row.kind, "effective_on": row.effective_on.isoformat(), "lines": []}
            places[row.stream, row.version].append(found[row.entry_id])
        found[row.entry_id]["lines"].append({"account": row.account, "cents": row.cents})
    return places
