"""The local offices, by county: open to everyone, as on the page."""

from collections.abc import Mapping
from typing import Any

from gateway.api.fields import Asked, Typed
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.resources.cases import LocalOffice
from gateway.api.shapes import Answer, many
from gateway.web.portal import portal, visitor

resource = Resource("offices", __name__, "The local child support offices.")


class ByCounty(Asked):
    county = Typed("Only offices with that in their name; case and accents are no matter.")


class LocalOffices(Answer):
    offices = many(LocalOffice, "By name; empty where none has that in its name.")


@resource.endpoint("GET", "/offices", Reach.ANYONE, LocalOffices, asked=ByCounty)
def offices(asked: Mapping[str, str]) -> Mapping[str, Any]:
    """The local offices"""
    language = visitor().language
    return {"offices": [{"name": office.name[language], "phone": office.phone}
                        for office in portal().offices.named(asked.get("county", ""), language)]}
