"""Proof that the books are right: every entry balances, the accounts agree, and the journal is the fold of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, text

from eventkit.decider import Decider
from eventkit.events import EventRegistry
from eventkit.tables import events
from payments.ledger.balances import balances
from payments.ledger.postings import entries_of


@dataclass(frozen=True)
class Check:
    """`differences` says in words what does not agree; nothing where all does."""

    name: str
    differences: tuple[str, ...]


_LISTED = 10

# Each query gives rows of what is wrong, as one text column.
_QUERIES = {
    "every entry balances": """
        SELECT format('entry %s: %s lines, %s cents over', e.entry_id, count(l.line), coalesce(sum(l.cents), 0))
        FROM journal_entries e LEFT JOIN journal_lines l USING (entry_id)
        GROUP BY e.entry_id HAVING coalesce(sum(l.cents), 0) <> 0 OR count(l.line) < 2 ORDER BY e.entry_id""",
    "a reversal mirrors what it reverses": """
        SELECT format('entry %s: %s by %s', r.entry_id, account, sum(l.cents))
        FROM journal_entries r JOIN journal_lines l ON l.entry_id IN (r.entry_id, r.reverses)
        WHERE r.reverses IS NOT NULL
        GROUP BY r.entry_id, account HAVING sum(l.cents) <> 0 ORDER BY r.entry_id""",
    "what payors owe is what will be owned": """
        SELECT format('case %s: %s cents', of_case, sum(cents)) FROM (
            SELECT split_part(account, ':', 3) AS of_case, cents FROM journal_lines WHERE account LIKE 'A:RECV_NCP:%'
            UNION ALL
            SELECT split_part(account, ':', 4), cents FROM journal_lines WHERE account LIKE 'L:OWED_TO:%') AS both_sides
        GROUP BY of_case HAVING sum(cents) <> 0 ORDER BY of_case""",
    "cash is what is unidentified, undistributed, payable, refundable or kept, less what families must give back": """
        SELECT format('%s cents', sum(cents)) FROM journal_lines
        WHERE account NOT LIKE 'A:RECV_NCP:%' AND account NOT LIKE 'L:OWED_TO:%' HAVING sum(cents) <> 0""",
    "collections received are debits of cash": """
        SELECT format('events %s, journal %s', e.cents, j.cents)
        FROM (SELECT coalesce(sum((data->>'amount_cents')::bigint), 0) AS cents FROM events
              WHERE name = 'CollectionReceived') e,
             (SELECT coalesce(sum(cents), 0) AS cents FROM journal_lines JOIN journal_entries USING (entry_id)
              WHERE kind = 'collection_received' AND account = 'A:SDU_CASH') j
        WHERE e.cents <> j.cents""",
    "disbursements issued are credits of cash": """
        SELECT format('events %s, journal %s', e.cents, j.cents)
        FROM (SELECT coalesce(sum((data->>'amount_cents')::bigint), 0) AS cents FROM events
              WHERE name = 'DisbursementIssued') e,
             (SELECT coalesce(-sum(cents), 0) AS cents FROM journal_lines JOIN journal_entries USING (entry_id)
              WHERE kind = 'disbursement_issued' AND account = 'A:SDU_CASH') j
        WHERE e.cents <> j.cents""",
}


def verify(conn: Connection, registry: EventRegistry, deciders: tuple[Decider[Any, Any, Any], ...]) -> list[Check]:
    """All checks, on one state of the database: give a REPEATABLE READ connection while others write."""
    checks = [Check(name, _rows(conn, query)) for name, query in _QUERIES.items()]
    return [*checks, _fold_check(conn, registry, deciders)]


def _rows(conn: Connection, query: str) -> tuple[str, ...]:
    found = conn.execute(text(query)).scalars().all()
    more = (f"and {len(found) - _LISTED} more",) if len(found) > _LISTED else ()
    return (*found[:_LISTED], *more)


def _fold_check(conn: Connection, registry: EventRegistry, deciders: tuple[Decider[Any, Any, Any], ...]) -> Check:
    """Posts every event anew, in memory, and compares each account and the number of entries."""
    folded: Counter[str] = Counter()
    entries = 0
    for decider in deciders:
        for stream, state in _states(conn, registry, decider):
            for version in range(1, len(state.history) + 1):
                for entry in entries_of(state, stream, version):
                    entries += 1
                    for line in entry.lines:
                        folded[line.account] += line.cents
    written = balances(conn)
    wrong = [f"{account}: events {folded.get(account, 0)}, journal {written.get(account, 0)}"
             for account in sorted({*folded, *written}) if folded.get(account, 0) != written.get(account, 0)]
    counted = conn.execute(text("SELECT count(*) FROM journal_entries")).scalar_one()
    if counted != entries:
        wrong.insert(0, f"entries: events {entries}, journal {counted}")
    more = [f"and {len(wrong) - _LISTED} more"] if len(wrong) > _LISTED else []
    return Check("the journal is the fold of events", (*wrong[:_LISTED], *more))


def _states(conn: Connection, registry: EventRegistry, decider: Decider[Any, Any, Any]) -> Iterator[tuple[str, Any]]:
    """Every aggregate of a kind with its stream, in constant memory."""
    columns = (events.c.stream, events.c.name, events.c.schema_version, events.c.data)
    query = select(*columns).where(events.c.stream.startswith(f"{decider.name}-", autoescape=True)).order_by(
        events.c.stream, events.c.version)
    rows = conn.execution_options(yield_per=2000).execute(query)
    for stream, group in groupby(rows, key=lambda row: str(row.stream)):
        yield stream, decider.fold(registry.decode(row.name, row.schema_version, row.data) for row in group)
