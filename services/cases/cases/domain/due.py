"""The clock of an inquiry: answered or acknowledged within three business days (22 CCR 112130; domain.md §4)."""

from __future__ import annotations

from datetime import date, timedelta

BUSINESS_DAYS = 3
_SATURDAY = 5


def due_on(received_on: date) -> date:
    """The last day on time. The day of receipt does not count. Holidays are not known here: where there is one, the
    day is earlier than it needs to be, never later."""
    day, left = received_on, BUSINESS_DAYS
    while left:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            left -= 1
    return day
