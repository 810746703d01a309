"""Names, versions and upcasters of stored events."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from eventkit.events import EventRegistry, UnknownEvent


class Kind(StrEnum):
    FIRST = "first"


@dataclass(frozen=True)
class Part:
    name: str
    cents: int


@dataclass(frozen=True)
class Happened:
    kind: Kind
    on: date
    at: datetime
    parts: tuple[Part, ...]
    note: str | None = None


def test_an_event_survives_the_way_to_json_and_back():
    registry = EventRegistry()
    registry.event("Happened")(Happened)
    event = Happened(Kind.FIRST, date(2026, 2, 28), datetime(2026, 2, 28, 8, tzinfo=UTC), (Part("a", 1),))
    name, version, data = registry.encode(event)
    assert (name, version) == ("Happened", 1)
    assert data["on"] == "2026-02-28"
    assert registry.decode(name, version, data) == event


def test_an_old_version_becomes_todays_by_one_step_per_version():
    registry = EventRegistry()

    @registry.event("Paid", version=3)
    @dataclass(frozen=True)
    class Paid:
        cents: int
        currency: str

    registry.upcaster("Paid", 1)(lambda data: {"cents": data["dollars"] * 100})
    registry.upcaster("Paid", 2)(lambda data: {**data, "currency": "USD"})
    stored_in_2026 = {"dollars": 7}
    assert registry.decode("Paid", 1, stored_in_2026) == Paid(700, "USD")
    assert registry.decode("Paid", 2, {"cents": 5}) == Paid(5, "USD")


def test_what_is_not_known_is_said_so():
    registry = EventRegistry()
    registry.event("Known", version=2)(Part)
    with pytest.raises(UnknownEvent):
        registry.decode("Other", 1, {})
    with pytest.raises(UnknownEvent, match="version 3"):
        registry.decode("Known", 3, {})
    with pytest.raises(UnknownEvent, match="no upcaster"):
        registry.decode("Known", 1, {})
    with pytest.raises(UnknownEvent):
        registry.encode(Happened)


def test_a_name_belongs_to_one_event():
    registry = EventRegistry()
    registry.event("Same")(Part)
    with pytest.raises(ValueError, match="twice"):
        registry.event("Same")(Happened)
