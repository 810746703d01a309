"""The release run: holds whose day has come, and holds whose reason is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, or_

from eventkit.unit import Unit
from payments.distributing import Distributing
from payments.domain.account.account import account
from payments.domain.account.state import Account
from payments.domain.distribution.plan import NO_CASE
from payments.domain.receipt import REDISTRIBUTED, Hold, Receipt, receipt
from payments.domain.words import HoldReason
from payments.runs import waiting
from payments.worklists import open_holds

_UNTIL_ITS_REASON_IS_OVER = frozenset({HoldReason.DISPUTE, HoldReason.PAYEE_UNKNOWN})


@dataclass(frozen=True)
class Releases:
    """Those whose day is `on` or before; and of cases whose payouts are no longer held."""

    on: date
    name = "holds"
    things = "receipts"

    def count(self, conn: Connection) -> int:
        return waiting.count(conn, self._over)

    def keys(self, conn: Connection, after: str, limit: int) -> list[str]:
        return waiting.receipts(conn, self._over, after, limit)

    def work(self, unit: Unit, keys: Sequence[str]) -> int:
        work = waiting.work_on(unit, keys, self.on)
        changed = sum(_release(work, key, self.on) for key in keys)
        work.books.close()
        return changed

    @property
    def _over(self) -> ColumnElement[bool]:
        return or_(open_holds.c.until <= self.on,
                   open_holds.c.reason.in_([reason.value for reason in _UNTIL_ITS_REASON_IS_OVER]))


def _release(work: Distributing, receipt_id: str, on: date) -> bool:
    state: Receipt = work.books.state(receipt, receipt_id)
    over = [hold for hold in state.holds if _is_over(work, hold, on)] if not state.reversal else []
    for hold in over:
        work.release(receipt_id, hold.number)
    return bool(over)


def _is_over(work: Distributing, hold: Hold, on: date) -> bool:
    """What would go to a family waits while its case's payouts are held, or nobody is known to receive them. Money for
    a coming month is distributed all the same: the debt falls on time, and the payout is held anew."""
    if hold.until and on < hold.until:
        return False
    if hold.until is None and hold.reason not in _UNTIL_ITS_REASON_IS_OVER:
        return False
    if hold.reason in REDISTRIBUTED or hold.case_id == NO_CASE:
        return True
    state: Account = work.books.state(account, hold.case_id)
    return not state.held_for and bool(work.known.payees.get(hold.case_id))
