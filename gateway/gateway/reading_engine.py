"""Connections for pages that only read: each statement for itself, and what has just answered is not asked if it lives.

A page takes four statements; with a transaction and a question before it, it would be eight round trips.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from servicekit.process import make_engine

TRUSTED_SECONDS: Final = 1.0
"""So long after an answer a connection is taken for alive. Where PostgreSQL ended within that time one page a process
fails, and the pool is made anew; whoever opens a page in the second in which the database ends sees that anyway."""
_ANSWERED: Final = "answered_at"


def reading_engine(url: str, pool: int, clock: Callable[[], float] = time.monotonic) -> Engine:
    """`clock` counts seconds."""
    engine = make_engine(url, pool, ask_first=False)

    def each_for_itself(connection: Any, _record: object) -> None:
        connection.autocommit = True

    def alive(connection: Any, record: Any, _proxy: object) -> None:
        if clock() - record.info.get(_ANSWERED, clock()) > TRUSTED_SECONDS and not _answers(engine, connection):
            raise DisconnectionError  # the pool makes it anew, and those older than it

    def given_back(_connection: Any, record: Any) -> None:
        record.info[_ANSWERED] = clock()

    event.listen(engine, "connect", each_for_itself)
    event.listen(engine, "checkout", alive)
    event.listen(engine, "checkin", given_back)
    return engine


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False
    return True
