"""Payments Made By Me: each with what became of it, step by step."""

from collections.abc import Mapping
from typing import Any

from gateway.api.lists import Listed, PlaceByWay, listed
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, CaseName, cents, coded, day, many, named, part, said, word
from gateway.api.stories import Labels, StepMade, step_made
from gateway.view.payment_rows import Made

resource = Resource("payments_made", __name__, "Child support we received from the customer.")


class CaseShare(Answer):
    """So much of a payment was for this case."""

    case = part(CaseName, "The case.")
    amount_cents = cents("How much.")


class PaymentMade(Answer):
    reference = word("Tells payments apart.")
    received_on = day("When we received it.")
    amount_cents = cents("How much.")
    how = said("How it was paid.", "made.source", "made.method")
    status = said("What became of it. One that is `reversed` no longer counts.", "made.status")
    why = said("Why it waits, or was taken back; null where it did neither.", "made.held", "made.reversed",
               or_none=True)
    reversed_on = day("When it was taken back; null where it was not.", or_none=True)
    cases = many(CaseShare, "Which cases it paid; empty while it is not applied.")
    steps = many(StepMade, "What happened to it, in order.")


class PaymentsMade(Listed):
    payments = many(PaymentMade, "Newest first.")


@resource.endpoint("GET", "/payments/made", Reach.OWN_PIN, PaymentsMade, asked=PlaceByWay)
def made(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """Payments made by me"""
    return listed("made", asked, _said)


def _said(row: Made, labels: Labels) -> Mapping[str, Any]:
    how = ("made.method", row.method) if row.source == "OTHER" else ("made.source", row.source)
    return {
        "reference": row.reference, "received_on": row.on, "amount_cents": row.amount_cents, "how": coded(*how),
        "status": coded("made.status", row.status), "why": _why(row), "reversed_on": row.reversed_on,
        "cases": [{"case": named(case_id, labels), "amount_cents": amount} for case_id, amount in row.by_case.items()],
        "steps": [step_made(step, labels) for step in row.steps],
    }


def _why(row: Made) -> Mapping[str, str] | None:
    if row.status == "held":
        return coded("made.held", row.waiting[0].what)
    return coded("made.reversed", row.reversal_reason or "other") if row.status == "reversed" else None
