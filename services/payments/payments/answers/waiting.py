"""What of a case's payments waited for a coming month, and when.

Only families with assistance have money wait so: for others it is credited at once. A payor must not learn which, so
whatever a payor is told counts what waits as paid ahead, from the day it came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from payments.answers.moment import NOW, Moment
from payments.domain.words import HoldReason
from payments.ledger.chart import UNDISTRIBUTED
from payments.ledger.tables import journal_entries, journal_lines


@dataclass(frozen=True)
class Wait:
    """From a day on so many cents more wait, or fewer (negative). `back`: the payment was taken back; that counts from
    the day of what was taken back, as the debt does."""

    on: date
    receipt_id: str
    back: bool
    cents: int


def waiting(conn: Connection, case_id: str, moment: Moment = NOW) -> Sequence[Wait]:
    """As known at that moment, in the order it was recorded."""
    original = journal_entries.alias("original")
    on = func.coalesce(original.c.effective_on, journal_entries.c.effective_on).label("on")
    query = select(on, journal_entries.c.stream, journal_entries.c.reverses, journal_lines.c.cents).select_from(
        journal_lines.join(journal_entries, journal_entries.c.entry_id == journal_lines.c.entry_id)
        .outerjoin(original, original.c.entry_id == journal_entries.c.reverses)).where(
        journal_lines.c.account == UNDISTRIBUTED.key(case_id, HoldReason.FUTURES))
    if moment.recorded_at:
        query = query.where(journal_entries.c.recorded_at <= moment.recorded_at)
    rows = conn.execute(query.order_by(journal_entries.c.entry_id, journal_lines.c.line))
    return [Wait(row.on, row.stream.partition("-")[2], row.reverses is not None, -row.cents) for row in rows]


def waits_on(waits: Iterable[Wait], day: date) -> int:
    """Cents that wait at the end of a day."""
    return sum(wait.cents for wait in waits if wait.on <= day)
