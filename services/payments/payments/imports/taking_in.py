"""Taking in a batch of lines: looked up together, decided one by one, written together, committed at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError

from eventkit.application import Application
from eventkit.decider import Rejected
from eventkit.errors import frames_of, reason_of
from eventkit.store import Conflict, Metadata
from eventkit.unit import Unit
from feedkit.feed import Answer, Applied, ApplyBatch, FeedError, Line, Refused, Unchanged
from payments.bookkeeping import Books, LedgerDefect
from payments.distributing import Distributing
from payments.imports import remembering
from payments.imports.reading import Reading, Taken, digest, key
from payments.imports.refusals import DUPLICATE_ID, refusal
from payments.parties import NOBODY, Directory, look_up

log = structlog.get_logger()
AGENCY_TIME = ZoneInfo("America/Los_Angeles")


def agency_day(now: datetime) -> date:
    return now.astimezone(AGENCY_TIME).date()


def take_in(app: Application, reading: Reading, *, dry_run: bool = False) -> ApplyBatch:
    """For `run_feed`: one transaction a batch; a dry run does the same work and rolls it back."""
    run = str(uuid.uuid4())
    metadata = Metadata(f"import:{reading.name}", "feed", run, run)

    def apply(lines: Sequence[Line]) -> Sequence[Answer]:
        with app.engine.connect() as conn, conn.begin() as transaction:
            answers = _take_in(app.unit(conn, metadata), reading, list(lines))
            if dry_run:
                transaction.rollback()
            return answers

    return apply


def _take_in(unit: Unit, reading: Reading, lines: list[Line]) -> list[Answer]:
    books = Books(unit)
    if reading.of:
        books.preload(reading.of, [key(line) for line in lines])
    known = _known(books, reading, lines)
    reading.preload(books, lines, known)
    work = Distributing(books, known, agency_day(unit.now))
    before = (remembering.digests(unit.conn, reading.name, [key(line) for line in lines])
              if reading.remembers else {})
    taken: dict[str, str] = {}
    answers = [_answer(work, reading, line, before, taken) for line in lines]
    books.close()
    try:
        remembering.remember(unit.conn, reading.name, taken)
    except IntegrityError as error:
        raise Conflict(reading.name) from error
    return answers


def _answer(work: Distributing, reading: Reading, line: Line, before: dict[str, str], taken: dict[str, str]) -> Answer:
    line_key, content = (key(line), digest(line)) if reading.remembers else ("", "")
    known = before.get(line_key) or taken.get(line_key)
    if known:
        return Unchanged() if known == content else DUPLICATE_ID
    changed = _decide(work, reading, line)
    if isinstance(changed, Refused):
        return changed
    if reading.remembers:
        taken[line_key] = content
    return Applied() if changed else Unchanged()


def _decide(work: Distributing, reading: Reading, line: Line) -> Taken:
    """Raises FeedError where the program itself is at fault: the batch goes back, and the operator is told the line."""
    try:
        return reading.refuse(work, line) or reading.take(work, line)
    except Rejected as rejected:
        return refusal(rejected)
    except (Conflict, DBAPIError):
        raise  # tried again
    except Exception as error:
        log.error("line_failed", feed=reading.name, line=line.number, error=type(error).__name__,
                  frames=frames_of(error))
        why = str(error) if isinstance(error, LedgerDefect) else reason_of(error)
        raise FeedError(
            f"line {line.number} cannot be booked, by a fault of the ledger ({why}): nothing of its batch is kept, the "
            "batches before it are; report it with this message, and leave the line out until it is mended") from error


def _known(books: Books, reading: Reading, lines: Sequence[Line]) -> Directory:
    people = {who for line in lines for who in reading.people(books, line)}
    cases = {case for line in lines for case in reading.cases(books, line)}
    return look_up(books.unit.conn, people, cases) if people or cases else NOBODY
