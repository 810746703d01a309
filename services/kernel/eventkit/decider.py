"""The whole programming model: `decide(command, state) -> events`, `evolve(state, event) -> state`, `initial`.

Both functions are pure: no I/O, no clock, no ids made inside. What a decision needs from outside (the time,
a new id, whether a PIN matched) travels in the command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")

Detail = str | int | bool | None


class Rejected(Exception):
    """A command that the domain refuses; nothing of it is kept.

    `code` is a stable word a program can branch on; `details` are small values that are safe to show and to
    log: never personal data.
    """

    def __init__(self, code: str, **details: Detail) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class SnapshotPolicy:
    """Keep a folded state every `every` events; `state_version` changes when the shape of the state does."""

    every: int = 100
    state_version: int = 1


@dataclass(frozen=True)
class Decider(Generic[C, S, E]):
    """One kind of aggregate. Its stream is `<name>-<id>`."""

    name: str
    initial: S
    decide: Callable[[C, S], Sequence[E]]
    evolve: Callable[[S, E], S]
    snapshots: SnapshotPolicy | None = None

    def stream(self, aggregate_id: str) -> str:
        return f"{self.name}-{aggregate_id}"

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        current = self.initial if state is None else state
        for event in events:
            current = self.evolve(current, event)
        return current
