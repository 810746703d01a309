"""The journal is the fold of events, entry by entry; and so are the worklists. In constant memory, stream by stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from eventkit.decider import Decider
from eventkit.events import EventRegistry
from payments.domain.account.account import account
from payments.ledger.checks import LISTED, Check, listed
from payments.ledger.checks_worklists import WorklistCheck
from payments.ledger.entries import JournalEntry
from payments.ledger.postings import entries_of

# Each event with the entries the journal has of it, as [[part, kind, day, [account, cents, account, cents ...]] ...].
_EVENTS = text("""
    SELECT v.stream, v.version, v.name, v.schema_version, v.data, j.entries
    FROM events v LEFT JOIN (
        SELECT e.stream, e.version,
               json_agg(json_build_array(e.part, e.kind, e.effective_on, l.lines) ORDER BY e.part) AS entries
        FROM journal_entries e JOIN (
            SELECT entry_id, json_agg(json_build_array(account, cents) ORDER BY account) AS lines
            FROM journal_lines GROUP BY entry_id) AS l USING (entry_id)
        GROUP BY e.stream, e.version) AS j ON (j.stream, j.version) = (v.stream, v.version)
    ORDER BY v.stream, v.version
""")


def fold_checks(conn: Connection, registry: EventRegistry, deciders: Mapping[str, Decider[Any, Any, Any]]
                ) -> list[Check]:
    """Posts every event anew, in memory."""
    worklists, count = WorklistCheck(conn), 0
    wrong: list[str] = []
    for stream, told in _differences(conn, registry, {**deciders, account.name: account}, worklists):
        count += 1
        if len(wrong) < LISTED:
            wrong.append(f"{stream}: {told}")
    return [Check("the journal is the fold of events", listed(wrong, count)), *worklists.finish()]


def _differences(conn: Connection, registry: EventRegistry, deciders: Mapping[str, Decider[Any, Any, Any]],
                 worklists: WorklistCheck) -> Iterator[tuple[str, str]]:
    """Of deciders given, the state is folded too: entries of receipts and disbursements need it, and worklists do."""
    rows = conn.execution_options(yield_per=2000).execute(_EVENTS)
    for stream, group in groupby(rows, key=lambda row: str(row.stream)):
        decider = deciders.get(stream.partition("-")[0])
        state = decider.initial if decider else None
        for row in group:
            event = registry.decode(row.name, row.schema_version, row.data)
            state = decider.evolve(state, event) if decider else None
            found = [_plain(entry) for entry in entries_of(state, [event], stream, row.version)]
            if found != (row.entries or []):
                yield stream, f"event {row.version} makes {_told(found)}, the journal has {_told(row.entries or [])}"
        worklists.add(stream, state)


def _plain(entry: JournalEntry) -> list[Any]:
    return [entry.cause.part, entry.kind, entry.effective_on.isoformat(),
            sorted([line.account, line.cents] for line in entry.lines)]


def _told(entries: list[Any]) -> str:
    """Only the amounts: enough to look it up."""
    return ", ".join(f"{kind} of {day}: {' '.join(str(cents) for _, cents in lines)}"
                     for _, kind, day, lines in entries) or "nothing"
