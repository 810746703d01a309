"""The block of coming dates on the overview (overview_dates.html): court dates and appointments; none are known yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection


def coming(_conn: Connection, _viewer_id: str) -> Sequence[object]:
    """What the template shows, the next one first."""
    return ()
