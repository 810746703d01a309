"""The documentation of the API for who writes an app: made of the document, on our own pages, without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template

from gateway.api import problems
from gateway.api.mounting import DOCUMENT
from gateway.web.access import Access, Pages

pages = Pages("api_docs", __name__, template_folder="templates")
Node = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """`part` names what it is made of, where that is described by itself."""

    name: str
    type: str
    part: str | None
    about: str
    codes: Sequence[str]
    optional: bool
    nullable: bool


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    about: str
    reach: str
    address: Sequence[Field]
    body: Sequence[Field]
    status: str
    answer: Sequence[Field]
    problems: Sequence[str]


@pages.page("/api/docs", Access.PUBLIC)
def show() -> str:
    document: Node = current_app.extensions[DOCUMENT]
    schemas = document["components"]["schemas"]
    operations = [_operation(document, method, path, operation)
                  for path, methods in document["paths"].items() for method, operation in methods.items()]
    return render_template(
        "api_docs.html", about=document["info"]["description"].split("\n\n"), operations=operations,
        pieces={name: _fields(schemas[name]) for name in _parts(operations, schemas)},
        problems=[(name, status, problems.title(name), problems.detail(name))
                  for name, status in problems.PROBLEMS.items()])


def _operation(document: Node, method: str, path: str, of: Node) -> Operation:
    schemas, responses = document["components"]["schemas"], document["components"]["responses"]
    status = next(status for status in of["responses"] if status.startswith("2"))
    named = [responses[_name(response)]["x-problems"] for response in of["responses"].values() if "$ref" in response]
    return Operation(
        of["operationId"], method.upper(), path, of["summary"], of.get("description", ""), of["x-reach"],
        [_field(one["name"], {"description": one["description"], **one["schema"]}, not one["required"])
         for one in of.get("parameters", ())],
        _of_content(of.get("requestBody", {}), schemas), status, _of_content(of["responses"][status], schemas),
        [name for names in named for name in names])


def _parts(operations: Sequence[Operation], schemas: Node) -> list[str]:
    """What answers are made of, in the order it is met."""
    found: dict[str, None] = {}
    waiting = [field.part for one in operations for field in one.answer]
    while waiting:
        name = waiting.pop(0)
        if name and name not in found:
            found[name] = None
            waiting += [field.part for field in _fields(schemas[name])]
    return list(found)


def _of_content(of: Node, schemas: Node) -> Sequence[Field]:
    for content in of.get("content", {}).values():
        return _fields(schemas[_name(content["schema"])])
    return ()


def _fields(schema: Node) -> Sequence[Field]:
    wanted = schema.get("required", ())
    return [_field(name, of, name not in wanted) for name, of in schema["properties"].items()]


def _field(name: str, of: Node, optional: bool) -> Field:
    types = list(_types(of))
    part = next((_name(node) for node in (of, of.get("items", {}), *of.get("anyOf", ())) if "$ref" in node), None)
    kind = " ".join([*(word for word in types if word != "null"), *([of["format"]] if "format" in of else [])])
    return Field(name, kind, part, of.get("description", ""), of.get("x-codes") or of.get("enum") or (), optional,
                 "null" in types)


def _types(of: Node) -> Iterator[str]:
    found = of.get("type", [one["type"] for one in of.get("anyOf", ()) if "type" in one])
    yield from [found] if isinstance(found, str) else found


def _name(of: Node) -> str:
    return str(of["$ref"]).rpartition("/")[2]
