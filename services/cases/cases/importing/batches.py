"""A feed's lines in batches: decided together, in one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cases.importing.seen import Seen
from eventkit.application import Application
from eventkit.decider import Rejected
from eventkit.store import Metadata
from eventkit.unit import Outcome, Unit
from feedkit.feed import Answer, Applied, Column, Line, Refused, Report, Unchanged, run_feed

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
