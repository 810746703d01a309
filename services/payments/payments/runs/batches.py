"""Carrying a run out: batch by batch, tried again on conflicts, one bad key never in the way of the others."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import DBAPIError

from eventkit.application import Application
from eventkit.errors import is_lost_connection, reason_of
from eventkit.store import Conflict, Metadata
from payments.bookkeeping import LedgerDefect
from payments.runs.run import Run

TRIES = 8
Keys = Sequence[str]

log = structlog.get_logger()


@dataclass(frozen=True)
class Done:
    """Of one batch."""

    keys: int
    changed: int
    failed: tuple[str, ...] = ()


def batches(app: Application, run: Run, size: int) -> Iterator[Keys]:
    """Keys are read page by page, so that no transaction is open while they are worked on."""
    after = ""
    while True:
        with app.engine.connect() as conn:
            found = run.keys(conn, after, size)
        if not found:
            return
        yield found
        after = found[-1]


def do_batch(app: Application, run: Run, keys: Keys, dry_run: bool) -> Done:
    """All of it in one transaction. Where our own code refuses it, each key by itself, to name the one that is bad."""
    try:
        return Done(len(keys), _with_patience(lambda: _commit(app, run, keys, dry_run)))
    except LedgerDefect as defect:
        if len(keys) == 1:
            log.error("run_defect", run=run.name, key=keys[0], error=str(defect), at=reason_of(defect))
            return Done(1, 0, (keys[0],))
    singly = [do_batch(app, run, [key], dry_run) for key in keys]
    return Done(len(keys), sum(done.changed for done in singly),
                tuple(key for done in singly for key in done.failed))


def _commit(app: Application, run: Run, keys: Keys, dry_run: bool) -> int:
    job = str(uuid.uuid4())
    with app.engine.connect() as conn, conn.begin() as transaction:
        changed = run.work(app.unit(conn, Metadata(f"run:{run.name}", "cli", job, job)), keys)
        if dry_run:
            transaction.rollback()
        return changed


def _with_patience(attempt: Callable[[], int]) -> int:
    """A command or an import may have been first, and a database may restart: neither is the run's fault."""
    for tried in range(1, TRIES):
        try:
            return attempt()
        except (Conflict, DBAPIError) as error:
            if not (isinstance(error, Conflict) or is_lost_connection(error)):
                raise
            time.sleep(random.uniform(0.5, 1) * min(0.05 * 2**tried, 5))  # noqa: S311
    return attempt()
