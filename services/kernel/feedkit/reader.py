"""Reading an agency's file line by line, CSV or NDJSON, whatever is wrong with it, in constant memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, NoReturn

from feedkit.columns import Column, Unusable

LONGEST_LINE = 1_000_000  # bytes
_NDJSON = {".ndjson", ".jsonl"}
_BOM = b"\xef\xbb\xbf"


class FeedError(Exception):
    """The file as a whole cannot be used, or not to its end: which one, and what to do. Never its content."""


@dataclass(frozen=True)
class Line:
    """A usable record: its place in the file (the header is line 1) and a value for each column."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class BadLine:
    """Goes to the reject file. Names the line and column ("" for the whole line), never the content."""

    number: int
    column: str
    reason: str
    what_to_do: str


class _Raw(NamedTuple):
    number: int
    text: str
    problem: BadLine | None
    odd_quotes: bool
    ended: bool


@dataclass
class Feed:
    """A feed to iterate: each line that is not blank gives one Line or one BadLine. `bytes_read` is for progress,
    `notices` for what is odd but harmless."""

    path: Path
    columns: Sequence[Column]
    bytes_read: int = 0
    notices: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Line | BadLine]:
        """Raises FeedError where the header lacks a column or the file cannot be read."""
        self.bytes_read = 0
        try:
            with self.path.open("rb") as file:
                lines = self._lines(file)
                yield from self._ndjson(lines) if self.path.suffix.lower() in _NDJSON else self._csv(lines)
        except OSError as error:
            raise FeedError(f"{self.path.name} cannot be read: {error.strerror}") from None

    def _lines(self, file: BinaryIO) -> Iterator[_Raw]:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            self.bytes_read += len(raw)
            if len(raw) > LONGEST_LINE:
                odd = (raw.count(b'"') + self._quotes_of_rest(file, raw)) % 2 == 1
                long = BadLine(number, "", "is longer than a megabyte", "send one record a line")
                yield _Raw(number, '"' if odd else "", long, odd, True)
                continue
            if number == 1:
                raw = raw.removeprefix(_BOM)
            if raw.strip():
                text, problem = _decode(number, raw.rstrip(b"\r\n"))
                yield _Raw(number, text, problem, raw.count(b'"') % 2 == 1, raw.endswith(b"\n"))

    def _quotes_of_rest(self, file: BinaryIO, raw: bytes) -> int:
        """Reads to the end of a line that is too long to keep."""
        quotes = 0
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(LONGEST_LINE)
            self.bytes_read += len(raw)
            quotes += raw.count(b'"')
        return quotes

    def _csv(self, lines: Iterator[_Raw]) -> Iterator[Line | BadLine]:
        """One record a line. What follows an open quote is no record, however much it looks like one: it may be
        text that somebody wrote into a field of another record. It is rejected until the quote is closed."""
        header = self._header(next(lines, None))
        inside = False
        for raw in lines:
            if inside:
                yield BadLine(raw.number, "", "follows a quote that is not closed", "close the quote further up")
                inside ^= raw.odd_quotes
                continue
            cells, inside = _cells(raw.text)
            if raw.problem:
                yield raw.problem
            elif inside:
                yield BadLine(raw.number, "", "has a quote that is not closed",
                              "close it; a record may not go over several lines")
            elif cells is None:
                yield BadLine(raw.number, "", "is not CSV", "quote a field that holds a quote, and double the quote")
            elif len(cells) != len(header):
                yield BadLine(raw.number, "", f"has {len(cells)} fields, not {len(header)}",
                              "give every field of the header; quote a value that holds a comma")
            elif not raw.ended:
                yield BadLine(raw.number, "", "is the last and has no line end: the file may be cut off",
                              "check that the file is whole, and end its last line")
            else:
                yield self._line(raw.number, dict(zip(header, cells, strict=True)))

    def _header(self, raw: _Raw | None) -> list[str]:
        if raw is None:
            raise FeedError(f"{self.path.name} is empty: it needs a header line")
        if raw.problem:
            raise FeedError(f"{self.path.name}: the header line {raw.problem.reason}; {raw.problem.what_to_do}")
        cells, inside = _cells(raw.text)
        if cells is None or inside:
            raise FeedError(f"{self.path.name}: the header line is not CSV; send the names of the columns first")
        header = ["_".join(cell.lower().split()) for cell in cells]
        known = [column.name for column in self.columns]
        missing = [column.name for column in self.columns if column.required and column.name not in header]
        if missing:
            raise FeedError(f"{self.path.name} lacks the {_columns(missing)}: the first line must name it")
        twice = [name for name in known if header.count(name) > 1]
        if twice:
            raise FeedError(f"{self.path.name} has the {_columns(twice)} twice: leave one")
        absent = {column.name: column.taken_as for column in self.columns if column.name not in header}
        unknown = [name for name in header if name and name not in known]
        self.notices = (*(f"{taken}: the {_columns([name for name in absent if absent[name] == taken])}"
                          for taken in dict.fromkeys(absent.values())),
                        *([f"not used: the {_columns(unknown)}"] if unknown else []))
        return header

    def _ndjson(self, lines: Iterator[_Raw]) -> Iterator[Line | BadLine]:
        for raw in lines:
            if raw.problem:
                yield raw.problem
                continue
            try:
                yield self._line(raw.number, _record(raw.text))
            except Unusable as problem:
                yield BadLine(raw.number, "", problem.reason, problem.what_to_do)

    def _line(self, number: int, cells: Mapping[str, Any]) -> Line | BadLine:
        values = {}
        for column in self.columns:
            try:
                named = column.name in cells
                values[column.name] = column.read(_cell(cells[column.name])) if named else column.absent()
            except Unusable as problem:
                return BadLine(number, column.name, problem.reason, problem.what_to_do)
        return Line(number, values)


