"""One run of a kind at a time: a lock that the server frees when its process dies, kill -9 included."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from eventkit.errors import LOCK_NOT_AVAILABLE

PATIENCE_SECONDS = 10
"""A run that was killed holds its lock until the server has noticed."""


class RunsAlready(Exception):
    """Another process has this run in hand."""


@contextmanager
def alone(engine: Engine, name: str, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Raises RunsAlready. The lock saves double work; conflicts would keep the books right without it."""
    key = int.from_bytes(hashlib.sha256(f"payments run {name}".encode()).digest()[:8], signed=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text(f"SET lock_timeout = {int(patience * 1000)}"))
        try:
            conn.execute(text("SELECT pg_advisory_lock(:key)"), {"key": key})
        except OperationalError as error:
            if getattr(error.orig, "pgcode", None) == LOCK_NOT_AVAILABLE:
                raise RunsAlready(name) from None
            raise
        finally:
            conn.execute(text("RESET lock_timeout"))
        try:
            yield
        finally:
            conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
