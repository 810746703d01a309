"""Public events: what leaves a service, as CloudEvents with versioned schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from marshmallow import RAISE, Schema, ValidationError

SchemaClass = TypeVar("SchemaClass", bound=type[Schema])
CONTENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True)
class PublicEvent:
    """One public event before it has an envelope. `type` is `<service>.<name>.v<version>`; data is JSON-ready."""

    type: str
    subject: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Envelope:
    """A CloudEvents 1.0 event. `position` is gapless per publisher, `version` is the aggregate's."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    position: int
    stream: str
    version: int
    correlationid: str
    causationid: str
    data: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return {
            "specversion": "1.0", "id": self.id, "source": self.source, "type": self.type,
            "subject": self.subject, "time": self.time.astimezone(UTC).isoformat(),
            "datacontenttype": "application/json", "position": self.position, "stream": self.stream,
            "version": self.version, "correlationid": self.correlationid, "causationid": self.causationid,
            "data": self.data,
        }

    def to_json(self) -> bytes:
        return json.dumps(self.to_dict(), separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Envelope:
        """Tolerant: fields it does not know are ignored. Raises KeyError or ValueError on a broken envelope."""
        return cls(id=raw["id"], source=raw["source"], type=raw["type"], subject=raw["subject"],
                   time=datetime.fromisoformat(raw["time"]), position=int(raw["position"]), stream=raw["stream"],
                   version=int(raw["version"]), correlationid=raw["correlationid"],
                   causationid=raw["causationid"], data=raw["data"])


@dataclass(frozen=True)
class PublicSchema:
    name: str
    version: int
    shape: type[Schema]
    summary: str


class PublicCatalog:
    """The public events of one service; the contracts in its `contracts/` folder are made from it."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._schemas: dict[tuple[str, int], PublicSchema] = {}
        self._instances: dict[tuple[str, int], Schema] = {}

    def event(self, name: str, version: int = 1) -> Callable[[SchemaClass], SchemaClass]:
        """Registers a marshmallow Schema; its docstring's first paragraph is the summary in the contract."""

        def register(shape: SchemaClass) -> SchemaClass:
            summary = " ".join((shape.__doc__ or name).strip().split("\n\n")[0].split())
            self._schemas[(name, version)] = PublicSchema(name, version, shape, summary)
            self._instances[(name, version)] = shape(unknown=RAISE)
            return shape

        return register

    def make(self, name: str, version: int, subject: str, data: dict[str, Any]) -> PublicEvent:
        """A checked public event. A wrong one is our own defect, so it raises ValueError with the fields only."""
        try:
            self._instances[(name, version)].load(data)
        except ValidationError as error:
            fields = sorted(map(str, error.messages_dict))
            raise ValueError(f"{self.service}.{name}.v{version} does not fit its contract: {fields}") from None
        return PublicEvent(f"{self.service}.{name}.v{version}", subject, data)

    def events(self) -> Iterator[PublicSchema]:
        return iter(sorted(self._schemas.values(), key=lambda schema: (schema.name, schema.version)))
