"""When an agent can be reached: in the hours of the agency, where the agency is, and on no day it is closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from gateway.phone.house import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"([a-z]{3})-([a-z]{3}) ([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")


def find_agent(number: str | None, zone: ZoneInfo, hours: Hours,
               clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Callable[[], str | None]:
    """A function that gives the number to transfer a caller to, None out of hours."""

    def find() -> str | None:
        local = clock().astimezone(zone)
        return number if is_open(hours, local) else None

    return find


def is_open(hours: Hours, local: datetime) -> bool:
    """At a time where the agency is."""
    day = hours.first_day <= local.weekday() <= hours.last_day and local.date() not in hours.closed_on
    return day and hours.opens <= local.time().replace(tzinfo=None) < hours.closes


def parse_hours(text: str) -> Hours:
    """`mon-fri 07:00-17:00`. Raises ValueError that says how it is written."""
    found = _HOURS.fullmatch(text.strip().lower())
    try:
        if found is None:
            raise ValueError
        first, last = DAYS.index(found[1]), DAYS.index(found[2])
        opens, closes = time.fromisoformat(found[3]), time.fromisoformat(found[4])
    except ValueError:
        raise ValueError("must be like mon-fri 07:00-17:00") from None
    if first > last or opens >= closes:
        raise ValueError("must begin before it ends: mon-fri 07:00-17:00")
    return Hours(first, last, opens, closes)


def parse_days(text: str) -> frozenset[date]:
    """`2026-12-25, 2027-01-01`. Raises ValueError that says how it is written."""
    try:
        return frozenset(date.fromisoformat(day.strip()) for day in text.split(",") if day.strip())
    except ValueError:
        raise ValueError("must be days like 2026-12-25, 2027-01-01") from None
