"""What of a new OpenAPI document breaks programs that were written for an older one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


def breaking(old: Node, new: Node) -> list[str]:
    return [f"{method.upper()} {path}: {problem}" for path, methods in old["paths"].items()
            for method, before in methods.items() if method in METHODS
            for problem in _operation(before, new["paths"].get(path, {}).get(method), old, new)]


def _operation(before: Node, after: Node | None, old: Node, new: Node) -> Iterator[str]:
    if after is None:
        yield "is gone"
        return
    if before["x-reach"] != after["x-reach"]:
        yield "is for others now"
    yield from _asked(before, after)
    yield from _sent(_body(before, old), _body(after, new))
    for status, response in before["responses"].items():
        if not status.startswith("2"):
            continue
        if status not in after["responses"]:
            yield f"no longer answers {status}"
            continue
        yield from _said(_schema(response), _schema(after["responses"][status]), old, new, "answer")


def _asked(before: Node, after: Node) -> Iterator[str]:
    known = {one["name"]: one for one in before.get("parameters", ())}
    found = {one["name"]: one for one in after.get("parameters", ())}
    yield from (f"no longer takes {name}" for name in sorted(known.keys() - found.keys()))
    yield from (f"needs {name} now" for name in sorted(found)
                if found[name]["required"] and not known.get(name, {}).get("required"))
    for name in sorted(known.keys() & found.keys()):
        yield from _narrower(known[name]["schema"], found[name]["schema"], name)


def _sent(before: Node, after: Node) -> Iterator[str]:
    known, found = before.get("properties", {}), after.get("properties", {})
    yield from (f"no longer takes {name}" for name in sorted(known.keys() - found.keys()))
    yield from (f"needs {name} now" for name in sorted({*after.get("required", ())} - {*before.get("required", ())}))
    for name in sorted(known.keys() & found.keys()):
        yield from _narrower(known[name], found[name], name)


def _narrower(before: Node, after: Node, name: str) -> Iterator[str]:
    if before.get("type") != after.get("type") or before.get("pattern") != after.get("pattern"):
        yield f"takes another kind of {name}"
    if after.get("maxLength", 10**9) < before.get("maxLength", 10**9):
        yield f"takes only a shorter {name}"
    if "enum" in after and not {*before.get("enum", ())} <= {*after["enum"]}:
        yield f"takes fewer choices of {name}"


def _said(before: Node, after: Node, old: Node, new: Node, place: str) -> Iterator[str]:
    before, after = _plain(before, old), _plain(after, new)
    if _kind(before) != _kind(after):
        yield f"{place} is of another kind"
    if gone := sorted({*before.get("x-codes", ())} - {*after.get("x-codes", ())}):
        yield f"{place} no longer says {', '.join(gone)}"
    for name in sorted({*before.get("required", ())} - {*after.get("required", ())}):
        yield f"{place}.{name} may be missing now"
    for name, of in before.get("properties", {}).items():
        if name in after.get("properties", {}):
            yield from _said(of, after["properties"][name], old, new, f"{place}.{name}")
    if "items" in before and "items" in after:
        yield from _said(before["items"], after["items"], old, new, f"{place}[]")


def _kind(of: Node) -> tuple[Any, ...]:
    types = of.get("type")
    return (sorted(types) if isinstance(types, list) else [types], of.get("format"), of.get("nullable"))


def _plain(of: Node, document: Node) -> Node:
    """What is behind a reference, with the codes that stand beside it; one that can be null says so."""
    nodes = of.get("anyOf", [of])
    nullable = {"type": "null"} in nodes
    (node,) = [one for one in nodes if one != {"type": "null"}]
    beside = {name: value for name, value in of.items() if name == "x-codes"} | ({"nullable": True} if nullable else {})
    return {**_behind(node, document), **beside}


def _behind(of: Node, document: Node) -> Node:
    if "$ref" not in of:
        return of
    found: Any = document
    for step in of["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found  # type: ignore[no-any-return]


def _schema(of: Node) -> Node:
    return next(iter(of.get("content", {}).values()), {}).get("schema", {})  # type: ignore[no-any-return]


def _body(operation: Node, document: Node) -> Node:
    return _behind(_schema(operation.get("requestBody", {})), document)
