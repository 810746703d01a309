"""Pages of a list, newest first, and the cursors that lead from one to the next."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, Protocol, TypeVar

from sqlalchemy import ColumnElement, Integer, Select, bindparam, tuple_

PAGE = 25
Direction = Literal["after", "before"]


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
    direction: Direction = "after"

    @property
    def values(self) -> Mapping[str, Any]:
        """For a query made by `newest`."""
        return {"place_on": self.on, "place_reference": self.reference}

    def encode(self) -> str:
        return base64.urlsafe_b64encode(f"{self.on}|{self.reference}".encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, direction: Direction) -> Cursor | None:
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


def newest(query: Select[Any], on: ColumnElement[Any], reference: ColumnElement[Any],
           direction: Direction | None) -> Select[Any]:
    """From a cursor on in its direction; from the newest where there is none.

    `limit` and the cursor's values are filled in when the query runs: see `values_of`.
    """
    if direction:
        place = tuple_(on, reference)
        here = tuple_(bindparam("place_on", type_=on.type), bindparam("place_reference", type_=reference.type))
        query = query.where(place > here if direction == "before" else place < here)
    order = (on.asc(), reference.asc()) if direction == "before" else (on.desc(), reference.desc())
    return query.order_by(*order).limit(bindparam("limit", type_=Integer))


def values_of(cursor: Cursor | None, limit: int) -> Mapping[str, Any]:
    """One row more than asked for: whether there are more."""
    return {"limit": limit + 1, **(cursor.values if cursor else {})}


def direction_of(cursor: Cursor | None) -> Direction | None:
    return cursor.direction if cursor else None
