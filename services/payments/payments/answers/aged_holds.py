"""What waits, by reason and by how long: every hold ages, and somebody has to look at the old ones (domain.md §3.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, text

AGES = (30, 90, 180)
"""Days that part one age from the next."""

_AGED = text("""
    SELECT reason, width_bucket((CAST(:on AS date) - since)::numeric, CAST(:ages AS numeric[])) AS age,
           count(*) AS holds, sum(cents)::bigint AS cents, min(since) AS oldest
    FROM open_holds GROUP BY 1, 2 ORDER BY 1, 2
""")


def aged_holds(conn: Connection, on: date) -> list[dict[str, Any]]:
    """[{"reason", "holds", "cents", "oldest", "by_age": cents up to 30, 90 and 180 days old, and older}], by reason;
    the agency's own words, not those a customer is told."""
    found: dict[str, dict[str, Any]] = {}
    for row in conn.execute(_AGED, {"on": on, "ages": [days + 1 for days in AGES]}):
        reason = found.setdefault(row.reason, {"reason": row.reason, "holds": 0, "cents": 0,
                                               "oldest": row.oldest.isoformat(), "by_age": [0] * (len(AGES) + 1)})
        reason["holds"] += row.holds
        reason["cents"] += row.cents
        reason["oldest"] = min(reason["oldest"], row.oldest.isoformat())
        reason["by_age"][row.age] += row.cents
    return list(found.values())
