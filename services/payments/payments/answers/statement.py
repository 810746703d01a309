"""The monthly statement of a case (domain.md §3.9): what was owed before, what happened, what is owed now.

Counted in effective time, so it adds up: previous balance and the month's movements are the new balance. A statement
as it was known when it was printed is had by `recorded_at`. Court number and local agency are known to who prints it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from eventkit.decider import Rejected
from eventkit.store import Recorded
from payments.answers.balances import liquidation_due
from payments.answers.debts import AHEAD, INTEREST, PRINCIPAL, Change, Debts, debts
from payments.answers.moment import NOW, Moment, history
from payments.answers.receipts import known, source_told
from payments.answers.waiting import Wait, waiting, waits_on
from payments.domain.account.account import account
from payments.domain.account.events import CreditReversed, PaymentCredited
from payments.domain.receipt import CollectionReceived, receipt
from payments.parties import case_parties
from payments.rules.months import month_of, next_month


@dataclass(frozen=True)
class Way:
    """How a receipt was paid, as its payor is told; `method` says more where the source is OTHER."""

    source: str
    method: str


Ways = Callable[[Iterable[str]], Mapping[str, Way]]

PAYMENTS_ADDRESS = ("PO Box 989067", "West Sacramento 95798-9067")
"""Where coupons go; domain.md §1.2."""

_PAYMENTS = frozenset({"payment_credited", "reversal"})
_CHARGES = frozenset({"charge_posted"})
_INTEREST = frozenset({"interest_accrued", "interest_corrected"})
# One balance becomes another: the sum of a case's debt is the same before and after.
_WITHIN = frozenset({"surplus_moved", "advance_applied", "advance_returned", "aid_started", "aid_ended"})


def statement(conn: Connection, case_id: str, month: date, moment: Moment = NOW) -> dict[str, Any]:
    """{"case_id", "participant_ids": those who pay, "period": {"from", "to"}, "previous": balance, "charges":
    [{"kind", "amount_cents"}], "payments": [{"received_on", "source", "method", "amount_cents", "reversed": bool}],
    "adjustments": [{"on", "reason", "kind", "amount_cents"}], "interest_posted_cents", "balance": balance,
    "current_due_cents", "past_due_cents", "interest_cents", "paid_ahead_cents", "total_cents", "liquidation_cents":
    asked for each month, "to_avoid_interest_cents": principal that bears interest from now on, "coupon":
    {"participant_id", "case_id", "amount_cents", "address"}}; balance is {"principal_cents", "interest_cents",
    "paid_ahead_cents", "total_cents"}. Raises Rejected `unknown_case`, `month_to_come`.
    """
    first, last = month_of(month), min(next_month(month) - timedelta(days=1), moment.day)
    if last < first:
        raise Rejected("month_to_come")
    stream = account.stream(case_id)
    told = history(conn, [stream], moment).get(stream)
    if not told:
        raise Rejected("unknown_case")
    return composed(case_id, _payors(conn, case_id), told, first, last, lambda ids: _ways(conn, ids, moment),
                    waiting(conn, case_id, moment))


def composed(case_id: str, payors: Sequence[str], told: Sequence[Recorded], first: date, last: date,
             ways: Ways, waits: Sequence[Wait]) -> dict[str, Any]:
    """The statement of the days from `first` to `last` out of the events of the case's account, without a database;
    `ways` tells of receipts how they were paid, `waits` what of it waits for a coming month."""
    found, before = debts(told, last), debts(told, first - timedelta(days=1))
    held, held_before = waits_on(waits, last), waits_on(waits, before.day)
    of_month = [change for change in found.changes if change.on >= first]
    return {"case_id": case_id, "participant_ids": list(payors),
            "period": {"from": first.isoformat(), "to": last.isoformat()}, "previous": _balance(before, held_before),
            "charges": _by_kind(change for change in of_month if change.reason in _CHARGES),
            "payments": _payments(of_month, ways, [wait for wait in waits if first <= wait.on <= last]),
            "adjustments": _adjustments(of_month),
            "interest_posted_cents": sum(c.cents for c in of_month if c.reason in _INTEREST),
            "balance": _balance(found, held), **_to_pay(found, held), "coupon": _coupon(case_id, payors, found, held)}


def _balance(found: Debts, held: int) -> dict[str, int]:
    principal, interest, ahead = (found.sum(what) for what in (PRINCIPAL, INTEREST, AHEAD))
    used = _used(found, held)
    return {"principal_cents": principal - used, "interest_cents": interest, "paid_ahead_cents": held - used - ahead,
            "total_cents": principal + interest + ahead - held}


def _used(found: Debts, held: int) -> int:
    """What waits pays what is due now, whether the ledger has booked that already or will."""
    return min(held, max(found.open(found.due_now), 0))


def _to_pay(found: Debts, held: int) -> dict[str, int]:
    used = _used(found, held)
    current, past = found.open(found.due_now) - used, found.open(found.past_due)
    interest, ahead = found.sum(INTEREST), found.paid_ahead + held - used
    return {"current_due_cents": current, "past_due_cents": past, "interest_cents": interest,
            "paid_ahead_cents": ahead, "total_cents": current + past + interest - ahead,
            "liquidation_cents": found.state.liquidation_on(found.day),
            "to_avoid_interest_cents": max(current, 0) + max(past, 0)}


def _coupon(case_id: str, payors: Sequence[str], found: Debts, held: int) -> dict[str, Any]:
    due = max(found.open(found.due_now), 0) - _used(found, held)
    return {"participant_id": payors[0] if payors else None, "case_id": case_id,
            "amount_cents": due + liquidation_due(found), "address": PAYMENTS_ADDRESS}


def _by_kind(changes: Iterable[Change]) -> list[dict[str, Any]]:
    sums: Counter[str] = Counter()
    for change in changes:
        sums[change.kind] += change.cents
    return [{"kind": kind, "amount_cents": cents} for kind, cents in sums.items()]


def _payments(of_month: Sequence[Change], ways: Ways, waits: Sequence[Wait]) -> list[dict[str, Any]]:
    """A payment that was taken back is listed, and listed again as what was taken back. What waits for a coming month
    is listed when it came in, and not once more when that month comes."""
    sums: Counter[tuple[date, str, bool]] = Counter()
    for wait in waits:
        sums[wait.on, wait.receipt_id, wait.back] += wait.cents
    for change in of_month:
        event = change.recorded.event
        if isinstance(event, PaymentCredited | CreditReversed) and change.reason in _PAYMENTS:
            sums[change.on, event.receipt_id, isinstance(event, CreditReversed)] -= change.cents
    sums = Counter({key: cents for key, cents in sums.items() if cents})
    told = ways({receipt_id for _, receipt_id, _ in sums})
    return [{"received_on": on.isoformat(), **_way(told.get(receipt_id)), "amount_cents": cents, "reversed": back}
            for (on, receipt_id, back), cents in sorted(sums.items())]


def _way(of: Way | None) -> dict[str, str | None]:
    return {"source": of.source if of else None, "method": of.method if of else None}


def _ways(conn: Connection, ids: Iterable[str], moment: Moment) -> dict[str, Way]:
    whole = Moment(date.max, moment.recorded_at)
    states = {one: receipt.fold(r.event for r in told) for one, told in known(conn, ids, whole).items()}
    return {one: way_of(state.received) for one, state in states.items() if state.received}


def way_of(received: CollectionReceived) -> Way:
    return Way(source_told(received.source), received.method)


def _adjustments(of_month: Sequence[Change]) -> list[dict[str, Any]]:
    known_elsewhere = _PAYMENTS | _CHARGES | _INTEREST | _WITHIN
    return [{"on": c.on.isoformat(), "reason": c.reason, "kind": c.kind, "amount_cents": c.cents}
            for c in of_month if c.reason not in known_elsewhere]


def _payors(conn: Connection, case_id: str) -> list[str]:
    query = select(case_parties.c.participant_id).where(
        case_parties.c.case_id == case_id, case_parties.c.role == "payor", case_parties.c.current)
    return sorted(conn.execute(query).scalars())
