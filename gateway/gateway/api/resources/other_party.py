"""What the customer knows of the other party: it goes in, and nothing of it comes out again."""

from collections.abc import Mapping
from typing import Any

from marshmallow import validate

from gateway.api.fields import Flag, Typed
from gateway.api.problems import Refusal
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.telling import PROBLEMS, Telling, Told, told, typed
from gateway.web.reporting import FIELDS, report
from gateway.web.typed import LINE, TEXT

resource = Resource("other_party", __name__, "Tell the agency what one knows of the other party. Nobody is told of it, "
                    "and no answer ever says what was in it.")
BIRTH = ("birth_year", "birth_month", "birth_day")


class Report(Telling):
    case_id = Typed("The case, by its `id`; may be left out by who is in one alone.")
    safety_concern = Flag("True: the customer is worried about their safety or their child's.")
    names_aliases = Typed("Names they use.", longest=LINE)
    birth_date = Typed("Date of birth, or as much as is known of it: `1985-04-30`, `1985-04` or `1985`.",
                       validate=validate.Regexp("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", error="typed.birth_date"))
    ssn = Typed("Social Security number: 9 digits, or the last 4.", metadata={"format": "password"})
    address = Typed("Where they live.", longest=TEXT)
    phone = Typed("Phone number, also of another country.")
    email = Typed("E-mail address.", longest=254)
    employer = Typed("Where they work.", longest=TEXT)
    occupation = Typed("Kind of work, or a license.", longest=LINE)
    property = Typed("Bank accounts, houses or other property.", longest=TEXT)
    vehicle = Typed("Car, truck or other vehicle.", longest=LINE)
    relatives = Typed("Relatives or friends who may know more.", longest=TEXT)
    incarceration_benefits = Typed("In jail or prison, or receiving benefits.", longest=TEXT)
    other = Typed("Anything else.", longest=TEXT)
    source = Typed("How the customer knows this.", longest=TEXT)


@resource.endpoint("POST", "/other-party/reports", Reach.OWN_PIN, Told, body=Report, problems=PROBLEMS)
def send(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Tell what I know of the other party

    At least one thing must be told. Whoever sends it may be watched: an app should keep nothing of it on the device.
    """
    parts = dict(zip(BIRTH, body.get("birth_date", "").split("-"), strict=False))
    said = typed({**body, **parts}, FIELDS)
    try:
        return told(report(said, body["command_id"]), said, "other_party.done")
    except Refusal as refusal:
        raise Refusal(refusal.name, {"birth_date" if field in BIRTH else field: key
                                     for field, key in refusal.errors.items()}) from None
