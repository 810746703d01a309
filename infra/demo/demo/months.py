"""Months as their first days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_on(day: date, count: int) -> date:
    """The first day of the month `count` months after (or before) that of `day`."""
    number = day.year * 12 + day.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def first_after(day: date) -> date:
    """The first of a month that is that day or follows it."""
    return day if day.day == 1 else months_on(day, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """From the month of `first` to that of `last`, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = months_on(month, 1)
