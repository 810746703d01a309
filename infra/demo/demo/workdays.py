"""Business days of the disbursement unit: not weekends, not state holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_MONDAY, _THURSDAY = 0, 3


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


def at_or_after(day: date) -> date:
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def workdays_after(day: date, count: int) -> date:
    """The `count`-th business day after `day`."""
    for _ in range(count):
        day = at_or_after(day + timedelta(days=1))
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    thanksgiving = _nth(year, 11, _THURSDAY, 4)
    moving = (_nth(year, 1, _MONDAY, 3), _nth(year, 2, _MONDAY, 3), _last_monday_of_may(year),
              _nth(year, 9, _MONDAY, 1), thanksgiving, thanksgiving + timedelta(days=1))
    fixed = (date(year, 1, 1), date(year, 3, 31), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25))
    return frozenset(moving) | {day + timedelta(days=1) if day.weekday() == 6 else day for day in fixed}


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
