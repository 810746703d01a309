"""Connections that only read: asked whether they live when they were idle, not at every page; and lost without harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from gateway.reading_engine import TRUSTED_SECONDS, reading_engine

from .conftest import Database


@dataclass
class Reading:
    """The engine with a clock of its own, which counts how often it asks a connection whether it lives."""

    url: str
    seconds: float = 0.0
    asked: int = 0
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = reading_engine(self.url, pool=2, clock=lambda: self.seconds)
        ping = self.engine.dialect.do_ping

        def counted(connection: object) -> bool:
            self.asked += 1
            return ping(connection)  # type: ignore[arg-type]

        self.engine.dialect.do_ping = counted  # type: ignore[method-assign, assignment]

    def who(self) -> int:
        """The server's process that answers."""
        with self.engine.connect() as conn:
            return int(conn.execute(text("SELECT pg_backend_pid()")).scalar_one())


@pytest.fixture
def reading(migrated: Database) -> Iterator[Reading]:
    found = Reading(migrated.app_url)
    yield found
    found.engine.dispose()


def end(database: Database, pid: int) -> None:
    with database.engine.begin() as conn:
        assert conn.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid}).scalar_one()


def test_a_connection_that_has_just_answered_is_not_asked_again(reading: Reading) -> None:
    first = reading.who()
    reading.seconds += TRUSTED_SECONDS / 2
    assert reading.who() == first and reading.asked == 0
    reading.seconds += TRUSTED_SECONDS + 0.1
    assert reading.who() == first and reading.asked == 1


def test_a_connection_that_was_lost_while_it_was_idle_costs_no_page(reading: Reading, migrated: Database) -> None:
    lost = reading.who()
    end(migrated, lost)
    reading.seconds += TRUSTED_SECONDS + 0.1
    assert reading.who() != lost


def test_one_that_is_lost_at_once_costs_one_page_and_no_other(reading: Reading, migrated: Database) -> None:
    with reading.engine.connect() as one, reading.engine.connect() as another:
        lost = [conn.execute(text("SELECT pg_backend_pid()")).scalar_one() for conn in (one, another)]
    for pid in lost:
        end(migrated, pid)
    with pytest.raises(OperationalError):
        reading.who()
    assert reading.who() not in lost and reading.who() not in lost


def test_each_statement_stands_for_itself(reading: Reading) -> None:
    """`now()` is the beginning of the transaction."""
    with reading.engine.connect() as conn:
        first, second = (conn.execute(text("SELECT now()")).scalar_one() for _ in range(2))
    assert first < second
