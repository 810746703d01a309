"""Taking in an agency's file: batches, a reject file, progress; run it again and nothing changes."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from eventkit.feed_columns import Column
from eventkit.feed_reader import BadLine, Feed, FeedError, Line
from eventkit.store import Conflict
from eventkit.subscriber import is_lost_connection

TRIES = 8


@dataclass(frozen=True)
class Applied:
    """The line changed something."""


@dataclass(frozen=True)
class Unchanged:
    """The line says what is already known."""


@dataclass(frozen=True)
class Refused:
    """The line cannot be applied."""

    column: str
    reason: str
    what_to_do: str


Answer = Applied | Unchanged | Refused
ApplyBatch = Callable[[Sequence[Line]], Sequence[Answer]]


@dataclass
class Report:
    """What became of a file's lines."""

    read: int = 0
    applied: int = 0
    unchanged: int = 0
    rejected: int = 0
    notices: tuple[str, ...] = ()
    rejects: Path | None = None
    problems: list[BadLine] = field(default_factory=list, repr=False)

    def __str__(self) -> str:
        told = f"{self.read} lines: {self.applied} applied, {self.unchanged} unchanged, {self.rejected} rejected"
        return f"{told} (see {self.rejects})" if self.rejects else told


def run_feed(path: Path, columns: Sequence[Column], apply: ApplyBatch, *, batch: int = 500,
             rejects: Path | None = None, show_progress: bool = True) -> Report:
    """Applies a file's good lines in batches, `apply` committing each; writes the others to the reject file.

    Interrupted at any point, it is run again: what was applied is then unchanged. Raises FeedError where the file
    as a whole cannot be used, and the database's error when it stays away.
    """
    feed, report = Feed(path, columns), Report()
    with _RejectFile(rejects or path.with_name(f"{path.name}.rejects.csv")) as reject_file:
        with _progress(path, show_progress) as advance:
            for lines in _batches(feed, batch, reject_file, report):
                for line, answer in zip(lines, _with_patience(apply, lines), strict=True):
                    _count(report, reject_file, line, answer)
                advance(feed.bytes_read, report)
        report.notices = feed.notices
        report.rejects = reject_file.finish(report.rejected)
    return report


def _batches(feed: Feed, size: int, rejects: _RejectFile, report: Report) -> Iterator[list[Line]]:
    lines: list[Line] = []
    for found in feed:
        report.read += 1
        if isinstance(found, BadLine):
            report.rejected += 1
            rejects.add(found)
            continue
        lines.append(found)
        if len(lines) >= size:
            yield lines
            lines = []
    yield lines


def _count(report: Report, rejects: _RejectFile, line: Line, answer: Answer) -> None:
    match answer:
        case Applied():
            report.applied += 1
        case Unchanged():
            report.unchanged += 1
        case Refused(column, reason, what_to_do):
            report.rejected += 1
            rejects.add(BadLine(line.number, column, reason, what_to_do))


def _with_patience(apply: ApplyBatch, lines: Sequence[Line]) -> Sequence[Answer]:
    """A database that restarts, or a conflict with a running command, is no line's fault."""
    for attempt in range(1, TRIES + 1):
        try:
            return apply(lines) if lines else []
        except (Conflict, DBAPIError) as error:
            lost = isinstance(error, Conflict) or is_lost_connection(error)
            if not lost or attempt == TRIES:
                raise
            time.sleep(min(0.1 * 2**attempt, 5))
    raise AssertionError("unreachable")


class _RejectFile:
    """Written beside its final place and moved there at the end; none is left where nothing was rejected."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.{os.getpid()}")

    def __enter__(self) -> _RejectFile:
        self._file = self._draft.open("w", newline="", encoding="utf-8")
        self._writer = csv.writer(self._file)
        self._writer.writerow(["line", "column", "reason", "what_to_do"])
        return self

    def add(self, bad: BadLine) -> None:
        self._writer.writerow([bad.number, bad.column, bad.reason, bad.what_to_do])

    def finish(self, rejected: int) -> Path | None:
        self._file.close()
        if not rejected:
            self._draft.unlink()
            self._path.unlink(missing_ok=True)
            return None
        self._draft.replace(self._path)
        return self._path

    def __exit__(self, *_: object) -> None:
        self._file.close()
        with suppress(FileNotFoundError):
            self._draft.unlink()


class _progress:
    """A bar by bytes on a terminal; a line each ten per cent elsewhere."""

    def __init__(self, path: Path, show: bool) -> None:
        self._total = path.stat().st_size if path.exists() else 0
        self._name = path.name
        self._console = Console(stderr=True)
        self._bar = Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
                             TextColumn("{task.fields[told]}"), console=self._console,
                             disable=not (show and self._console.is_terminal))
        self._show = show
        self._tenth = 0

    def __enter__(self) -> Callable[[int, Report], None]:
        self._bar.start()
        self._task = self._bar.add_task(self._name, total=self._total, told="")
        return self._advance

    def _advance(self, read: int, report: Report) -> None:
        self._bar.update(self._task, completed=read, told=f"{report.rejected} rejected")
        tenth = 10 * read // max(1, self._total)
        if self._show and not self._console.is_terminal and tenth > self._tenth:
            self._tenth = tenth
            self._console.print(f"{self._name}: {tenth * 10} % read, {report}", highlight=False)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


__all__ = ["Applied", "BadLine", "Column", "FeedError", "Line", "Refused", "Report", "Unchanged", "run_feed"]