def _decode(number: int, raw: bytes) -> tuple[str, BadLine | None]:
    """The text, and what is wrong with it; a wrong one still shows whether a quote is left open."""
    text, problem = raw.decode(errors="replace"), None
    if b"\0" in raw:
        problem = BadLine(number, "", "has a NUL byte", "send text in UTF-8")
    elif text.encode() != raw:
        problem = BadLine(number, "", "is not UTF-8", "send the file in UTF-8")
    return text, problem


def _cells(text: str) -> tuple[list[str] | None, bool]:
    """The fields, or None where it is not CSV; and whether a quote is open at the end."""
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as error:
        return None, text.count('"') % 2 == 1 or "unexpected end" in str(error)
    return (rows[0] if len(rows) == 1 else None), False


def _record(text: str) -> dict[str, Any]:
    """Numbers stay text, so that 100.10 is not rounded on the way. Raises Unusable."""
    try:
        record = json.loads(text, object_pairs_hook=_without_doubles, parse_float=str, parse_int=str,
                            parse_constant=_no_number)
    except Unusable:
        raise
    except (ValueError, RecursionError):
        raise Unusable("is not JSON", "send one whole object a line") from None
    if not isinstance(record, dict):
        raise Unusable("is not a JSON object", "send one whole object a line")
    return record


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unusable("names a key twice", "name each key once")
    return found


def _no_number(_word: str) -> NoReturn:
    raise Unusable("has a number that is none (NaN, Infinity)", "give a number or null")


def _cell(value: Any) -> str:
    """An NDJSON value as the cell a CSV would have; a list becomes `;`-separated."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case list() if all(isinstance(item, str) and ";" not in item for item in value):
            return ";".join(value)
    raise Unusable("is not a single value", "give text, a number, true, false, null or a list of texts")


def _columns(names: Sequence[str]) -> str:
    shown = "".join(letter for letter in ", ".join(names)[:200] if letter.isprintable())
    return f"column{'s' * (len(names) > 1)} {shown}"
