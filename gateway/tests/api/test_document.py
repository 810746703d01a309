"""The OpenAPI document: valid, the one in `contracts/`, said by the server, and no promise of a release is broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

import gateway
from gateway.api.__main__ import document
from gateway.api.document import operations
from gateway.api.reach import Reach

from ..web.parts import BOTH, PAYEE, PAYOR
from .breaking import breaking
from .parts import PLACES, REACHES, Program

CONTRACTS = Path(gateway.__file__).parents[1] / "contracts"
Doc = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> Doc:
    found: Doc = json.loads(document())
    return found


def test_the_document_in_contracts_is_that_of_the_code(made: Doc) -> None:
    assert (CONTRACTS / "openapi.json").read_text() == document(), "run `make contracts`"


def test_it_is_openapi_3_1(made: Doc) -> None:
    assert made["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(made).validate()


def test_no_promise_of_the_release_is_broken(made: Doc) -> None:
    released = json.loads((CONTRACTS / "openapi.released.json").read_text())
    assert breaking(released, made) == [], "give the old meaning back, or begin /api/v2"


def test_everything_is_described(made: Doc) -> None:
    assert len(list(operations(made))) == len(REACHES) - 1, "all but the document itself"
    for operation in operations(made):
        assert operation["summary"] and operation["operationId"]
        assert operation["x-reach"] in {one.value for one in Reach}
        assert (operation["security"] == []) is (operation["x-reach"] == "anyone")
        assert all(parameter["description"] for parameter in operation["parameters"])
    for name, schema in made["components"]["schemas"].items():
        for field, of in schema["properties"].items():
            assert of.get("description", "").strip().endswith((".", "`.", ")")), (name, field)
            assert of.get("type") != "integer" or any(word in of["description"] for word in (
                "cents", "session ends", "answer", "minutes", "Year", "How many")), (name, field, "of what unit?")


def test_what_a_session_can_meet_is_named(made: Doc) -> None:
    for operation in operations(made):
        wanted = {"422", "500", "503"} | ({"401"} if operation["x-reach"] != "anyone" else set())
        wanted |= {"400", "413", "415"} if "requestBody" in operation else set()
        assert wanted <= operation["responses"].keys(), operation["operationId"]


def test_the_server_says_the_document_and_the_document_what_it_answers(new_program: Callable[..., Program],
                                                                       made: Doc) -> None:
    assert new_program().get("/openapi.json").json == made
    for person in (BOTH, PAYOR, PAYEE):
        program = new_program("es")
        program.log_in(person)
        for path, methods in made["paths"].items():
            if "get" in methods:
                schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
                own = path.format(**PLACES | ({"case_id": "C2"} if person == PAYOR else {}))
                jsonschema.validate(program.get(own).json, {**schema, "components": made["components"]})


def changed(made: Doc, *place: str | int, to: Any) -> Doc:
    found = deepcopy(made)
    node: Any = found
    for step in place[:-1]:
        node = node[step]
    if to is None:
        del node[place[-1]]
    else:
        node[place[-1]] = to
    return found


SCHEMAS = ("components", "schemas")
SENT = "/api/v1/payments/sent"


@pytest.mark.parametrize(("place", "to", "noticed"), [
    (("paths", SENT), None, "GET /api/v1/payments/sent: is gone"),
    (("paths", "/api/v1/pin", "put", "x-reach"), "temporary_pin", "PUT /api/v1/pin: is for others now"),
    (("paths", "/api/v1/session", "post", "responses", "201"), None, "POST /api/v1/session: no longer answers 201"),
    (("paths", SENT, "get", "parameters"), [], f"GET {SENT}: no longer takes after"),
    (("paths", SENT, "get", "parameters", 0, "required"), True, f"GET {SENT}: needs lang now"),
    (("paths", SENT, "get", "parameters", 0, "schema", "enum"), ["en"], f"GET {SENT}: takes fewer choices of lang"),
    ((*SCHEMAS, "LogIn", "required"), ["identifier", "pin", "code"], "POST /api/v1/session: needs code now"),
    ((*SCHEMAS, "LogIn", "properties", "pin", "maxLength"), 6, "POST /api/v1/session: takes only a shorter pin"),
    ((*SCHEMAS, "LogIn", "properties", "pin", "type"), "integer", "POST /api/v1/session: takes another kind of pin"),
    ((*SCHEMAS, "PaymentSent", "required"), [], f"GET {SENT}: answer.payments[].parts may be missing now"),
    ((*SCHEMAS, "PaymentSent", "properties", "amount_cents", "type"), "string",
     f"GET {SENT}: answer.payments[].amount_cents is of another kind"),
    ((*SCHEMAS, "PaymentSent", "properties", "status", "x-codes"), ["issued"],
     f"GET {SENT}: answer.payments[].status no longer says cleared, other, pending, reissued, returned, stale, "
     "stop_paid, voided"),
    ((*SCHEMAS, "CaseBalance", "properties", "case"), {"anyOf": [
        {"$ref": "#/components/schemas/CaseName"}, {"type": "null"}]},
     "GET /api/v1/balances: answer.balances[].case is of another kind"),
])
def test_a_change_that_breaks_programs_is_noticed(made: Doc, place: tuple[str | int, ...], to: Any,
                                                  noticed: str) -> None:
    assert noticed in breaking(made, changed(made, *place, to=to))


def test_what_is_only_added_breaks_nothing(made: Doc) -> None:
    more = changed(made, "paths", "/api/v1/hobbies", to=deepcopy(made["paths"][SENT]))
    more["components"]["schemas"]["PaymentSent"]["properties"]["trace"] = {"type": "string", "description": "New."}
    more["components"]["schemas"]["PaymentSent"]["properties"]["status"]["x-codes"].append("lost")
    assert breaking(made, made) == breaking(made, more) == []
