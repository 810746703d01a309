"""Receipts whose money waits, with what must be known to go on with them; read together, worked on one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select

from eventkit.unit import Unit
from payments.bookkeeping import Books
from payments.distributing import Distributing
from payments.domain.account.account import account
from payments.domain.distribution.plan import NO_CASE
from payments.domain.family import family
from payments.domain.receipt import Receipt, receipt
from payments.parties import look_up
from payments.worklists import open_holds


def count(conn: Connection, which: ColumnElement[bool]) -> int:
    return int(conn.execute(select(func.count(open_holds.c.receipt_id.distinct())).where(which)).scalar_one())


def receipts(conn: Connection, which: ColumnElement[bool], after: str, limit: int) -> list[str]:
    query = select(open_holds.c.receipt_id).distinct().where(which, open_holds.c.receipt_id > after)
    return list(conn.execute(query.order_by(open_holds.c.receipt_id).limit(limit)).scalars())


def work_on(unit: Unit, keys: Sequence[str], today: date) -> Distributing:
    """All that is known of the receipts, their payors and cases, with a handful of queries."""
    books = Books(unit)
    books.preload(receipt, keys)
    states: list[Receipt] = [books.state(receipt, key) for key in keys]
    held = {hold.case_id for state in states for hold in state.holds} - {NO_CASE}
    known = look_up(unit.conn, {state.payor_id for state in states if state.payor_id}, held)
    cases = held | {case for found in known.paying_in.values() for case in found}
    books.preload(account, sorted(cases))
    books.preload(family, _families(known.payees.get(case, ()) for case in cases))
    return Distributing(books, known, today)


def _families(payees: Iterable[tuple[str, ...]]) -> list[str]:
    return sorted({found[0] for found in payees if found})
