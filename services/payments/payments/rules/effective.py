"""Entries that hold from a day on, until the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")

ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True)
class Dated(Generic[T]):
    """`since` is the first day it holds; `source` the statute, or the section of domain.md that names it. `key` is
    what explanations name the rule by."""

    key: str
    since: date
    value: T
    source: str


def in_force(entries: Sequence[Dated[T]], on: date) -> Dated[T]:
    """The entry of that day. Raises LookupError for a day before the first one."""
    found = [entry for entry in entries if entry.since <= on]
    if not found:
        raise LookupError(f"no rule is in force on {on}")
    return max(found, key=lambda entry: entry.since)
