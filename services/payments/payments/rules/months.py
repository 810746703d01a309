"""Months as their first days, and days counted from one another. Dates are those of America/Los_Angeles."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def previous_month(day: date) -> date:
    return month_of(month_of(day) - timedelta(days=1))


def months_between(first: date, last: date) -> Iterator[date]:
    """The months from that of `first` to that of `last`, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def add_months(day: date, count: int) -> date:
    """The same day of a later month, or its last one where it is shorter (31 August and six months: 28 February)."""
    number = day.year * 12 + day.month - 1 + count
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_workdays(day: date, count: int) -> date:
    """Monday to Friday; holidays are not known here, so a term may end a day early, never late."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
