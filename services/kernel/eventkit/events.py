"""What stored events are called: an explicit name and version, JSON data, and upcasters from older versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

Data = dict[str, Any]
T = TypeVar("T")

_json = make_converter()


class UnknownEvent(LookupError):
    """A stored name or version that this code does not know (an older deployment reading newer events)."""


@dataclass(frozen=True)
class EventKind:
    name: str
    version: int
    shape: type


class EventRegistry:
    """The events of one service: class <-> (name, version), and how old versions become new ones.

    A name is part of history: a class may move or be renamed, its registered name may not.
    """

    def __init__(self) -> None:
        self._by_class: dict[type, EventKind] = {}
        self._by_name: dict[str, EventKind] = {}
        self._upcasters: dict[tuple[str, int], Callable[[Data], Data]] = {}

    def event(self, name: str, version: int = 1) -> Callable[[type[T]], type[T]]:
        def register(shape: type[T]) -> type[T]:
            if name in self._by_name:
                raise ValueError(f"event name {name!r} is registered twice")
            kind = EventKind(name, version, shape)
            self._by_class[shape] = self._by_name[name] = kind
            return shape

        return register

    def upcaster(self, name: str, from_version: int) -> Callable[[Callable[[Data], Data]], Callable[[Data], Data]]:
        """Registers the pure step from `from_version` to the next; keep a stored fixture of the old form."""

        def register(step: Callable[[Data], Data]) -> Callable[[Data], Data]:
            self._upcasters[(name, from_version)] = step
            return step

        return register

    def kind_of(self, event: object) -> EventKind:
        try:
            return self._by_class[type(event)]
        except KeyError:
            raise UnknownEvent(f"{type(event).__name__} is not registered") from None

    def encode(self, event: object) -> tuple[str, int, Data]:
        kind = self.kind_of(event)
        return kind.name, kind.version, _json.unstructure(event)

    def decode(self, name: str, version: int, data: Data) -> Any:
        kind = self._by_name.get(name)
        if kind is None or version > kind.version:
            raise UnknownEvent(f"event {name} version {version}")
        while version < kind.version:
            step = self._upcasters.get((name, version))
            if step is None:
                raise UnknownEvent(f"no upcaster for event {name} from version {version}")
            data, version = step(data), version + 1
        return _json.structure(data, kind.shape)

    def names(self) -> list[tuple[str, int]]:
        return sorted((kind.name, kind.version) for kind in self._by_name.values())


def encode_state(state: object) -> Data:
    """A folded state as JSON, for snapshots."""
    encoded: Data = _json.unstructure(state)
    return encoded


def decode_state(data: Data, shape: type[T]) -> T:
    return _json.structure(data, shape)
