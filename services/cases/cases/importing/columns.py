"""What the cells of the agency's files may hold, beyond what the kernel knows."""

from __future__ import annotations

import re
from typing import Any

from eventkit.secret import Secret
from feedkit.columns import Column, Parse, Unusable

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


class MayBeEmpty(Column):
    """The header must name it, a cell may be empty: else a file that forgot the column would wipe it everywhere."""

    def read(self, cell: str) -> Any:
        text = cell.strip()
        return self.parse(text) if text else None


def personal(parse: Parse) -> Parse:
    """The value never shows itself, whatever a line is printed or logged by."""
    return lambda cell: Secret(parse(cell))


def matching(pattern: str, wanted: str) -> Parse:
    compiled = re.compile(pattern, re.ASCII)

    def parse(cell: str) -> str:
        if not compiled.fullmatch(cell):
            raise Unusable("is not of the right form", f"give {wanted}")
        return cell

    return parse


def email(cell: str) -> str:
    if len(cell) > 254 or not cell.isprintable() or not _EMAIL.fullmatch(cell):
        raise Unusable("is not an e-mail address", "write it as name@example.org, or leave it empty")
    return cell
