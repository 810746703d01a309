"""Payments Sent To Me: each with what it is made of."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from gateway.api.lists import Listed, PlaceOfChosen, listed
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, CaseName, cents, coded, day, many, named, part, said, word
from gateway.api.stories import Labels, PieceSent, piece
from gateway.view.payment_rows import Sent
from gateway.web.words import said as words_of

resource = Resource("payments_sent", __name__, "Child support we sent to the customer, and refunds.")


class PaymentSent(Answer):
    reference = word("Tells payments apart.")
    sent_on = day("When we sent it.")
    amount_cents = cents("How much.")
    how = said("How it was sent.", "sent.method")
    status = said("Whether it arrived. `returned`, `stop_paid` and `voided` did not.", "sent.status")
    status_on = day("Since when; null where it is on its way, or nobody told.", or_none=True)
    meaning = word("What the status means, for the reader.")
    case = part(CaseName, "The case; null where it is of no one case.", or_none=True)
    is_refund = fields.Boolean(required=True, metadata={"description": "Sent back to who paid more than they owed."})
    parts = many(PieceSent, "What it is made of.")
    ahead_cents = cents("How much was sent before the money for it came in.")


class PaymentsSent(Listed):
    payments = many(PaymentSent, "Newest first.")


@resource.endpoint("GET", "/payments/sent", Reach.OWN_PIN, PaymentsSent, asked=PlaceOfChosen)
def sent(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """Payments sent to me"""
    return listed("sent", asked, _said)


def _said(row: Sent, labels: Labels) -> Mapping[str, Any]:
    return {
        "reference": row.reference, "sent_on": row.on, "amount_cents": row.amount_cents,
        "how": coded("sent.method", row.method), "status": coded("sent.status", row.status),
        "status_on": None if row.status in ("issued", "pending") else row.status_on,
        "meaning": words_of("payments.terms.sent", row.status),
        "case": named(row.case_id, labels) if row.case_id else None, "is_refund": row.is_refund,
        "parts": [piece("sent.part", of) for of in row.parts], "ahead_cents": row.ahead_cents,
    }
