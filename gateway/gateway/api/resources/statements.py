"""Monthly statements: a list of them, and each as its page says it to that side of the case."""

from collections.abc import Mapping
from typing import Any, Final

from flask import abort
from marshmallow import fields

from gateway.api.lists import Listed, Place, cursor_of
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import (
    Answer,
    CaseName,
    OfTheView,
    cents,
    coded,
    day,
    in_month,
    many,
    named,
    of_the_view,
    part,
    said,
    word,
)
from gateway.view import reading
from gateway.view import statements as issued
from gateway.view.statements import Entry, Statement, ToPay
from gateway.web.asking import month_of
from gateway.web.portal import portal, signed_in

resource = Resource("statements", __name__, "What was owed on a case month by month, as it was told then.")
ONE: Final = {"case_id": "The number of the case with us.", "month": "The month, ISO 8601: `2026-02`."}


class StatementInList(Answer):
    case = part(CaseName, "The case.")
    month = word("The month, ISO 8601: `2026-02`.")
    role = said("Whether the customer pays in it, or is paid.", "balances.role")
    issued_on = day("When it was issued.")
    total_cents = cents("The balance at its end; negative where more was paid than owed.")


class Statements(Listed):
    statements = many(StatementInList, "Newest first.")


class Charge(Answer):
    kind = said("Kind of support.", "kind")
    amount_cents = cents("How much was charged.")


class StatementPayment(Answer):
    received_on = day("When we received it.")
    amount_cents = cents("How much; negative where it was taken back.")
    how = said("How it was paid; null for who is paid in the case.", "made.source", "made.method", or_none=True)


class Adjustment(Answer):
    on = day("The day it counts for.")
    kind = said("Kind of support.", "kind")
    reason = said("Why.", "statements.reason")
    amount_cents = cents("By how much more is owed; negative for less.")


class Coupon(Answer):
    participant_id = word("The customer's own.")
    amount_cents = cents("What is to be paid.")
    address = fields.List(fields.String(), required=True, metadata={"description": "Lines of where to mail it."})


class OwedThen(Answer):
    current_due_cents = cents("Support of the month that was not paid.")
    past_due_cents = cents("What was past due, without interest.")
    interest_cents = cents("Interest on what was past due.")
    ahead_cents = cents("Paid for coming months.")
    total_cents = cents("All of it, less what was paid ahead.")


class AskedOfPayor(Answer):
    each_month_cents = cents("Asked each month on what is past due.")
    to_avoid_interest_cents = cents("To be paid to avoid more interest.")
    coupon = part(Coupon, "To go with a check or money order; null where nothing is asked for.", or_none=True)


class StatementOfMonth(OfTheView):
    case = part(CaseName, "The case.")
    month = word("The month, ISO 8601: `2026-02`.")
    role = said("Whether the customer pays in it, or is paid.", "balances.role")
    issued_on = day("When it was issued.")
    first_day = day("The first day of its period.")
    last_day = day("The last day of its period.")
    previous_cents = cents("The balance before.")
    charges = many(Charge, "What was charged.")
    payments = many(StatementPayment, "What came in.")
    adjusted_cents = cents("All adjustments together.")
    adjustments = many(Adjustment, "One by one, for who pays; else none.")
    interest_posted_cents = cents("Interest that was added.")
    owed = part(OwedThen, "The balance after, and what it is made of.")
    asked = part(AskedOfPayor, "What is asked of who pays; null for who is paid.", or_none=True)


@resource.endpoint("GET", "/statements", Reach.OWN_PIN, Statements, asked=Place)
def statements(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """My statements"""
    viewer_id = signed_in().participant_id
    with portal().engine.connect() as conn:
        page = issued.listed(conn, viewer_id, cursor_of(asked))
        labels = reading.case_labels(conn, viewer_id)
        as_of = reading.as_of(conn, "payments")
    return of_the_view(as_of, statements=[
        {"case": named(row.reference, labels), "month": in_month(row.on), "role": coded("balances.role", row.role),
         "issued_on": row.issued_on, "total_cents": row.total} for row in page.rows],
        older=page.older.encode() if page.older else None, newer=page.newer.encode() if page.newer else None)


@resource.endpoint("GET", "/statements/<case_id>/<month>", Reach.OWN_PIN, StatementOfMonth, place=ONE)
def statement(case_id: str, month: str) -> Mapping[str, Any]:
    """The statement of a case for a month"""
    viewer_id, first = signed_in().participant_id, month_of(month)
    with portal().engine.connect() as conn:
        found = issued.statement(conn, viewer_id, case_id, first) if first else None
        labels = reading.case_labels(conn, viewer_id)
        as_of = reading.as_of(conn, "payments")
    return of_the_view(as_of, **_said(found or abort(404), labels))


def _said(of: Statement, labels: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "case": named(of.case_id, labels), "month": in_month(of.month), "role": coded("balances.role", of.role),
        "issued_on": of.issued_on, "first_day": of.since, "last_day": of.until, "previous_cents": of.previous,
        "charges": [{"kind": coded("kind", one.kind or "other"), "amount_cents": one.amount_cents}
                    for one in of.charges],
        "payments": [_payment(one, of) for one in of.payments], "adjusted_cents": of.adjusted,
        "adjustments": [{"on": one.on, "kind": coded("kind", one.kind or "other"), "amount_cents": one.amount_cents,
                         "reason": coded("statements.reason", one.reason or "other")} for one in of.adjustments],
        "interest_posted_cents": of.interest_posted, "owed": {
            "current_due_cents": of.current_due, "past_due_cents": of.past_due, "interest_cents": of.interest,
            "ahead_cents": of.ahead, "total_cents": of.total},
        "asked": _asked(of.to_pay) if of.to_pay else None,
    }


def _payment(one: Entry, of: Statement) -> Mapping[str, Any]:
    kind, code = one.paid_by
    return {"received_on": one.on, "amount_cents": one.amount_cents,
            "how": coded(f"made.{kind}", code) if of.to_pay else None}


def _asked(of: ToPay) -> Mapping[str, Any]:
    coupon = {"participant_id": of.participant_id, "amount_cents": of.coupon, "address": of.address}
    return {"each_month_cents": of.asked, "to_avoid_interest_cents": of.to_avoid_interest,
            "coupon": coupon if of.coupon > 0 else None}
