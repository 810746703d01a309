"""The statements of the fifteen-year case that a payor had in the mail: each as it was known on the first day after.

As data first (`statement_of`), and as the lines of `statements.txt` (`state`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from eventkit.store import Metadata, Recorded
from payments.answers.statement import Way, composed, way_of
from payments.answers.waiting import Wait
from payments.domain.account.account import account
from payments.domain.words import HoldReason
from payments.ledger.chart import UNDISTRIBUTED
from payments.rules.months import next_month
from payments.testing.desk import PAYOR, Desk, day

from .telling import by_month

SHOWN = ("2009-07", "2010-04", "2011-06", "2012-09", "2013-06", "2014-03", "2016-12", "2020-09", "2022-08", "2024-06")
"""The first month; an offset under aid; spousal support ends; a schedule begins; a raise as from April; a check that
bounced; a payment to the other party by hand; a joint return; a lowered order as from June; the last month."""

HEADING = """\
Ten statements of the case of fifteen_years.txt, each printed on the first day after its month, when the interest of
the month was posted. Amounts in dollars. The new balance is the previous one and what the month brought. A caseworker
finds the same principal below the month in fifteen_years.txt, and the same interest when that of the next month's first
day is added.
"""
_NEVER = datetime(2009, 1, 1, tzinfo=UTC)
_NOBODY = Metadata("golden", "golden", "", "")


def statements() -> Iterator[tuple[str, dict[str, Any]]]:
    """Of every month of the story, as known when its interest was posted and the next month charged."""
    desk, before = Desk(("c1",)), None
    for month, _, acts in by_month(desk):
        for _ in acts:
            if before and desk.account().charged_through == day(f"{month}-01"):
                yield before, statement_of(desk, day(f"{before}-01"))
                before = None
        before = month
    assert before
    desk.interest(f"{before}-01")
    yield before, statement_of(desk, day(f"{before}-01"))


def statement_of(desk: Desk, first: date) -> dict[str, Any]:
    stream = account.stream("c1")
    told = [Recorded(stream, version, event, "", _NEVER, _NOBODY)
            for version, event in enumerate(desk.books.streams[stream], start=1)]
    last = date.fromordinal(next_month(first).toordinal() - 1)
    return composed("c1", [PAYOR], told, first, last, lambda ids: {one: _way(desk, one) for one in ids},
                    _waits(desk))


def _waits(desk: Desk) -> list[Wait]:
    """As `answers/waiting.py` reads them out of the journal's tables."""
    waiting, on = UNDISTRIBUTED.key("c1", HoldReason.FUTURES), {e.cause: e.effective_on for e in desk.books.entries}
    return [Wait(on[entry.reverses or entry.cause], entry.cause.stream.partition("-")[2], entry.reverses is not None,
                 -line.cents)
            for entry in desk.books.entries for line in entry.lines if line.account == waiting]


def _way(desk: Desk, receipt_id: str) -> Way:
    received = desk.receipt(receipt_id).received
    assert received
    return way_of(received)


def state() -> str:
    return "\n".join([HEADING, *(line for month, told in statements() if month in SHOWN for line in _printed(told))])


def _printed(told: dict[str, Any]) -> Iterator[str]:
    yield f"--- {told['period']['from']} to {told['period']['to']}, case {told['case_id']} ---"
    yield from _balance("previous balance", told["previous"])
    for row in told["charges"]:
        yield _line(f"charged, {row['kind']}", row["amount_cents"])
    for row in told["payments"]:
        what = "taken back" if row["reversed"] else "payment"
        yield _line(f"{what} of {row['received_on']}, {row['source']}", -row["amount_cents"])
    for row in told["adjustments"]:
        yield _line(f"{row['reason']} of {row['on']}, {row['kind']}", row["amount_cents"])
    yield _line("interest posted", told["interest_posted_cents"])
    yield from _balance("new balance", told["balance"])
    yield ""
    for what in ("current_due", "past_due", "interest", "paid_ahead", "total", "liquidation", "to_avoid_interest"):
        yield _line(what.replace("_", " "), told[f"{what}_cents"])
    yield _line("coupon", told["coupon"]["amount_cents"])
    yield ""


def _balance(name: str, found: dict[str, int]) -> Iterator[str]:
    parts = ", ".join(f"{what.replace('_', ' ')} {found[f'{what}_cents'] / 100:,.2f}"
                      for what in ("principal", "interest", "paid_ahead"))
    yield _line(f"{name} ({parts})", found["total_cents"])


def _line(text: str, cents: int) -> str:
    return f"  {text:<90}{cents / 100:>12,.2f}"
