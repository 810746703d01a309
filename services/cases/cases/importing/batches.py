"""A feed's lines in batches: decided together, in one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from cases.importing.seen import Seen
from eventkit.application import Application
from eventkit.decider import Decider, Rejected
from eventkit.store import Metadata
from eventkit.unit import Outcome, Unit
from feedkit.feed import Answer, Applied, Column, Line, Refused, Report, Unchanged, run_feed

Commands = Callable[[Sequence[Line]], Sequence[tuple[str, Any]]]
Store = Callable[[Connection, Mapping[str, tuple[int, Any]]], None]
Take = Callable[[Unit, Sequence[Line]], Sequence[Answer]]

CONTRADICTION = ("is in this file before, with other content", "keep the line that is right")


def take_in(app: Application, path: Path, columns: Sequence[Column], take: Take, *, import_id: str,
            rejects: Path | None = None, dry_run: bool = False, show_progress: bool = True) -> Report:
    """Applies a file. The first column is the id; `take` answers each line and writes through its unit.

    With `dry_run` every batch is decided and rolled back, so that it also finds what only the domain refuses.
    Raises what `run_feed` raises.
    """
    id_column = columns[0].name
    with Seen(id_column) as seen:

        def apply(lines: Sequence[Line]) -> Sequence[Answer]:
            refused = {number: Refused(id_column, *CONTRADICTION) for number in seen.contradicting(lines)}
            rest = [line for line in lines if line.number not in refused]
            with _unit(app, import_id, dry_run) as unit:
                taken = dict(zip((line.number for line in rest), take(unit, rest), strict=True))
            answers: Mapping[int, Answer] = {**taken, **refused}
            return [answers[line.number] for line in lines]

        report = run_feed(path, columns, apply, rejects=rejects, show_progress=show_progress)
    report.dry_run = dry_run
    return report


def decide_lines(unit: Unit, decider: Decider[Any, Any, Any], lines: Sequence[Line], wrong: Mapping[int, Refused],
                 commands: Commands, store: Store, refusals: Mapping[str, Refused]) -> Sequence[Answer]:
    """The lines that are not wrong already into decisions, those that are new into the current-state table."""
    good = [line for line in lines if line.number not in wrong]
    asked = commands(good)
    outcomes = unit.decide_many(decider, asked)
    store(unit.conn, {key: (outcome.version, outcome.state.details)
                      for (key, _), outcome in zip(asked, outcomes, strict=True)
                      if not isinstance(outcome, Rejected) and outcome.events})
    answers = {line.number: answer(outcome, refusals) for line, outcome in zip(good, outcomes, strict=True)}
    return [wrong.get(line.number) or answers[line.number] for line in lines]


def answer(outcome: Outcome | Rejected, refusals: Mapping[str, Refused]) -> Answer:
    """What the domain decided, in the words of the reject file."""
    if isinstance(outcome, Rejected):
        return refusals[outcome.code]
    return Applied() if outcome.events else Unchanged()


@contextmanager
def _unit(app: Application, import_id: str, dry_run: bool) -> Iterator[Unit]:
    metadata = Metadata("agency", "file", import_id, import_id)
    if not dry_run:
        with app.transaction(metadata) as unit:
            yield unit
        return
    with app.engine.connect() as conn:
        unit = app.unit(conn, metadata)
        yield unit
        unit.flush()
        conn.rollback()
