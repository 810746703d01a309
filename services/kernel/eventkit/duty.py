"""Duties: work that exactly one process does at a time while others stand by and take over when it dies."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection, Engine, text

from eventkit.errors import reason_of

STANDBY_SECONDS = 0.5
WATCH_SECONDS = 0.5

log = structlog.get_logger()


@dataclass(frozen=True)
class Duty:
    """`run` works until its event is set. The lock says who is meant to; checkpoints and row locks are the fence."""

    name: str
    run: Callable[[threading.Event], None]


def hold(engine: Engine, duty: Duty, stop: threading.Event) -> None:
    """Waits for the duty's lock, runs it, and after any error starts over; returns when `stop` is set.

    The lock is a PostgreSQL session lock: the server frees it the moment this process dies, kill -9 included.
    """
    backoff = 0.2
    while not stop.is_set():
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                if not _acquire(conn, duty.name, stop):
                    return
                log.info("duty_taken", duty=duty.name)
                backoff = 0.2
                try:
                    _run_while_locked(conn, duty, stop)
                finally:
                    with suppress(Exception):
                        conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _key(duty.name)})
        except Exception as error:
            log.warning("duty_interrupted", duty=duty.name, error=reason_of(error), retry_seconds=backoff)
            stop.wait(backoff)
            backoff = min(backoff * 2, 5.0)


def _run_while_locked(conn: Connection, duty: Duty, stop: threading.Event) -> None:
    """Ends the duty on `stop`, and when the session with the lock is gone (the server restarted): somebody else may
    have it by then. The duty's own connections come back by themselves and would not tell."""
    end, over = threading.Event(), threading.Event()

    def watch() -> None:
        try:
            while not (over.is_set() or stop.wait(WATCH_SECONDS)):
                conn.execute(text("SELECT 1"))
        except Exception as error:
            log.warning("duty_lock_lost", duty=duty.name, error=reason_of(error))
        end.set()

    watcher = threading.Thread(target=watch, name=f"{duty.name} lock", daemon=True)
    watcher.start()
    try:
        duty.run(end)
    finally:
        over.set()
        watcher.join()


def _acquire(conn: Connection, name: str, stop: threading.Event) -> bool:
    while not stop.is_set():
        if conn.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(name)}).scalar_one():
            return True
        stop.wait(STANDBY_SECONDS)
    return False


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
