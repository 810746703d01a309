"""My cases: what each one is, where it stands, its orders, and who to call."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields
from sqlalchemy import Connection

from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, CaseName, OfTheView, cents, coded, day, many, of_the_view, part, said, word
from gateway.shown import Unreadable
from gateway.view import my_cases, reading
from gateway.view.my_cases import Case, Order
from gateway.web.portal import portal, signed_in, visitor
from gateway.web.words import said as words_of

resource = Resource("cases", __name__, "The customer's cases.")


class Child(Answer):
    initials = word("Never more of the name.")
    birth_year = fields.Integer(required=True, allow_none=True, metadata={
        "description": "Year of birth, never the day; null where it is not known."})


class Monthly(Answer):
    kind = said("Kind of support.", "kind")
    amount_cents = cents("What is to be paid each month.")


class CourtOrder(Answer):
    type = said("Kind of order.")
    filed_on = day("When it was filed.")
    effective_on = day("Since when it counts.")
    court = word("The court.")
    court_case_number = word("The number that the court gave it; null where there is none.", or_none=True)
    health_insurance = said("Who must keep health insurance.", "my_case.insurance")
    income_withholding = fields.Boolean(required=True, metadata={"description": "Whether it is withheld from pay."})


class LocalOffice(Answer):
    name = word("What it is called.")
    phone = word("Its number.")


class MyCase(CaseName):
    role = said("Whether the customer pays in it, or is paid.", "balances.role")
    status = said("Where it stands.", "my_case.status")
    status_means = word("What that means, for the reader.")
    step = said("What is being done; null where nobody knows, or it is closed.", "my_case.step", or_none=True)
    step_means = word("What that means, for the reader; null where there is no step.", or_none=True)
    court_case_number = word("The number of the court; null where there is none.", or_none=True)
    opened_on = day("When it was opened.")
    closed_on = day("When it was closed; null where it is not.", or_none=True)
    children = fields.List(fields.Nested(Child), required=True, allow_none=True, metadata={
        "description": "The children it is about; null where they are on file, but cannot be shown now."})
    assistance = said("Public assistance, told only to who is paid in the case; else null.", "my_case.assistance",
                      or_none=True)
    monthly = many(Monthly, "What is in force today, by kind of support.")
    orders = many(CourtOrder, "Court orders, newest first.")
    office = part(LocalOffice, "The local office; null: call the number of the agency.", or_none=True)


class Cases(OfTheView):
    cases = many(MyCase, "Every case the customer is in; those that are going on first.")


@resource.endpoint("GET", "/cases", Reach.OWN_PIN, Cases)
def cases() -> Mapping[str, Any]:
    """My cases"""
    with portal().engine.connect() as conn:
        found = [_said(conn, case) for case in my_cases.cases_of(conn, signed_in().participant_id)]
        as_of = reading.as_of(conn, "cases")
    return of_the_view(as_of, cases=found)


def _said(conn: Connection, case: Case) -> Mapping[str, Any]:
    parts = portal()
    today = parts.clock().astimezone(parts.zone).date()
    step = case.function if case.status != "closed" else None
    office = parts.offices.find(case.lcsa)
    return {
        "id": case.case_id, "label": case.label, "role": coded("balances.role", case.standing),
        "status": coded("my_case.status", case.status), "status_means": words_of("my_case.status_means", case.status),
        "step": coded("my_case.step", step) if step else None,
        "step_means": words_of("my_case.step_means", step) if step else None,
        "court_case_number": case.court_case_number, "opened_on": case.opened_on, "closed_on": case.closed_on,
        "children": _children(case),
        "assistance": coded("my_case.assistance", case.assistance) if case.assistance else None,
        "monthly": [{"kind": coded("kind", one.kind), "amount_cents": one.cents}
                    for one in my_cases.monthly_of(conn, case.case_id, today)],
        "orders": [_order(order) for order in my_cases.orders_of(conn, case.case_id)],
        "office": {"name": office.name[visitor().language], "phone": office.phone} if office else None,
    }


def _children(case: Case) -> list[Mapping[str, Any]] | None:
    if not case.dependents_enc:
        return []
    found = portal().shown.dependents(case.case_id, case.dependents_enc)
    if isinstance(found, Unreadable):
        return None
    return [{"initials": child.initials, "birth_year": child.birth_year} for child in found]


def _order(of: Order) -> Mapping[str, Any]:
    return {
        "type": coded("my_case.order", of.type), "filed_on": of.filed_on, "effective_on": of.effective_on,
        "court": of.court, "court_case_number": of.court_case_number,
        "health_insurance": coded("my_case.insurance", of.health_insurance),
        "income_withholding": of.income_withholding,
    }
