"""How often one caller may ask in a minute: counted in the database, so that all processes count together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert

from cases.requests.tables import agency_throttle

WINDOW_SECONDS = 60
_KEPT = timedelta(hours=1)


def knock(conn: Connection, client: str, limit: int, now: datetime) -> int:
    """Counts a request; 0 where it may go on, else the seconds until the next window."""
    table = agency_throttle.c
    began = datetime.fromtimestamp(now.timestamp() // WINDOW_SECONDS * WINDOW_SECONDS, UTC)
    counted = insert(agency_throttle).values(client=client, began_at=began, count=1)
    counted = counted.on_conflict_do_update(index_elements=["client", "began_at"], set_={"count": table["count"] + 1})
    count = conn.execute(counted.returning(table["count"])).scalar_one()
    if count == 1:
        conn.execute(delete(agency_throttle).where(table.began_at < now - _KEPT))  # of whoever it was
    if count <= limit:
        return 0
    return max(1, round(began.timestamp() + WINDOW_SECONDS - now.timestamp()))
