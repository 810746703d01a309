"""A list of payments on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gateway.paper.setting import set_document


@dataclass(frozen=True)
class PaymentList:
    """All of it in the reader's language. `struck` are rows whose amount does not count; `page` is the text under each
    page, with # for its number and % for how many there are."""

    language: str
    brand: Mapping[str, str]
    product: str
    title: str
    shown: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]] = field(repr=False)
    struck: Sequence[bool]
    notes: Sequence[str]
    page: str
    written_on: date


def render(content: PaymentList) -> bytes:
    """Raises NotSet."""
    return set_document("payment_list", {
        "language": content.language, "agency": content.brand["agency"], "product": content.product,
        "title": content.title, "shown": content.shown, "headings": content.headings, "rows": content.rows,
        "struck": content.struck, "notes": content.notes, "foot": content.title, "page": content.page,
        "widths": _widths(len(content.headings))}, content.written_on)


def _widths(columns: int) -> Sequence[int]:
    """Shares of what is left beside the narrow ones, which take what they need (0)."""
    return (0, 3, 3, 3, 4, 0, 0) if columns == 7 else (0, 3, 6, 0, 0)
