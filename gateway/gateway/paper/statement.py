"""A monthly statement on paper; the page says the same, out of the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from gateway.paper.setting import set_document

Pair = tuple[str, str]
"""A name and what it is, in words."""


@dataclass(frozen=True)
class Figures:
    """Amounts by name; `total` is what they come to."""

    title: str
    rows: Sequence[Pair] = field(repr=False)
    total: Pair | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Entries:
    """A table whose last column is an amount; `none` is said where it has no rows."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]] = field(repr=False)
    none: str


@dataclass(frozen=True)
class Coupon:
    title: str
    note: str
    rows: Sequence[Pair] = field(repr=False)
    to: str
    address: Sequence[str]


@dataclass(frozen=True)
class StatementContent:
    """All of it in the reader's language."""

    title: str
    about: Sequence[str]
    notes: Sequence[str]
    figures: Sequence[Figures]
    entries: Sequence[Entries]
    coupon: Coupon | None


def render(content: StatementContent, language: str, brand: Mapping[str, str], foot: Sequence[str], page: str,
           written_on: date) -> bytes:
    """`foot` are sentences at the end; `page` is the text under each page. Raises NotSet."""
    return set_document("statement", {
        **asdict(content), "language": language, "agency": brand["agency"], "product": brand["name"],
        "last": list(foot), "foot": content.title, "page": page}, written_on)
