"""Pages of a list, newest first, and the cursors that lead from one to the next."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, tuple_

PAGE = 25


class Placed(Protocol):
    """A row of a list: its day and its reference say where it stands."""

    @property
    def on(self) -> date: ...

    @property
    def reference(self) -> str: ...


PlacedT = TypeVar("PlacedT", bound=Placed)


@dataclass(frozen=True)
class Cursor:
    """A place in a list, newest first: rows that come `after` this one are older, those `before` it newer."""

    on: date
    reference: str
    direction: Literal["after", "before"] = "after"

    def encode(self) -> str:
        return base64.urlsafe_b64encode(f"{self.on}|{self.reference}".encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, direction: Literal["after", "before"]) -> Cursor | None:
        """None for whatever is not a cursor of ours: it comes from an address anyone can type."""
        try:
            plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
            on, _, reference = plain.partition("|")
            return cls(date.fromisoformat(on), reference, direction) if "\x00" not in reference else None
        except (ValueError, binascii.Error):
            return None


@dataclass(frozen=True)
class Page(Generic[PlacedT]):
    """`newer` and `older` are cursors where there is more in that direction."""

    rows: Sequence[PlacedT]
    newer: Cursor | None
    older: Cursor | None


def page_of(found: Sequence[PlacedT], cursor: Cursor | None, limit: int) -> Page[PlacedT]:
    """Of what `newest` found, which is in the direction of the cursor and a row more where there is one."""
    backwards = cursor is not None and cursor.direction == "before"
    more, rows = len(found) > limit, found[:limit]
    rows = rows[::-1] if backwards else rows
    newer = more if backwards else cursor is not None
    older = True if backwards else more
    return Page(rows, Cursor(rows[0].on, rows[0].reference, "before") if rows and newer else None,
                Cursor(rows[-1].on, rows[-1].reference) if rows and older else None)


def newest(query: Select[Any], on: ColumnElement[Any], reference: ColumnElement[Any], cursor: Cursor | None,
           limit: int) -> Select[Any]:
    """One row more than asked for, from the cursor on, in its direction."""
    place = tuple_(on, reference)
    backwards = cursor is not None and cursor.direction == "before"
    if cursor is not None:
        here = tuple_(cursor.on, cursor.reference)
        query = query.where(place > here if backwards else place < here)
    order = (on.asc(), reference.asc()) if backwards else (on.desc(), reference.desc())
    return query.order_by(*order).limit(limit + 1)
