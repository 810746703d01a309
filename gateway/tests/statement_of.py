"""What a statement tells, made of a few figures so that it adds up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any


def statement_of(case_id: str, payors: list[str], month: str = "2026-10-01", *, number: int = 1, previous: int = 40_000,
                 charges: dict[str, int] | None = None, paid: tuple[tuple[str, str | None, int], ...] = (),
                 adjusted: tuple[tuple[str, str, int], ...] = (), interest: int = 0, ahead: int = 0,
                 method: str | None = "CHECK") -> dict[str, Any]:
    """A statement whose figures add up. `paid` is (day, source, cents), cents negative for one that was taken back, and
    all of it by `method`; `adjusted` is (day, reason, cents); `ahead` of the new balance was paid for coming months."""
    charges = {"CHILD": 50_000} if charges is None else charges
    last = (date.fromisoformat(month).replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    total = previous + sum(charges.values()) - sum(cents for *_, cents in paid) + interest + sum(
        cents for *_, cents in adjusted)
    current = max(min(sum(charges.values()), total + ahead - interest), 0)
    past = total + ahead - interest - current
    return {
        "case_id": case_id, "participant_ids": payors, "period": {"from": month, "to": last.isoformat()},
        "previous": {"principal_cents": previous, "interest_cents": 0, "paid_ahead_cents": 0, "total_cents": previous},
        "charges": [{"kind": kind, "amount_cents": cents} for kind, cents in charges.items()],
        "payments": [{"received_on": on, "source": source, "amount_cents": cents, "reversed": cents < 0,
                      **({"method": method} if method else {})}
                     for on, source, cents in paid],
        "adjustments": [{"on": on, "reason": reason, "kind": "CHILD", "amount_cents": cents}
                        for on, reason, cents in adjusted],
        "interest_posted_cents": interest, "balance": {"principal_cents": current + past, "interest_cents": interest,
                                                       "paid_ahead_cents": ahead, "total_cents": total},
        "current_due_cents": current, "past_due_cents": past, "interest_cents": interest, "paid_ahead_cents": ahead,
        "total_cents": total, "liquidation_cents": 5_000, "to_avoid_interest_cents": current + past,
        "coupon": {"participant_id": payors[0] if payors else None, "case_id": case_id,
                   "amount_cents": max(current + min(past, 5_000), 0),
                   "address": ["PO Box 989067", "West Sacramento 95798-9067"]},
        "month": month, "number": number, "replaces": number - 1 or None,
        "issued_on": (last + timedelta(days=2)).isoformat()}
