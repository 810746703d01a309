"""Cases: those the customer is in, by the names that payments and balances give them."""

from collections.abc import Mapping
from typing import Any

from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import CaseName, OfTheView, many, of_the_view
from gateway.view import reading
from gateway.web.portal import portal, signed_in

resource = Resource("cases", __name__, "The customer's cases.")


class Cases(OfTheView):
    cases = many(CaseName, "Every case the customer is in.")


@resource.endpoint("GET", "/cases", Reach.OWN_PIN, Cases)
def cases() -> Mapping[str, Any]:
    """My cases"""
    with portal().engine.connect() as conn:
        labels = reading.case_labels(conn, signed_in().participant_id)
        as_of = reading.as_of(conn, "cases")
    return of_the_view(as_of, cases=[{"id": case_id, "label": label} for case_id, label in sorted(labels.items())])
