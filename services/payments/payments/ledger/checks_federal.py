"""The federal identity of the collection report (OCSE-34, domain.md §3.7), quarter by quarter, out of the journal.

What was undistributed, and what came in by lines 2a to 2h, less what was distributed, is what is undistributed at the
end. The lines come from events, what was distributed from the other side of the entries, the balances from the
accounts of what waits; so each checks the others. The states' own collections for other states are none of ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, text

from payments.domain.words import Source
from payments.ledger.checks import Check, listed

# Every line of an entry that moves money which waits; a reversal is named by what it takes back.
_MOVEMENTS = text("""
    SELECT date_trunc('quarter', e.effective_on)::date AS quarter, coalesce(r.kind, e.kind) AS kind,
           substring(l.account FROM '^[A-Z]+:[A-Z_]+') AS code, sum(l.cents)::bigint AS cents
    FROM journal_entries e LEFT JOIN journal_entries r ON r.entry_id = e.reverses
    JOIN journal_lines l ON l.entry_id = e.entry_id
    WHERE e.entry_id IN (SELECT entry_id FROM journal_lines WHERE
                         account = 'L:UNIDENTIFIED' OR account LIKE 'L:UNDISTRIBUTED:%')
    GROUP BY 1, 2, 3 ORDER BY 1
""")

_COLLECTIONS = text("""
    SELECT date_trunc('quarter', on_day)::date AS quarter, source, sum(cents)::bigint AS cents FROM (
        SELECT (data->>'received_on')::date AS on_day, data->>'source' AS source,
               (data->>'amount_cents')::bigint AS cents FROM events WHERE name = 'CollectionReceived'
        UNION ALL
        SELECT (b.data->>'reversed_on')::date, r.data->>'source', -(b.data->>'amount_cents')::bigint
        FROM events b JOIN events r ON r.stream = b.stream AND r.version = 1
        WHERE b.name = 'CollectionReversed') AS c
    GROUP BY 1, 2 ORDER BY 1
""")

_WITHIN, _IN, _OUT, _UNCASHED = "within", "collections", "distributed", "uncashed"
CLASS: Mapping[str, str] = {
    "collection_received": _IN, "collection_identified": _WITHIN, "collection_held": _WITHIN,
    "collection_distributed": _OUT, "hold_released": _OUT,
    **{f"disbursement_{status}": _UNCASHED for status in ("stale", "cleared", "reissued", "voided", "returned",
                                                          "stop_paid")},
}
"""What each kind of entry does to money that waits. A new kind must be put here."""

_WAITING_CODES = frozenset({"L:UNIDENTIFIED", "L:UNDISTRIBUTED"})
_LINES = {"L:PAYABLE_CP": "family", "L:PAYABLE_GOV": "assistance", "R:FEES": "fees", "L:REFUND_NCP": "refunds",
          "A:RECV_CP_OVERPAY": "recouped"}


@dataclass
class Quarter:
    """Cents. `collections` by source, less what was taken back; `uncashed` came back to wait, or left again."""

    begins_on: date
    opening: int = 0
    collections: Counter[str] = field(default_factory=Counter)
    distributed: Counter[str] = field(default_factory=Counter)
    uncashed: int = 0
    closing: int = 0
    unclassified: Counter[str] = field(default_factory=Counter)

    @property
    def available(self) -> int:
        return self.opening + sum(self.collections.values()) + self.uncashed

    @property
    def undistributed(self) -> int:
        """As the report has it; the journal's is `closing`."""
        return self.available - sum(self.distributed.values())

    def line(self, source: Source) -> int:
        """Of the report: 2a to 2h."""
        return self.collections[source.value]


def quarters(conn: Connection) -> list[Quarter]:
    """All in which anything moved, in order."""
    found: dict[date, Quarter] = defaultdict(lambda: Quarter(date.min))
    waits: Counter[date] = Counter()
    for row in conn.execute(_MOVEMENTS):
        quarter = found[row.quarter]
        kind = CLASS.get(row.kind)
        if row.code in _WAITING_CODES:
            waits[row.quarter] -= row.cents
            if kind is None:
                quarter.unclassified[row.kind] -= row.cents
        elif kind == _UNCASHED:
            quarter.uncashed += row.cents
        elif kind == _OUT and row.code in _LINES:
            quarter.distributed[_LINES[row.code]] -= row.cents
        elif kind == _OUT:
            quarter.unclassified[f"{row.kind} to {row.code}"] -= row.cents
    for row in conn.execute(_COLLECTIONS):
        found[row.quarter].collections[row.source] += row.cents
    balance = 0
    for begins_on, quarter in sorted(found.items()):
        quarter.begins_on, quarter.opening = begins_on, balance
        balance += waits[begins_on]
        quarter.closing = balance
    return [quarter for _, quarter in sorted(found.items())]


def federal_check(found: list[Quarter]) -> Check:
    wrong = []
    for quarter in found:
        told = f"quarter of {quarter.begins_on}"
        wrong += [f"{told}: {kind} moves {cents} cents and is not classified"
                  for kind, cents in quarter.unclassified.items()]
        if quarter.undistributed != quarter.closing:
            wrong.append(f"{told}: {quarter.available} available, {sum(quarter.distributed.values())} distributed, "
                         f"{quarter.closing} undistributed")
    return Check("the federal identity of each quarter", listed(wrong, len(wrong)))
