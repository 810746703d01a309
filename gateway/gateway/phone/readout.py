"""What is read out of a list of payments: how many, each with date and amount in words, and as of when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from gateway.phone import words
from gateway.phone.turns import Call, Line, Payment

SPOKEN_STATUSES: Final = frozenset({"held", "reversed", "returned", "stopped", "voided"})
"""What a caller must hear beside the amount, because the money is not where the amount suggests."""


def page(call: Call, rows: Sequence[Payment], as_of: datetime, *, first: bool) -> tuple[Line, ...]:
    """The lines of one page; on later pages "the next" instead of "the latest"."""
    return (_count(call, len(rows), first), *(_row(call, row, as_of) for row in rows), _as_of(call, as_of))


def _count(call: Call, count: int, first: bool) -> Line:
    spoken = words.number(call.language, count)
    key = f"payments.{call.listing}.{'latest' if first else 'next'}"
    return Line(key, call.language, (("count", count), ("number", spoken)))


def _row(call: Call, row: Payment, as_of: datetime) -> Line:
    # the year is only said where it is another one: five payments should not take half a minute
    on = words.day(call.language, row.on, year=row.on.year != as_of.year)
    key = f"payments.row.{row.status}" if row.status in SPOKEN_STATUSES else "payments.row"
    return Line(key, call.language, (("date", on), ("amount", words.amount(call.language, row.cents))))


def _as_of(call: Call, as_of: datetime) -> Line:
    on = words.day(call.language, as_of.date(), year=False)
    at = words.clock(call.language, as_of.time())
    return Line("payments.as_of", call.language, (("date", on), ("time", at)))
