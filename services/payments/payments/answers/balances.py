"""Balances of a case, and of all cases of a participant; "due today" and "past due" are never one figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from payments.answers.debts import CURRENT_KINDS, INTEREST, Debts, debts
from payments.answers.moment import NOW, Moment, history
from payments.domain.account.account import account
from payments.domain.words import Kind
from payments.parties import case_parties
from payments.rules.months import next_month


def balances(conn: Connection, moment: Moment = NOW, *, case_id: str | None = None,
             participant_id: str | None = None) -> dict[str, Any]:
    """{"as_of": day, "cases": [as `balance` gives], "due_cents", "past_due_cents", "interest_cents",
    "paid_ahead_cents", "total_cents"}; the sums are those of all cases. A case that owes and charges nothing has a row
    too, all 0."""
    cases = [case_id] if case_id else cases_of(conn, participant_id or "")
    told = history(conn, [account.stream(case) for case in cases], moment)
    rows = [balance(case, debts(told.get(account.stream(case), ()), moment.day)) for case in cases]
    sums = ("due_cents", "past_due_cents", "interest_cents", "paid_ahead_cents", "total_cents")
    return {"as_of": moment.day.isoformat(), "cases": rows, **{name: sum(row[name] for row in rows) for name in sums}}


def balance(case_id: str, found: Debts) -> dict[str, Any]:
    """{"case_id", "due_cents": this month's unpaid support and unpaid liquidation, "current_due_cents",
    "liquidation_due_cents", "past_due_cents": principal from before, "interest_cents", "paid_ahead_cents",
    "total_cents": owed in all, less what was paid ahead, "kinds": [{"kind", "current_due_cents", "past_due_cents",
    "interest_cents"}], "next_expected": {"on", "current_cents", "liquidation_cents", "amount_cents"} or None}.

    The liquidation due is part of what is past due, so it is not in the total a second time.
    """
    current, past, interest = found.open(found.due_now), found.open(found.past_due), found.sum(INTEREST)
    liquidation = liquidation_due(found)
    return {"case_id": case_id, "due_cents": current + liquidation, "current_due_cents": current,
            "liquidation_due_cents": liquidation, "past_due_cents": past, "interest_cents": interest,
            "paid_ahead_cents": found.paid_ahead, "total_cents": current + past + interest - found.paid_ahead,
            "kinds": [{"kind": kind.value, **cents} for kind in Kind if any((cents := _of_kind(found, kind)).values())],
            "next_expected": next_expected(found)}


def liquidation_due(found: Debts) -> int:
    """What the schedule asks for this month and is not paid yet; never more than what is past due."""
    owed = max(found.open(found.past_due), 0) + max(found.sum(INTEREST), 0)
    return min(max(found.state.liquidation_on(found.day) - found.paid_on_arrears(), 0), owed)


def next_expected(found: Debts) -> dict[str, Any] | None:
    """On the first of the next month; what was paid ahead pays of it first."""
    month = next_month(found.day)
    current = found.state.monthly_current(month)
    owed = max(found.open([*found.due_now, *found.past_due]), 0) + max(found.sum(INTEREST), 0)
    liquidation = min(found.state.liquidation_on(month), owed)
    if not current and not liquidation:
        return None
    return {"on": month.isoformat(), "current_cents": current, "liquidation_cents": liquidation,
            "amount_cents": max(current - found.paid_ahead, 0) + liquidation}


def cases_of(conn: Connection, participant_id: str) -> list[str]:
    """Cases a participant pays or is paid in now."""
    query = select(case_parties.c.case_id).distinct().where(
        case_parties.c.participant_id == participant_id, case_parties.c.current,
        case_parties.c.role.in_(("payor", "payee")))
    return sorted(conn.execute(query).scalars())


def _of_kind(found: Debts, kind: Kind) -> dict[str, int]:
    current = [i for i in found.due_now if i.kind is kind] if kind in CURRENT_KINDS else []
    return {"current_due_cents": found.open(current),
            "past_due_cents": found.open(i for i in found.past_due if i.kind is kind),
            "interest_cents": found.sum(INTEREST, kind.value)}
