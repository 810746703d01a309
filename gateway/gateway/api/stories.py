"""The steps of a payment for an app: each as a code, the values that its sentence says, and the sentence.

A value that the sentence does not say is left out: an app learns no more than a reader of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from gateway.api.shapes import Answer, CaseName, cents, coded, day, in_month, many, month, named, part, said, word
from gateway.view.payment_rows import Piece, Step
from gateway.web.stories import PaidLine, Told
from gateway.web.words import stories

Labels = Mapping[str, str]


class Debt(Answer):
    """A debt that the payment paid."""

    debt = word("What was paid: `current`, `arrears` (past due), `interest`, `future` (paid ahead) or `other`.")
    kind = said("Kind of support.", "kind", or_none=True)
    first_month = month("The month it was for, or the first of them; null where it is of no month.")
    last_month = month("The last month it was for; null where it is of one month, or of none.")
    case = part(CaseName, "The case.")
    amount_cents = cents("How much.")
    text = word("The same as a line for the reader.")


class Values(Answer):
    amount_cents = fields.Integer(required=True, allow_none=True, metadata={
        "description": "How much. Integer cents of US dollars; null where the sentence says no amount."})
    on = day("When; null where the sentence says no day.", or_none=True)
    until = day("Until when; null where the sentence says none.", or_none=True)
    code = word("What it is. New codes may come; whatever you do not know, show by its `text`.")
    text = word("The same as a sentence for the reader.")


class StepMade(Values):
    """A step of a payment that the customer made."""

    code = fields.String(required=True, metadata={"description": "What happened.", "x-codes": ["made.step"]})
    debts = many(Debt, "What this step paid; empty for other steps.")


class StepReceived(Values):
    """A step of a payment that was received for a case of the customer."""

    code = fields.String(required=True, metadata={"description": "What happened.", "x-codes": ["received.step"]})


class PieceWent(Values):
    """A piece of a payment received, and where it is now."""

    code = fields.String(required=True, metadata={"description": "Where it is.", "x-codes": ["received.went"]})


class PieceSent(Values):
    """A piece that a payment sent is made of."""

    code = fields.String(required=True, metadata={"description": "What it is.", "x-codes": ["sent.part"]})


def step(prefix: str, of: Step) -> Mapping[str, Any]:
    return _values(stories().step_told(prefix, of), of.amount_cents, of.on, of.until)


def step_made(of: Step, labels: Labels) -> Mapping[str, Any]:
    return {**step("made.step", of), "debts": [_debt(line, labels) for line in stories().paid_debts(of.parts)]}


def piece(prefix: str, of: Piece) -> Mapping[str, Any]:
    return _values(stories().piece_told(prefix, of), of.amount_cents, of.received_on, of.until)


def _values(told: Told, amount_cents: int | None, on: object, until: object) -> Mapping[str, Any]:
    return {"code": told.code, "text": told.text, "amount_cents": amount_cents if "amount" in told.says else None,
            "on": on if "date" in told.says else None, "until": until if "until" in told.says else None}


def _debt(line: PaidLine, labels: Labels) -> Mapping[str, Any]:
    says = line.told.says
    return {
        "debt": line.told.code.removesuffix(".many"), "text": line.told.text, "amount_cents": line.amount_cents,
        "case": named(line.case_id, labels), "kind": coded("kind", line.kind) if "kind" in says else None,
        "first_month": in_month(line.months[0]) if "month" in says else None,
        "last_month": in_month(line.months[-1]) if "last" in says else None,
    }
