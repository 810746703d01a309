"""What the columns of an agency's file may hold; each parser says what is wrong and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

_MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_FINE_MONEY = re.compile(r"[0-9]{1,12}\.[0-9]{3,}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INVISIBLE = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])  # controls, marks of direction, line ends


class Unusable(ValueError):
    """A cell that cannot be used: `reason` for the reject file, and what to do about it. Never the cell itself."""

    def __init__(self, reason: str, what_to_do: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.what_to_do = what_to_do


Parse = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """A column by its header. A cell that is empty gives None where it is not required."""

    name: str
    parse: Parse
    required: bool = True

    taken_as: ClassVar[str] = "taken as empty"  # what is said of a file that does not have the column

    def absent(self) -> Any:
        """What a record says that does not name the column at all."""
        return self.read("")

    def read(self, cell: str) -> Any:
        text = cell.strip()
        if not text:
            if self.required:
                raise Unusable("is empty", "give a value")
            return None
        return self.parse(text)


def text(most: int = 200) -> Parse:
    """Any text of one line, in Unicode's composed form, so that the same name is the same text."""

    def parse(cell: str) -> str:
        if len(cell) > most:
            raise Unusable(f"is longer than {most} characters", "shorten it")
        if any(unicodedata.category(letter) in _INVISIBLE for letter in cell):
            raise Unusable("has control characters", "remove them")
        return unicodedata.normalize("NFC", cell)

    return parse


def digits(least: int, most: int) -> Parse:
    """A string of digits; spaces and dashes are dropped, leading zeros kept."""

    def parse(cell: str) -> str:
        bare = cell.replace(" ", "").replace("-", "")
        if not (bare.isascii() and bare.isdigit() and least <= len(bare) <= most):
            wanted = f"{least}" if least == most else f"{least} to {most}"
            raise Unusable("is not a number of the right length", f"give {wanted} digits")
        return bare

    return parse


def money(cell: str) -> int:
    """Dollars as `1234.56` to integer cents; more than zero."""
    if cell.startswith("-"):
        raise Unusable("is negative", "send a reversal for money that went back")
    if _FINE_MONEY.fullmatch(cell):
        raise Unusable("has more than two decimals", "give whole cents, as 1234.56")
    if not _MONEY.fullmatch(cell):
        raise Unusable("is not an amount", "write dollars and cents as 1234.56, without signs or commas")
    dollars, _, cents = cell.partition(".")
    value = int(dollars) * 100 + int(cents.ljust(2, "0"))
    if value == 0:
        raise Unusable("is zero", "leave the line out, or give the amount")
    return value


def iso_date(cell: str) -> date:
    """`2026-02-28`, of the years 1950 to 2100."""
    try:
        found = date.fromisoformat(cell if _DATE.fullmatch(cell) else "")
    except ValueError:
        raise Unusable("is not a date", "write it as 2026-02-28") from None
    if not 1950 <= found.year <= 2100:
        raise Unusable("is not a likely date", "write it as 2026-02-28, between 1950 and 2100")
    return found


def one_of(*words: str) -> Parse:
    def parse(cell: str) -> str:
        if cell not in words:
            raise Unusable("is not one of the known values", f"use one of: {', '.join(words)}")
        return cell

    return parse


def boolean(cell: str) -> bool:
    """true, false, yes, no, 1 or 0, in any case."""
    values = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
    if cell.lower() not in values:
        raise Unusable("is not true or false", "write true or false")
    return values[cell.lower()]


def list_of(parse: Parse, separator: str = ";") -> Parse:
    """Each part by `parse`; empty parts are dropped."""
    return lambda cell: tuple(parse(part.strip()) for part in cell.split(separator) if part.strip())
