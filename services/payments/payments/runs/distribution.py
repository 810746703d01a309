"""The distribution run: money that had no case or no obligation, and has one by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection

from eventkit.unit import Unit
from payments.distributing import Distributing
from payments.domain.distribution.plan import Plan
from payments.domain.receipt import Receipt, receipt
from payments.domain.words import HoldReason
from payments.runs import waiting
from payments.worklists import open_holds

_REASONS = (HoldReason.NO_CASE, HoldReason.NO_OBLIGATION)


@dataclass(frozen=True)
class Distribution:
    """On an agency's day; money counts from the day it was received all the same."""

    on: date
    name = "distribution"
    things = "receipts"

    def count(self, conn: Connection) -> int:
        return waiting.count(conn, self._held)

    def keys(self, conn: Connection, after: str, limit: int) -> list[str]:
        return waiting.receipts(conn, self._held, after, limit)

    def work(self, unit: Unit, keys: Sequence[str]) -> int:
        work = waiting.work_on(unit, keys, self.on)
        changed = sum(_distribute(work, key) for key in keys)
        work.books.close()
        return changed

    @property
    def _held(self) -> ColumnElement[bool]:
        return open_holds.c.reason.in_([reason.value for reason in _REASONS])


def _distribute(work: Distributing, receipt_id: str) -> bool:
    """Whether there is a way for it now; where there is none, it goes on waiting as it is."""
    state: Receipt = work.books.state(receipt, receipt_id)
    held = [hold for hold in state.holds if hold.reason in _REASONS]
    if not held or not state.received or not state.payor_id:
        return False
    found = work.plan_of(receipt_id, state.received.received_on, cents=sum(hold.cents for hold in held))
    if not isinstance(found, Plan):
        return False
    for hold in held:
        work.release(receipt_id, hold.number)
    return True
