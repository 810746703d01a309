"""Payments Received For My Case: for who is paid in it, and where each went. Nothing of who paid, or how."""

from collections.abc import Mapping
from typing import Any

from gateway.api.lists import Listed, PlaceOfChosen, listed
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, CaseName, cents, day, many, named, part, word
from gateway.api.stories import Labels, PieceWent, StepReceived, piece, step
from gateway.view.payment_rows import Received

resource = Resource("payments_received", __name__, "Child support that came in for a case the customer is paid in.")


class PaymentReceived(Answer):
    reference = word("Tells payments apart; it is not the number of the payment.")
    received_on = day("When it came in.")
    amount_cents = cents("How much of it was for this case.")
    case = part(CaseName, "The case.")
    went = many(PieceWent, "Where it is now; empty where it was taken back.")
    taken_back_on = day("When it was taken back and no longer counts; null where it was not.", or_none=True)
    steps = many(StepReceived, "What happened to it, in order.")


class PaymentsReceived(Listed):
    payments = many(PaymentReceived, "Newest first.")


@resource.endpoint("GET", "/payments/received", Reach.OWN_PIN, PaymentsReceived, asked=PlaceOfChosen)
def received(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """Payments received for my case"""
    return listed("received", asked, _said)


def _said(row: Received, labels: Labels) -> Mapping[str, Any]:
    return {
        "reference": row.reference, "received_on": row.on, "amount_cents": row.amount_cents,
        "case": named(row.case_id, labels), "taken_back_on": row.taken_back_on,
        "went": [] if row.taken_back_on else [piece("received.went", of) for of in row.went],
        "steps": [step("received.step", of) for of in row.steps],
    }
