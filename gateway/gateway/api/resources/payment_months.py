"""Payments by month: what those of a list that count come to, as the chart of its page shows it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from gateway.api.lists import ByWay, Chosen, chosen
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, OfTheView, cents, in_month, many, of_the_view
from gateway.view import reading
from gateway.view.choosing import Kind, sums_by_month
from gateway.web.portal import portal, signed_in

resource = Resource("payment_months", __name__, "What payments come to by month; those taken back do not count.")


class Month(Answer):
    month = fields.String(required=True, metadata={"description": "ISO 8601, `2026-02`."})
    count = fields.Integer(required=True, metadata={"description": "How many payments."})
    amount_cents = cents("What they come to.")


class Months(OfTheView):
    months = many(Month, "Newest first; only months that have payments that count.")


@resource.endpoint("GET", "/payments/made/months", Reach.OWN_PIN, Months, asked=ByWay)
def made(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """Payments made by me, by month"""
    return _months("made", asked)


@resource.endpoint("GET", "/payments/received/months", Reach.OWN_PIN, Months, asked=Chosen)
def received(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """Payments received for my case, by month"""
    return _months("received", asked)


@resource.endpoint("GET", "/payments/sent/months", Reach.OWN_PIN, Months, asked=Chosen)
def sent(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """Payments sent to me, by month"""
    return _months("sent", asked)


def _months(kind: Kind, asked: Mapping[str, str]) -> Mapping[str, Any]:
    viewer_id = signed_in().participant_id
    with portal().engine.connect() as conn:
        mine, as_of = reading.cases_and_as_of(conn, viewer_id, "payments")
        sums = sums_by_month(conn, viewer_id, kind, chosen(kind, asked, mine))
    return of_the_view(as_of, months=[
        {"month": in_month(one.month), "count": one.count, "amount_cents": one.cents} for one in sums])
