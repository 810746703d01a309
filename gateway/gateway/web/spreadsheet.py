"""CSV that spreadsheet programs open as it is meant: UTF-8 with a mark, and no cell that becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

MARK: Final = "\ufeff"
"""Without it such programs take UTF-8 for something older."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def spreadsheet(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Piece by piece, as the rows come."""
    yield MARK
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([guarded(cell) for cell in row])
        yield line.getvalue()


def guarded(cell: str) -> str:
    """An apostrophe in front makes text of what a program would take for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
