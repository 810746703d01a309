"""What is read out of payments and balances: amounts and dates in words, and as of when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from gateway.phone import words
from gateway.phone.turns import Balance, Call, Line, Owed, Payment

SPOKEN_STATUSES: Final = frozenset(
    {"held", "refunded", "reversed", "pending", "returned", "stopped", "stale", "voided"})
"""What a caller must hear beside the amount, because the money is not where the amount suggests."""


def page(call: Call, rows: Sequence[Payment], as_of: datetime, *, first: bool) -> tuple[Line, ...]:
    """The lines of one page; on later pages "the next" instead of "the latest"."""
    return (_count(call, len(rows), first), *(_row(call, row, as_of) for row in rows), _as_of(call, as_of))


def balance(call: Call, found: Balance) -> tuple[Line, ...]:
    """What is owed in the caller's cases, those they pay in first."""
    if not found.owed:
        return (Line("balance.none", call.language),)
    return (*(line for owed in found.owed for line in _owed(call, owed, found.as_of)), _as_of(call, found.as_of))


def _owed(call: Call, owed: Owed, as_of: datetime) -> tuple[Line, ...]:
    amounts = {"due": owed.due_now, "past": owed.past_due, "interest": owed.interest}
    spoken = tuple((name, words.amount(call.language, cents)) for name, cents in amounts.items())
    lines = [Line(f"balance.{owed.role}", call.language, spoken)]
    if owed.next_on:
        on = words.day(call.language, owed.next_on, year=owed.next_on.year != as_of.year)
        amount = words.amount(call.language, owed.next_cents)
        lines.append(Line("balance.next", call.language, (("amount", amount), ("date", on))))
    return tuple(lines)


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
