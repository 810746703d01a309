"""Checks of the books that are one query each: every row they give is a difference, told in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

LISTED = 10


@dataclass(frozen=True)
class Check:
    """`differences` says in words what does not agree; nothing where all does."""

    name: str
    differences: tuple[str, ...]


JOURNAL: Mapping[str, str] = {
    "every entry balances": """
        SELECT format('entry %s: %s lines, %s cents over', e.entry_id, count(l.line), coalesce(sum(l.cents), 0))
        FROM journal_entries e LEFT JOIN journal_lines l USING (entry_id)
        GROUP BY e.entry_id HAVING coalesce(sum(l.cents), 0) <> 0 OR count(l.line) < 2 ORDER BY e.entry_id""",
    "every entry has its event": """
        SELECT format('entry %s: %s no. %s', entry_id, stream, version) FROM journal_entries e
        WHERE NOT EXISTS (SELECT FROM events v WHERE v.stream = e.stream AND v.version = e.version)""",
    "a reversal mirrors what it reverses": """
        SELECT format('entry %s: %s by %s', r.entry_id, what, sum(l.cents))
        FROM journal_entries r JOIN journal_lines l ON l.entry_id IN (r.entry_id, r.reverses),
             -- assistance may have moved a debt to another bucket and owner meanwhile
             LATERAL (SELECT regexp_replace(regexp_replace(l.account, '^(L:OWED_TO):[A-Z]+', '\\1'),
                                            '^(A:RECV_NCP|L:OWED_TO)((:[^:]+){2}):[A-Z_]+', '\\1\\2')) AS n (what)
        WHERE r.reverses IS NOT NULL
        GROUP BY r.entry_id, what HAVING sum(l.cents) <> 0 ORDER BY r.entry_id""",
    "what payors owe is what will be owned": """
        SELECT format('case %s %s %s %s: %s cents', debt[1], debt[2], debt[3], debt[4], sum(cents)) FROM (
            SELECT (string_to_array(account, ':'))[3:6] AS debt, cents FROM journal_lines
            WHERE account LIKE 'A:RECV_NCP:%'
            UNION ALL
            SELECT (string_to_array(account, ':'))[4:7], cents FROM journal_lines
            WHERE account LIKE 'L:OWED_TO:%') AS both_sides
        GROUP BY debt HAVING sum(cents) <> 0 ORDER BY debt""",
    "cash is what is unidentified, undistributed, payable, refundable or kept, less what families must give back": """
        SELECT format('%s cents', sum(cents)) FROM journal_lines
        WHERE account NOT LIKE 'A:RECV_NCP:%' AND account NOT LIKE 'L:OWED_TO:%' HAVING sum(cents) <> 0""",
    "nothing is between its receipt and the decision on it, and nothing waits below zero": """
        SELECT format('%s: %s cents', account, sum(cents)) FROM journal_lines
        WHERE account LIKE 'L:UNDISTRIBUTED:%' OR account = 'L:UNIDENTIFIED'
        GROUP BY account HAVING sum(cents) > 0 OR (account = 'L:UNDISTRIBUTED:-\\:new' AND sum(cents) <> 0)""",
}

EVENTS: Mapping[str, str] = {
    "collections received are debits of cash": """
        SELECT format('events %s, journal %s', e.cents, j.cents)
        FROM (SELECT coalesce(sum((data->>'amount_cents')::bigint), 0) AS cents FROM events
              WHERE name = 'CollectionReceived') e,
             (SELECT coalesce(sum(cents), 0) AS cents FROM journal_lines JOIN journal_entries USING (entry_id)
              WHERE kind = 'collection_received' AND account = 'A:SDU_CASH') j
        WHERE e.cents <> j.cents""",
    "collections reversed are credits of cash": """
        SELECT format('events %s, journal %s', e.cents, j.cents)
        FROM (SELECT coalesce(sum((data->>'amount_cents')::bigint), 0) AS cents FROM events
              WHERE name = 'CollectionReversed') e,
             (SELECT coalesce(-sum(cents), 0) AS cents FROM journal_lines JOIN journal_entries USING (entry_id)
              WHERE kind = 'reversal' AND account = 'A:SDU_CASH') j
        WHERE e.cents <> j.cents""",
    "disbursements that are away are credits of cash": """
        SELECT format('events %s, journal %s', e.cents, j.cents)
        FROM (SELECT coalesce(sum(cents), 0) AS cents FROM (
                  SELECT DISTINCT ON (stream) (data->'payment'->>'amount_cents')::bigint AS cents,
                         name = 'DisbursementIssued' OR data->>'status' IN ('issued', 'reissued', 'cleared') AS away
                  FROM events WHERE name IN ('DisbursementPlanned', 'DisbursementIssued', 'DisbursementStatusChanged')
                  ORDER BY stream, version DESC) AS last WHERE away IS TRUE) e,
             (SELECT coalesce(-sum(cents), 0) AS cents FROM journal_lines JOIN journal_entries USING (entry_id)
              WHERE kind LIKE 'disbursement\\_%' AND account = 'A:SDU_CASH') j
        WHERE e.cents <> j.cents""",
    "payouts are what accounts gave for disbursements": """
        WITH told AS (
            SELECT lot->>'receipt_id' AS receipt_id, substr(stream, 9) AS case_id,
                   data->>'disbursement_id' AS disbursement_id,
                   CASE name WHEN 'LotsDrawn' THEN 1 ELSE -1 END * (lot->>'cents')::bigint AS cents
            FROM events, jsonb_array_elements(data->'lots' || coalesce(data->'settled', '[]')) AS lot
            WHERE name IN ('LotsDrawn', 'LotsRestored')
            UNION ALL
            SELECT receipt_id, case_id, disbursement_id, -cents FROM payouts)
        SELECT format('receipt %s for %s: %s cents', receipt_id, disbursement_id, sum(cents)) FROM told
        GROUP BY receipt_id, case_id, disbursement_id HAVING sum(cents) <> 0 ORDER BY receipt_id""",
}

PUBLISHED: Mapping[str, str] = {
    "what was published of debts is what payors owe": """
        SELECT format('case %s, %s: %s cents', case_id, what, sum(cents)) FROM (
            SELECT data->>'case_id' AS case_id, change->>'what' AS what, (change->>'cents')::bigint AS cents
            FROM outbox, jsonb_array_elements(data->'changes') AS change WHERE type = 'payments.debt_changed.v1'
            UNION ALL
            SELECT split_part(account, ':', 3), CASE WHEN split_part(account, ':', 4) = 'ADVANCE' THEN 'advance'
                   WHEN right(account, 3) = 'int' THEN 'interest' ELSE 'principal' END, -cents
            FROM journal_lines WHERE account LIKE 'A:RECV_NCP:%') AS both_sides
        GROUP BY case_id, what HAVING sum(cents) <> 0 ORDER BY case_id""",
    "what was published of collections is the cash they brought": """
        SELECT format('published %s, journal %s', p.cents, j.cents)
        FROM (SELECT coalesce(sum((data->>'amount_cents')::bigint
                                  * CASE type WHEN 'payments.collection_received.v1' THEN 1 ELSE -1 END), 0) AS cents
              FROM outbox WHERE type IN ('payments.collection_received.v1', 'payments.collection_reversed.v1')) p,
             (SELECT coalesce(sum(cents), 0) AS cents FROM journal_lines JOIN journal_entries USING (entry_id)
              WHERE kind IN ('collection_received', 'reversal') AND account = 'A:SDU_CASH') j
        WHERE p.cents <> j.cents""",
    "what was published of disbursements is the cash that is away": """
        WITH told AS (
            SELECT DISTINCT ON (stream) stream, data->>'status' AS status FROM outbox
            WHERE type IN ('payments.disbursement_issued.v2', 'payments.disbursement_status_changed.v1')
            ORDER BY stream, version DESC
        ), amounts AS (
            SELECT DISTINCT ON (stream) stream, (data->>'amount_cents')::bigint AS cents FROM outbox
            WHERE type = 'payments.disbursement_issued.v2' ORDER BY stream, version
        ), cash AS (
            SELECT e.stream, -sum(l.cents) AS cents FROM journal_lines l JOIN journal_entries e USING (entry_id)
            WHERE e.kind LIKE 'disbursement\\_%' AND l.account = 'A:SDU_CASH' GROUP BY e.stream
        )
        SELECT format('%s: published %s, journal %s', stream, told.status, cash.cents)
        FROM told JOIN amounts USING (stream) LEFT JOIN cash USING (stream)
        WHERE coalesce(cash.cents, 0)
              <> CASE WHEN told.status IN ('issued', 'reissued', 'cleared') THEN amounts.cents ELSE 0 END
        ORDER BY stream""",
}


def by_query(conn: Connection) -> list[Check]:
    return [Check(name, _rows(conn, query)) for name, query in {**JOURNAL, **EVENTS, **PUBLISHED}.items()]


def listed(differences: Iterable[str], count: int) -> tuple[str, ...]:
    """The first ones of so many."""
    found = tuple(differences)[:LISTED]
    return (*found, f"and {count - len(found)} more") if count > len(found) else found


def _rows(conn: Connection, query: str) -> tuple[str, ...]:
    found = conn.execute(text(query)).scalars().all()
    return listed(found[:LISTED], len(found))
