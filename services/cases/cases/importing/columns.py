"""What the cells of the agency's files may hold, beyond what the kernel knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from cases.contact_rules import is_email, us_phone
from cases.local_time import utc_of
from eventkit.secret import Secret
from feedkit.columns import Column, Parse, Unusable

_IDENTIFIER = re.compile(r"[A-Za-z0-9-]{1,40}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


class Unsaid(Enum):
    """The file has no such column, so it says nothing of it."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


class MayBeEmpty(Column):
    """The header must name it, a cell may be empty: else a file that forgot the column would wipe it everywhere."""

    def read(self, cell: str) -> Any:
        text = cell.strip()
        return self.parse(text) if text else None


@dataclass(frozen=True)
class Newer(MayBeEmpty):
    """A column that older files do not have: without it what is on file stays, an empty cell empties it."""

    required: bool = False
    taken_as = "left as on file"

    def absent(self) -> Any:
        return UNSAID


class NewerStated(Newer):
    """One that has a value wherever it is there."""

    def read(self, cell: str) -> Any:
        if not cell.strip():
            raise Unusable("is empty", "give a value, or leave the whole column out")
        return super().read(cell)


def said(value: Any, otherwise: Any = None) -> Any:
    return otherwise if value is UNSAID else value


def personal(parse: Parse) -> Parse:
    """The value never shows itself, whatever a line is printed or logged by."""
    return lambda cell: Secret(parse(cell))


def matching(pattern: str | re.Pattern[str], wanted: str) -> Parse:
    compiled = re.compile(pattern, re.ASCII) if isinstance(pattern, str) else pattern

    def parse(cell: str) -> str:
        if not compiled.fullmatch(cell):
            raise Unusable("is not of the right form", f"give {wanted}")
        return cell

    return parse


def email(cell: str) -> str:
    if not is_email(cell):
        raise Unusable("is not an e-mail address", "write it as name@example.org, or leave it empty")
    return cell


def phone(cell: str) -> str:
    digits = us_phone(cell)
    if digits is None:
        raise Unusable("is not a phone number of the United States", "give area code and number, as 805-555-0142")
    return digits


def identifier(cell: str) -> str:
    """A name in the agency's system: letters, digits and dashes."""
    if not _IDENTIFIER.fullmatch(cell):
        raise Unusable("is not an identifier", "give 1 to 40 letters, digits or dashes")
    return cell


def local_time(cell: str) -> datetime:
    """A moment as UTC; without an offset it is the time on the clock in Los Angeles."""
    try:
        written = datetime.fromisoformat(cell if _MOMENT.fullmatch(cell) else "")
    except ValueError:
        raise Unusable("is not a date and time", "write it as 2026-12-03T09:30") from None
    if not 1950 <= written.year <= 2100:
        raise Unusable("is not a likely date", "write it as 2026-12-03T09:30, between 1950 and 2100")
    moment = utc_of(written)
    if moment is None:
        raise Unusable("is not one moment: the clocks change then", "give its offset too, as 2026-11-01T01:30-07:00")
    return moment


def minutes(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and 1 <= int(cell[:5]) <= 1440 and len(cell) < 6):
        raise Unusable("is not a number of minutes", "give 1 to 1440")
    return int(cell)
