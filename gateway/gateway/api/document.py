"""The OpenAPI 3.1 document of the API: made out of the endpoints themselves, so it cannot say anything else.

`contracts/openapi.json` is this document; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask_smorest import Api
from marshmallow import fields

from gateway.api import problems
from gateway.api.shapes import Answer
from gateway.catalogue import Catalogue

VERSION: Final = "1.0.0"
OPENAPI: Final = "3.1.0"
TITLE: Final = "Customer Connect"
ABOUT: Final = """\
The customer's own case for an app: the same answers as the pages, from the same records, with the same limits.

Log in with `POST /session` and send the token as `Authorization: Bearer <token>`. Cookies are not looked at, and no \
browser page of another origin is let in (no CORS).

Words are in the language of `lang`, else of `Accept-Language`, else of the customer: English or Spanish. What a \
program needs is in codes, cents, days (ISO 8601) and times (UTC). New codes and fields may be added at any time; \
whatever you do not know, pass over or show by its `text`.

What a customer tells the agency (a change, an answer, a report) is sent with a `command_id` of yours, so that you may \
send it again when there was no answer: it acts once. A day takes a limited number of each customer, pages included.

Nothing is to be cached (`no-store`). What goes wrong is told as `application/problem+json` (RFC 9457); `detail` is \
for the reader and says what to do."""
SESSION: Final = {"type": "http", "scheme": "bearer", "description": "The token of `POST /session`: 15 idle minutes "
                  "(unless the agency has set others), 12 hours at most."}
RETRY: Final = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}


class WrongField(Answer):
    field = fields.String(required=True, metadata={"description": "Its name; empty where it is the whole body."})
    detail = fields.String(required=True, metadata={"description": "What to do, for the reader."})


class Problem(Answer):
    type = fields.String(required=True, metadata={
        "description": "Names the problem; an address of the documentation.", "format": "uri-reference"})
    status = fields.Integer(required=True, metadata={"description": "As of the answer."})
    title = fields.String(required=True, metadata={"description": "What it is, for the reader."})
    detail = fields.String(required=True, metadata={"description": "What happened and what to do, for the reader."})
    errors = fields.List(fields.Nested(WrongField), metadata={"description": "What is wrong with what was sent."})
    incident = fields.String(metadata={"description": "To be given to the agency by who asks for help."})


def begin(api: Api) -> None:
    """What all endpoints refer to."""
    api.spec.components.security_scheme("session", SESSION)
    api.spec.components.schema("Problem", schema=Problem)


def finished(raw: Mapping[str, Any], texts: Catalogue) -> dict[str, Any]:
    """The document, with every problem and every code that the endpoints name."""
    document = dict(raw)
    document["tags"] = [{**tag, "name": _plain(tag["name"])} for tag in document["tags"]]
    shared: dict[str, Any] = {}
    _make_whole(document["paths"])
    for operation in operations(document):
        operation["tags"] = [_plain(name) for name in operation["tags"]]
        if "description" in operation:
            operation["description"] = " ".join(operation["description"].split())
        for status, response in operation["responses"].items():
            if names := response.pop("x-problems", None):
                name = "Or".join(_camel(one) for one in names)
                shared[name] = _response(int(status), names, texts)
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
        operation["responses"] = dict(sorted(operation["responses"].items()))
    document["components"] = {
        "securitySchemes": document["components"]["securitySchemes"], "responses": dict(sorted(shared.items())),
        "schemas": _referred(document["components"]["schemas"], [document["paths"], shared])}
    _list_codes(document, texts)
    return document


def _make_whole(paths: Mapping[str, Any]) -> None:
    """What is in the address of several operations is said with each."""
    for path in paths.values():
        in_path = path.pop("parameters", [])
        for operation in path.values():
            operation["parameters"] = [*in_path, *operation.get("parameters", [])]


def operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from (operation for operation in path.values() if isinstance(operation, dict))


def _response(status: int, names: list[str], texts: Catalogue) -> dict[str, Any]:
    said = " or ".join(f"`{name.replace('_', '-')}`: {texts.text('en', problems.title_key(name, texts))}."
                       for name in names)
    found: dict[str, Any] = {"description": said, "x-problems": names, "content": {problems.TYPE: {
        "schema": {"$ref": "#/components/schemas/Problem"}}}}
    if status in (429, 503):
        found["headers"] = RETRY
    if status == 401:
        found["headers"] = {"WWW-Authenticate": {"description": "`Bearer`.", "schema": {"type": "string"}}}
    return found


def _list_codes(node: Any, texts: Catalogue) -> None:
    if isinstance(node, dict):
        if isinstance(prefixes := node.get("x-codes"), list):
            node["x-codes"] = sorted({key.removeprefix(f"{prefix}.") for prefix in prefixes
                                      for key in texts.keys(f"{prefix}.")})
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            _list_codes(one, texts)


def _referred(schemas: Mapping[str, Any], nodes: Any) -> dict[str, Any]:
    """Without those that nothing of ours refers to, in the order of their names."""
    wanted: set[str] = set()
    waiting = [nodes]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
            if name in schemas and name not in wanted:
                wanted.add(name)
                waiting.append(schemas[name])
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return {name: schemas[name] for name in sorted(wanted)}


def _plain(tag: str) -> str:
    return tag.removeprefix("api_")


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
