"""Taking in an agency's file: batches, a reject file, progress; run it again and nothing changes."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol

import structlog
from sqlalchemy.exc import DBAPIError

from eventkit.errors import frames_of, is_lost_connection
from eventkit.store import Conflict
from feedkit.columns import Column
from feedkit.progress import FeedProgress
from feedkit.reader import BadLine, Feed, FeedError, Line
from feedkit.rejects import RejectFile

TRIES = 8
_AGAIN = "what was applied stays; run the same file again, it goes on safely"

log = structlog.get_logger()


@dataclass(frozen=True)
class Applied:
    """The line changed something."""


@dataclass(frozen=True)
class Unchanged:
    """The line says what is already known."""


@dataclass(frozen=True)
class Refused:
    """The line cannot be applied. `column` is "" where it is the whole line; the words hold no personal data."""

    column: str
    reason: str
    what_to_do: str


Answer = Applied | Unchanged | Refused
ApplyBatch = Callable[[Sequence[Line]], Sequence[Answer]]


class Readable(Protocol):
    """What a reader of another format must be able to do; see `reader.Feed`."""

    bytes_read: int
    notices: tuple[str, ...]

    def __iter__(self) -> Iterator[Line | BadLine]: ...


class FeedStopped(FeedError):
    """Asked to stop (Ctrl-C or SIGTERM), between two batches."""


@dataclass
class Report:
    """What became of a file's lines."""

    read: int = 0
    applied: int = 0
    unchanged: int = 0
    rejected: int = 0
    notices: tuple[str, ...] = ()
    rejects: Path | None = None
    dry_run: bool = False

    def __str__(self) -> str:
        done = f"{self.applied} applied, {self.unchanged} unchanged"
        if self.dry_run:
            done = f"{self.read - self.rejected} good, nothing applied (dry run)"
        told = f"{self.read} lines: {done}, {self.rejected} rejected"
        return f"{told} (see {self.rejects})" if self.rejects else told


def run_feed(path: Path, columns: Sequence[Column], apply: ApplyBatch, *, batch: int = 500,
             rejects: Path | None = None, show_progress: bool = True, dry_run: bool = False,
             feed: Readable | None = None) -> Report:
    """Applies a file's good lines in batches, `apply` committing each; writes the others to the reject file.

    `feed` reads a file that is neither CSV nor NDJSON. Interrupted at any point, it is run again: what was applied is
    then unchanged. A dry run calls `apply` never. Raises FeedError where the file as a whole cannot be used, where it
    was stopped, and where the database stays away or refuses a batch (its own error would show the data).
    """
    feed, report = feed or Feed(path, columns), Report(dry_run=dry_run)
    with (RejectFile(rejects or path.with_name(f"{path.name}.rejects.csv"), path) as reject_file,
          FeedProgress(path, show_progress) as progress, _asked_to_stop() as stop):
        for lines in _batches(feed, batch, reject_file, report):
            if lines and not dry_run:
                _apply(path.name, apply, lines, reject_file, report, stop)
            progress.advance(feed.bytes_read, report.rejected, report)
            if stop.asked:
                raise FeedStopped(f"{path.name}: stopped; {report}; {_AGAIN}")
        report.notices = feed.notices
        report.rejects = reject_file.finish(report.rejected)
    return report


def feed_command(path: Path, columns: Sequence[Column], apply: ApplyBatch, *, rejects: Path | None = None,
                 dry_run: bool = False) -> int:
    """`run_feed` for a command line: says what came of it. The exit code: 0 all is in, 1 lines were rejected,
    2 the file or the database cannot be used, 130 stopped."""
    try:
        report = run_feed(path, columns, apply, rejects=rejects, dry_run=dry_run)
    except FeedError as error:
        sys.stderr.write(f"{error}\n")
        return 130 if isinstance(error, FeedStopped) else 2
    sys.stdout.write("".join(f"{path.name}: {said}\n" for said in (*report.notices, report)))
    return 1 if report.rejected else 0


def _batches(feed: Readable, size: int, rejects: RejectFile, report: Report) -> Iterator[list[Line]]:
    """Good lines; a batch also ends after as many bad ones, so that progress and a stop do not wait for good."""
    lines: list[Line] = []
    for count, found in enumerate(feed, start=1):
        report.read += 1
        if isinstance(found, BadLine):
            report.rejected += 1
            rejects.add(found)
        else:
            lines.append(found)
        if count % size == 0:
            yield lines
            lines = []
    yield lines


def _apply(name: str, apply: ApplyBatch, lines: Sequence[Line], rejects: RejectFile, report: Report,
           stop: _Stop) -> None:
    try:
        answers = _with_patience(apply, lines, stop)
    except (Conflict, DBAPIError) as error:
        log.error("feed_batch_failed", line=lines[0].number, lines=len(lines), error=type(error).__name__,
                  frames=frames_of(error))
        where = f"{name}, lines {lines[0].number} to {lines[-1].number}"
        why = ("other work keeps changing the same records" if isinstance(error, Conflict) else
               "the database does not answer" if is_lost_connection(error) else
               f"the database refused the batch ({type(error.orig).__name__})")
        raise FeedError(f"{where}: {why}; so far {report}; {_AGAIN}") from None
    for line, answer in zip(lines, answers, strict=True):
        match answer:
            case Applied():
                report.applied += 1
            case Unchanged():
                report.unchanged += 1
            case Refused(column, reason, what_to_do):
                report.rejected += 1
                rejects.add(BadLine(line.number, column, reason, what_to_do))


def _with_patience(apply: ApplyBatch, lines: Sequence[Line], stop: _Stop) -> Sequence[Answer]:
    """A database that restarts, or a conflict with a running command, is no line's fault."""
    for attempt in range(1, TRIES):
        try:
            return apply(lines)
        except (Conflict, DBAPIError) as error:
            if stop.asked or not (isinstance(error, Conflict) or is_lost_connection(error)):
                raise
            time.sleep(min(0.1 * 2**attempt, 5))
    return apply(lines)


@dataclass
class _Stop:
    asked: bool = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt  # asked twice: at once; the open transaction is rolled back
        self.asked = True


@contextmanager
def _asked_to_stop() -> Iterator[_Stop]:
    """Ctrl-C and SIGTERM wait for the end of the batch."""
    stop = _Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


__all__ = ["Answer", "Applied", "BadLine", "Column", "FeedError", "FeedStopped", "Line", "Refused", "Report",
           "Unchanged", "feed_command", "run_feed"]
