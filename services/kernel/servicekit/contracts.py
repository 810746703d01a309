"""Contracts: the public events as JSON Schema files, one per version, that never change once released."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from eventkit.broker import exchange_of, stream_of
from eventkit.public import PublicCatalog, PublicSchema

RELEASED = "released.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def texts(catalog: PublicCatalog) -> dict[str, str]:
    """File name -> text of every contract of a service."""
    return {f"{event.name}.v{event.version}.json": _text(schema_of(catalog, event)) for event in catalog.events()}


def schema_of(catalog: PublicCatalog, event: PublicSchema) -> dict[str, Any]:
    """JSON Schema 2020-12 of an event's `data`; consumers are tolerant, so further fields are allowed."""
    plugin = MarshmallowPlugin()
    spec = APISpec(title=catalog.service, version="1", openapi_version="3.1.0", plugins=[plugin])
    spec.components.schema("Data", schema=event.shape)
    made = json.dumps(spec.to_dict()["components"]["schemas"])
    schemas = json.loads(made.replace("#/components/schemas/", "#/$defs/"))
    for shape in schemas.values():
        shape.pop("additionalProperties", None)
    data = schemas.pop("Data")
    found = {"$schema": _DIALECT, "title": f"{catalog.service}.{event.name}.v{event.version}",
             "description": event.summary, **data}
    return {**found, "$defs": schemas} if schemas else found


def write(catalog: PublicCatalog, folder: Path) -> None:
    """Writes the contracts that are not released yet, and removes those of events that never were and are gone.

    A released one is left as it is: where the code differs from it, `check` says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted, released = texts(catalog), _released(folder)
    for name in _files(folder) - wanted.keys() - released.keys():
        (folder / name).unlink()
    for name, text in wanted.items():
        if name not in released:
            (folder / name).write_text(text, encoding="utf-8")


def release(folder: Path) -> None:
    """Notes the hash of every contract that has none yet: from now on it may not change."""
    known = _released(folder)
    for name in _files(folder):
        known.setdefault(name, _hash(_read(folder / name)))
    (folder / RELEASED).write_text(_text(known), encoding="utf-8")


def check(catalog: PublicCatalog, folder: Path) -> list[str]:
    """What is wrong with the contract files, in words; empty when nothing is."""
    wanted, released, there = texts(catalog), _released(folder), _files(folder)
    problems = []
    for name, digest in released.items():
        if name not in there or name not in wanted:
            problems.append(f"{name} was released and is gone: old events still exist, keep their schema")
        elif _hash(_read(folder / name)) != digest:
            problems.append(f"{name} was released and has changed: put it back, and make a new version instead")
        elif _read(folder / name) != wanted[name]:
            problems.append(f"{name} was released and the code says something else: make a new version instead")
    for name in wanted.keys() - released.keys():
        if name not in there:
            problems.append(f"{name} is missing: run `make contracts`")
        elif _read(folder / name) != wanted[name]:
            problems.append(f"{name} is not what the code says: run `make contracts`")
    problems += [f"{name} is of no event: run `make contracts`" for name in there - wanted.keys() - released.keys()]
    return sorted(problems)


def asyncapi(catalogs: Iterable[PublicCatalog]) -> str:
    """AsyncAPI 3.0 of the suite, as YAML: every service's exchange and stream, every event with its payload."""
    found = sorted(catalogs, key=lambda catalog: catalog.service)
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Customer Connect events", "version": "1",
                 "description": "CloudEvents 1.0 (JSON) in a RabbitMQ stream per publishing service. "
                                "`position` is gapless per publisher, `version` per aggregate."},
        "channels": {catalog.service: _channel(catalog) for catalog in found},
        "operations": {f"publish_{c.service}": {"action": "send", "channel": {"$ref": f"#/channels/{c.service}"}}
                       for c in found},
        "components": {"schemas": {"Envelope": _envelope()}},
    }
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def _channel(catalog: PublicCatalog) -> dict[str, Any]:
    messages = {
        f"{event.name}.v{event.version}": {
            "name": f"{catalog.service}.{event.name}.v{event.version}", "summary": event.summary,
            "contentType": "application/cloudevents+json",
            "payload": {"allOf": [{"$ref": "#/components/schemas/Envelope"},
                                  {"properties": {"data": _inline(schema_of(catalog, event))}}]},
        } for event in catalog.events()}
    return {"address": exchange_of(catalog.service), "description": f"Stream queue: {stream_of(catalog.service)}",
            "messages": messages}


def _inline(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without its own $defs, so that it can stand anywhere in the document."""
    definitions = schema.get("$defs", {})

    def resolve(node: Any) -> Any:
        if isinstance(node, dict):
            reference = node.get("$ref", "")
            if reference.startswith("#/$defs/"):
                return resolve(definitions[reference.removeprefix("#/$defs/")])
            return {key: resolve(value) for key, value in node.items() if key not in ("$defs", "$schema")}
        return [resolve(item) for item in node] if isinstance(node, list) else node

    resolved: dict[str, Any] = resolve(schema)
    return resolved


def _envelope() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "integer", "minimum": 1}
    properties = {"specversion": {"const": "1.0"}, "id": text, "source": text, "type": text, "subject": text,
                  "time": {"type": "string", "format": "date-time"}, "datacontenttype": text, "position": number,
                  "stream": text, "version": number, "correlationid": text, "causationid": text,
                  "data": {"type": "object"}}
    return {"type": "object", "required": list(properties), "properties": properties}


def _released(folder: Path) -> dict[str, str]:
    path = folder / RELEASED
    return dict(json.loads(_read(path))) if path.exists() else {}


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.v*.json")}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: object) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
