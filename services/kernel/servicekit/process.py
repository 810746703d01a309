"""A process: its duties in threads, its health endpoint, and a clean end on SIGTERM."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

from sqlalchemy import Engine, create_engine

from eventkit.duty import Duty, hold
from servicekit.logs import get_logger

DRAIN_SECONDS = 25

log = get_logger()


def make_engine(url: str, pool: int = 10, *, ask_first: bool = True) -> Engine:
    """An engine whose connections are checked before use, so that a restarted server costs no failed command.

    Without `ask_first` the caller sees to it.
    """
    return create_engine(
        url, pool_size=pool, hide_parameters=True, max_overflow=pool, pool_pre_ping=ask_first, pool_recycle=1800,
        executemany_mode="values_plus_batch",
        connect_args={"connect_timeout": 5, "application_name": "customer-connect", "keepalives_idle": 30,
                      "options": "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"},
    )


def run_duties(engine: Engine, duties: Sequence[Duty], stop: threading.Event) -> None:
    """Runs each duty in a thread until `stop`, then waits for them to finish what they have begun."""
    threads = [threading.Thread(target=hold, args=(engine, duty, stop), name=duty.name, daemon=True)
               for duty in duties]
    for thread in threads:
        thread.start()
    stop.wait()
    deadline = time.monotonic() + DRAIN_SECONDS
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = [thread.name for thread in threads if thread.is_alive()]
    if left:
        log.error("not_drained", duties=",".join(left))
        os._exit(1)
    log.info("drained")


def stop_on_signals(stop: Callable[[], None]) -> None:
    """SIGTERM and SIGINT ask for a clean end; a second one ends at once."""

    def first(number: int, _frame: FrameType | None) -> None:
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, signal.SIG_DFL)
        stop()
        with suppress(RuntimeError):  # a signal may come in the midst of another line
            log.info("stopping", signal=signal.Signals(number).name)

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, first)
