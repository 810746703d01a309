"""Decisions as specifications: `given(decider, *events).when(command).then(*events)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from eventkit.decider import C, Decider, Detail, E, Rejected, S


@dataclass(frozen=True)
class Given(Generic[C, S, E]):
    decider: Decider[C, S, E]
    history: tuple[E, ...]

    def when(self, command: C) -> When[C, S, E]:
        state = self.decider.fold(self.history)
        try:
            return When(self, tuple(self.decider.decide(command, state)), None)
        except Rejected as refusal:
            return When(self, (), refusal)


@dataclass(frozen=True)
class When(Generic[C, S, E]):
    given: Given[C, S, E]
    events: tuple[E, ...]
    refusal: Rejected | None

    def then(self, *expected: E) -> Given[C, S, E]:
        """These events and no others; returns a `given` that goes on from there."""
        assert self.refusal is None, f"rejected with {self.refusal.code!r}, expected {_names(expected)}"
        assert self.events == expected, f"decided {list(self.events)}, expected {list(expected)}"
        return Given(self.given.decider, self.given.history + self.events)

    def then_nothing(self) -> Given[C, S, E]:
        return self.then()

    def then_rejected(self, code: str, **details: Detail) -> None:
        assert self.refusal is not None, f"decided {_names(self.events)}, expected a refusal {code!r}"
        assert self.refusal.code == code, f"rejected with {self.refusal.code!r}, expected {code!r}"
        wrong = {k: v for k, v in details.items() if self.refusal.details.get(k) != v}
        assert not wrong, f"details {self.refusal.details}, expected at least {details}"


def given(decider: Decider[C, S, E], *history: E) -> Given[C, S, E]:
    return Given(decider, history)


def _names(events: Sequence[object]) -> list[str]:
    return [type(event).__name__ for event in events]
