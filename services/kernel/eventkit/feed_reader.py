"""Reading an agency's file line by line, CSV or NDJSON, whatever is wrong with it, in constant memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from eventkit.feed_columns import Column, Unusable

LONGEST_LINE = 1_000_000
_NDJSON = {".ndjson", ".jsonl"}


class FeedError(Exception):
    """The file as a whole cannot be used: which one, and what to do."""


@dataclass(frozen=True)
class Line:
    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class BadLine:
    """Goes to the reject file. Names the line and column, never the content."""

    number: int
    column: str
    reason: str
    what_to_do: str


@dataclass
class Feed:
    """An open feed: iterate it; `bytes_read` is for progress, `notices` for what is odd but harmless."""

    path: Path
    columns: Sequence[Column]
    bytes_read: int = 0
    notices: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Line | BadLine]:
        """Raises FeedError where the header lacks a column or the file cannot be opened."""
        try:
            with self.path.open("rb") as file:
                lines = self._lines(file)
                yield from self._ndjson(lines) if self.path.suffix in _NDJSON else self._csv(lines)
        except OSError as error:
            raise FeedError(f"{self.path.name} cannot be read: {error.strerror}") from None

    def _lines(self, file: BinaryIO) -> Iterator[tuple[int, str | BadLine, bool]]:
        """(number, text or what is wrong with it, ends with a line end); blank lines are skipped."""
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            self.bytes_read += len(raw)
            if len(raw) > LONGEST_LINE:
                self._skip_rest(file, raw)
                yield number, BadLine(number, "", "is longer than a megabyte", "send one record a line"), True
                continue
            if number == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            whole = raw.endswith(b"\n")
            raw = raw.rstrip(b"\r\n")
            if raw.strip():
                yield number, _decode(number, raw), whole

    def _skip_rest(self, file: BinaryIO, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(LONGEST_LINE)
            self.bytes_read += len(raw)

    def _csv(self, lines: Iterator[tuple[int, str | BadLine, bool]]) -> Iterator[Line | BadLine]:
        header: list[str] | None = None
        for number, text, _whole in lines:
            if isinstance(text, BadLine):
                if header is None:
                    raise FeedError(f"{self.path.name}: the header line {text.reason}; {text.what_to_do}")
                yield text
                continue
            cells = _cells(text)
            if header is None:
                if cells is None:
                    raise FeedError(f"{self.path.name}: the header line is not CSV")
                header = self._header(cells)
            elif cells is None:
                yield BadLine(number, "", "has a quote that is not closed",
                              "close it; a record may not go over several lines")
            elif len(cells) != len(header):
                yield BadLine(number, "", f"has {len(cells)} fields, not {len(header)}",
                              "give every field of the header; quote a value that holds a comma")
            else:
                yield self._line(number, dict(zip(header, cells, strict=True)))
        if header is None:
            raise FeedError(f"{self.path.name} is empty: it needs a header line")

    def _header(self, cells: list[str]) -> list[str]:
        header = [cell.strip().lower().replace(" ", "_") for cell in cells]
        missing = [column.name for column in self.columns if column.required and column.name not in header]
        if missing:
            raise FeedError(f"{self.path.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}")
        twice = sorted({name for name in header if header.count(name) > 1})
        if twice:
            raise FeedError(f"{self.path.name} has the column {', '.join(twice)} twice")
        unknown = [name for name in header if name not in {column.name for column in self.columns}]
        if unknown:
            self.notices = (f"not used: the column{'s' * (len(unknown) > 1)} {', '.join(unknown)[:200]}",)
        return header

    def _ndjson(self, lines: Iterator[tuple[int, str | BadLine, bool]]) -> Iterator[Line | BadLine]:
        for number, text, _whole in lines:
            if isinstance(text, BadLine):
                yield text
                continue
            try:
                record = json.loads(text, object_pairs_hook=_without_doubles)
            except (ValueError, RecursionError):
                yield BadLine(number, "", "is not JSON, or names a key twice", "send one whole object a line")
                continue
            if not isinstance(record, dict):
                yield BadLine(number, "", "is not a JSON object", "send one whole object a line")
                continue
            yield self._line(number, {key: _cell(value) for key, value in record.items()})

    def _line(self, number: int, cells: dict[str, str]) -> Line | BadLine:
        values = {}
        for column in self.columns:
            try:
                values[column.name] = column.read(cells.get(column.name, ""))
            except Unusable as problem:
                return BadLine(number, column.name, problem.reason, problem.what_to_do)
        return Line(number, values)


def _decode(number: int, raw: bytes) -> str | BadLine:
    if b"\0" in raw:
        return BadLine(number, "", "has a NUL byte", "send text in UTF-8")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return BadLine(number, "", "is not UTF-8", "send the file in UTF-8")


def _cells(text: str) -> list[str] | None:
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _cell(value: Any) -> str:
    """NDJSON values as the cells a CSV would have; lists become `;`-separated."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value)
