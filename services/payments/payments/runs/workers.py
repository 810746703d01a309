"""A run's batches in this process, or shared out among several."""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from eventkit.application import Application
from payments.runs.batches import Done, Keys, batches, do_batch
from payments.runs.lock import alone
from payments.runs.progress import RunProgress
from payments.runs.run import Report, Run

_app: Application | None = None


def carry_out(app: Application, run: Run, *, batch: int = 500, workers: int = 1, dry_run: bool = False,
              stop: threading.Event | None = None, show: bool = False) -> Report:
    """Raises RunsAlready. Asked to stop, it ends after the batches in hand."""
    report = Report(run.name, run.things, dry_run=dry_run)
    with alone(app.engine, run.name):
        with app.engine.connect() as conn:
            total = run.count(conn)
        found = _until(stop, batches(app, run, batch), report)
        done = (do_batch(app, run, keys, dry_run) for keys in found) if workers == 1 else (
            _shared(run, found, workers, dry_run))
        with RunProgress(run.name, total, show) as progress:
            for part in done:
                report.looked_at += part.keys
                report.changed += part.changed
                report.failed += part.failed
                progress.advance(report)
    return report


def _until(stop: threading.Event | None, found: Iterable[Keys], report: Report) -> Iterator[Keys]:
    for keys in found:
        if stop and stop.is_set():
            report.stopped = True
            return
        yield keys


def _shared(run: Run, found: Iterable[Keys], workers: int, dry_run: bool) -> Iterator[Done]:
    """Never more than two batches a worker are under way, however many there are."""
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin) as pool:
        under_way: deque[Future[Done]] = deque()
        for keys in found:
            under_way.append(pool.submit(_in_worker, run, keys, dry_run))
            if len(under_way) >= 2 * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _begin() -> None:
    """In a worker process; it is the first process that is asked to stop."""
    from payments.imports.command import start

    global _app
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _app, _ = start()


def _in_worker(run: Run, keys: Keys, dry_run: bool) -> Done:
    assert _app, "a worker begins with its application"
    return do_batch(_app, run, keys, dry_run)
