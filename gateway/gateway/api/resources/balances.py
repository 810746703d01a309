"""Balances: what is owed today on each case, and what is expected next."""

from collections.abc import Mapping
from typing import Any

from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, CaseName, OfTheView, cents, coded, day, many, of_the_view, part, said
from gateway.view import balances as owed
from gateway.view import reading
from gateway.view.balances import Balance, Expected
from gateway.web.portal import portal, signed_in

resource = Resource("balances", __name__, "What is owed on each case: by the customer, or to the customer.")


class Next(Answer):
    on = day("When it is due.")
    support_cents = cents("The support of the month.")
    past_due_cents = cents("What is asked for on what is past due.")
    total_cents = cents("Both together.")


class OwedOfKind(Answer):
    kind = said("Kind of support.", "kind")
    total_cents = cents("What is owed of it.")


class CaseBalance(Answer):
    case = part(CaseName, "The case.")
    role = said("Whether the customer pays in it, or is paid.", "balances.role")
    due_now_cents = cents("Current support due this month.")
    past_due_cents = cents("What is past due, without interest.")
    interest_cents = cents("Interest on what is past due.")
    total_cents = cents("All of it.")
    ahead_cents = cents("Paid for coming months.")
    expected = part(Next, "What is expected next; null where nothing is.", or_none=True)
    kinds = many(OwedOfKind, "The total by kind of support, where there is more than one.")


class Balances(OfTheView):
    balances = many(CaseBalance, "By case, those the customer pays in first; only of cases on which something was "
                    "ever owed or asked for.")


@resource.endpoint("GET", "/balances", Reach.OWN_PIN, Balances)
def balances() -> Mapping[str, Any]:
    """What is owed today"""
    parts = portal()
    today = parts.clock().astimezone(parts.zone).date()
    with parts.engine.connect() as conn:
        found = owed.balances(conn, signed_in().participant_id, today)
        as_of = reading.as_of(conn, "payments")
    return of_the_view(as_of, balances=[_said(balance) for balance in found])


def _said(of: Balance) -> Mapping[str, Any]:
    return {
        "case": {"id": of.case_id, "label": of.label}, "role": coded("balances.role", of.role),
        "due_now_cents": of.due_now, "past_due_cents": of.past_due, "interest_cents": of.interest,
        "total_cents": of.total, "ahead_cents": of.ahead, "expected": _expected(of.expected) if of.expected else None,
        "kinds": [{"kind": coded("kind", one.kind), "total_cents": one.total} for one in of.owed if len(of.owed) > 1],
    }


def _expected(of: Expected) -> Mapping[str, Any]:
    return {"on": of.on, "support_cents": of.support, "past_due_cents": of.past_due, "total_cents": of.total}
