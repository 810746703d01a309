"""Sums of the ledger that whoever keeps a view of its public events compares with the view."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

# One statement, so one snapshot. Public events that have no position yet are in nobody's view: their entries are left
# out. A disbursement to a government is nobody's payment: it is known by the account it once was payable from.
_TOTALS = text("""
    WITH waiting AS MATERIALIZED (
        SELECT e.entry_id FROM journal_entries e JOIN outbox o USING (stream, version) WHERE o.position IS NULL
    ), counted AS (
        SELECT l.entry_id, l.account, l.cents FROM journal_lines l
        WHERE (l.account = 'A:SDU_CASH' OR l.account LIKE 'A:RECV_NCP:%')
        AND NOT EXISTS (SELECT FROM waiting w WHERE w.entry_id = l.entry_id)
    ), cash AS (
        SELECT e.kind, e.stream, c.cents FROM counted c JOIN journal_entries e USING (entry_id)
        WHERE c.account = 'A:SDU_CASH'
    ), governments AS (
        SELECT DISTINCT e.stream FROM journal_entries e JOIN journal_lines l USING (entry_id)
        WHERE e.kind LIKE 'disbursement\\_%' AND l.account LIKE 'L:PAYABLE_GOV:%'
    ), debts AS (
        SELECT split_part(account, ':', 4) = 'ADVANCE' AS ahead, right(account, 3) = 'int' AS interest, cents
        FROM counted WHERE account LIKE 'A:RECV_NCP:%'
    )
    SELECT (SELECT coalesce(max(position), 0) FROM outbox) AS position,
           (SELECT coalesce(sum(cents), 0) FROM cash WHERE kind IN ('collection_received', 'reversal')) AS received,
           (SELECT coalesce(-sum(cents), 0) FROM cash WHERE kind LIKE 'disbursement\\_%'
            AND stream NOT IN (SELECT stream FROM governments)) AS sent,
           (SELECT coalesce(sum(cents), 0) FROM debts WHERE NOT ahead AND NOT interest) AS principal,
           (SELECT coalesce(sum(cents), 0) FROM debts WHERE interest) AS interest,
           (SELECT coalesce(sum(cents), 0) FROM debts WHERE ahead) AS advance
""")


def control_totals(conn: Connection) -> dict[str, Any]:
    """{"position", "received_cents", "sent_cents", "owed": {"principal", "interest", "advance"}}: what the public
    events up to that position, the last one given, come to.

    `received_cents`: collections that were not reversed. `sent_cents`: disbursements to families and payors that left
    and are away (issued, reissued, cleared; not pending, returned, stop_paid, stale, voided). `owed`: by what
    `debt_changed` calls principal, interest and advance; an advance lowers what is owed, so it is negative or 0.
    """
    row = conn.execute(_TOTALS).one()
    return {"position": int(row.position), "received_cents": int(row.received), "sent_cents": int(row.sent),
            "owed": {"principal": int(row.principal), "interest": int(row.interest), "advance": int(row.advance)}}
