"""A task: what a customer comes for, and the pages it opens on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .visitor import Visitor

Does = Callable[[Visitor], None]


@dataclass(frozen=True)
class Task:
    """`opens`: endpoints of pages that must have been answered well before it ends."""

    name: str
    does: Does
    opens: frozenset[str]


TASKS: list[Task] = []
"""In the order in which the modules name them; it says in which combination each runs where not all are."""


def task(*opens: str) -> Callable[[Does], Does]:
    def register(does: Does) -> Does:
        TASKS.append(Task(does.__name__, does, frozenset(opens)))
        return does

    return register
