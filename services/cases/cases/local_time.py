"""Times of the agency's files and of the calendar on the wall: America/Los_Angeles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("America/Los_Angeles")


def day_of(moment: datetime) -> date:
    """The day it was here."""
    return moment.astimezone(HERE).date()


def utc_of(written: datetime) -> datetime | None:
    """A time as it was written, here where it has no offset, in UTC; None where the clocks went over it, or twice."""
    if written.tzinfo is not None:
        return written.astimezone(UTC)
    first, second = (written.replace(tzinfo=HERE, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if first == second else None
