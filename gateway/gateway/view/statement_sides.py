"""What of a statement each side may see: field by field, as in allowed.py.

The payor's own: how each payment was paid, why something was adjusted, what is asked and the coupon. The family is told
how much, and when. Why a debt was compromised is told to nobody: only what is owed for assistance can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventkit.public import Envelope
from gateway.view.balances import KINDS
from gateway.view.folding import Row
from gateway.view.payor_side import without_tax_authority

_REASONS = {"charge_corrected": "corrected", "interest_brought": "interest_before",
            "direct_payment_credited": "paid_directly"}
REASONS = (*_REASONS.values(), "other")
"""Why a payor is told that something was adjusted; whatever nobody has decided on is `other`."""


def of_payors(event: Envelope) -> Sequence[Row]:
    """A row for each who pays: it names that one alone, and so does its coupon."""
    data = event.data
    row = {**_of_both(data), "payments": [
               {"on": one["received_on"], "source": without_tax_authority(one["source"] or "UNKNOWN"),
                "method": one.get("method"), "amount_cents": one["amount_cents"]} for one in data["payments"]],
           "adjustments": _adjustments(data["adjustments"]), "asked_cents": data["liquidation_cents"],
           "to_avoid_interest_cents": data["to_avoid_interest_cents"],
           "coupon_cents": data["coupon"]["amount_cents"], "pay_to": [str(line) for line in data["coupon"]["address"]]}
    return [{"viewer_id": payor, **row} for payor in dict.fromkeys(data["participant_ids"])]


def of_family(event: Envelope) -> Sequence[Row]:
    data = event.data
    return [{**_of_both(data), "payments": [{"on": one["received_on"], "amount_cents": one["amount_cents"]}
                                            for one in data["payments"]],
             "adjusted_cents": sum(one["amount_cents"] for one in data["adjustments"])}]


def _of_both(data: Mapping[str, Any]) -> Row:
    charges = sorted(data["charges"], key=lambda one: _rank(one["kind"]))
    return {"case_id": data["case_id"], "month": data["month"], "number": data["number"],
            "issued_on": data["issued_on"], "since": data["period"]["from"], "until": data["period"]["to"],
            "previous_cents": data["previous"]["total_cents"],
            "charges": [{"kind": one["kind"], "amount_cents": one["amount_cents"]} for one in charges],
            "interest_posted_cents": data["interest_posted_cents"], "current_due_cents": data["current_due_cents"],
            "past_due_cents": data["past_due_cents"], "interest_cents": data["interest_cents"],
            "paid_ahead_cents": data["paid_ahead_cents"], "total_cents": data["total_cents"]}


def _adjustments(found: Iterable[Mapping[str, Any]]) -> list[Row]:
    """One of each day, kind and reason: the parts it came in would tell to whom they are owed."""
    sums: dict[tuple[str, str, str], int] = {}
    for one in found:
        key = (one["on"], one["kind"], _REASONS.get(one["reason"], "other"))
        sums[key] = sums.get(key, 0) + one["amount_cents"]
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], _rank(item[0][1]), item[0][2]))
    return [{"on": on, "kind": kind, "reason": reason, "amount_cents": cents}
            for (on, kind, reason), cents in ordered if cents]


def _rank(kind: str) -> tuple[int, str]:
    return KINDS.index(kind) if kind in KINDS else len(KINDS), kind
