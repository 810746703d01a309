"""The block of coming dates on the overview (overview_dates.html): court dates and appointments, the next ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from gateway.view import my_dates

SHOWN = 3


def coming(conn: Connection, viewer_id: str, now: datetime) -> Sequence[my_dates.Date]:
    """Those that take place, the next one first; cancelled ones are on the page of dates."""
    found, _ = my_dates.split(my_dates.dates_of(conn, viewer_id), now)
    return [date for date in found if not date.off][:SHOWN]
