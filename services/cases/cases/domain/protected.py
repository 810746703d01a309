"""A personal field as decisions see it: encrypted, and marked so that the same is known as the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Protected:
    """`value` is encrypted and different each time; `mark` is the same for the same content."""

    value: str
    mark: str


def mark(field: Protected | None) -> str | None:
    return field.mark if field else None
