"""Taking in a batch of lines: looked up together, decided one by one, written together, committed at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Connection

from eventkit.application import Application
from eventkit.decider import Rejected
from eventkit.store import Metadata
from eventkit.unit import Outcome, Unit
from feedkit.feed import Answer, Applied, ApplyBatch, Line, Refused, Unchanged
from payments.bookkeeping import Books
from payments.imports.lines import Reading
from payments.imports.refusals import refusal
from payments.parties import Directory, look_up


def take_in(app: Application, reading: Reading, name: str, *, dry_run: bool = False) -> ApplyBatch:
    """For `run_feed`: one transaction a batch; a dry run does the same work and rolls it back."""
    run = str(uuid.uuid4())
    metadata = Metadata(f"import:{name}", "feed", run, run)

    def apply(lines: Sequence[Line]) -> Sequence[Answer]:
        with app.engine.connect() as conn, conn.begin() as transaction:
            answers = _decide(app.unit(conn, metadata), reading, lines)
            if dry_run:
                transaction.rollback()
            return answers

    return apply


def _decide(unit: Unit, reading: Reading, lines: Sequence[Line]) -> list[Answer]:
    known = _known(unit.conn, reading, lines)
    read = [reading.command(line, known) for line in lines]
    commands = [(_key(line), command) for line, command in zip(lines, read, strict=True)
                if not isinstance(command, Refused)]
    books = Books(unit)
    outcomes = iter(books.decide_many(reading.decider, commands))
    answers = [command if isinstance(command, Refused) else _answer(next(outcomes)) for command in read]
    books.close()
    return answers


def _answer(outcome: Outcome | Rejected) -> Answer:
    if isinstance(outcome, Rejected):
        return refusal(outcome)
    return Applied() if outcome.events else Unchanged()


def _key(line: Line) -> str:
    return f"{line.values['source_system']}:{line.values['source_id']}"


def _known(conn: Connection, reading: Reading, lines: Sequence[Line]) -> Directory:
    if reading.participant is None:
        return Directory(frozenset(), {}, frozenset(), {}, {})
    named = {line.values[reading.participant] for line in lines} - {None}
    return look_up(conn, named, {line.values["case_id"] for line in lines} - {None})
