"""A migrated database, worked on as the limited role that the gateway has in production."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, Table, insert, make_url, select

from eventkit.tables import checkpoints
from gateway import own_tables
from gateway.definition import definition
from gateway.phone.calls import metadata as phone_metadata
from gateway.view import tables
from servicekit.migrations import upgrade
from servicekit.process import make_engine

from .facts import Facts

_numbers = itertools.count(1)
TABLES = (*(table for metadata in (tables.metadata, own_tables.metadata, phone_metadata)
            for table in metadata.sorted_tables), checkpoints)
Rows = list[tuple[Table, list[dict[str, Any]]]]


@dataclass
class Database:
    owner_url: str
    app_url: str
    engine: Engine

    @property
    def app_role(self) -> str:
        role = make_url(self.app_url).username
        assert role
        return role


@pytest.fixture(scope="session")
def migrated(postgres) -> Iterator[Database]:
    owner_url, app_url = postgres.create_database(f"gateway{next(_numbers)}")
    app_role = make_url(app_url).username
    assert app_role
    upgrade(definition.migrations, owner_url, app_role)
    engine = make_engine(app_url, pool=5)
    yield Database(owner_url, app_url, engine)
    engine.dispose()


@pytest.fixture
def database(migrated: Database) -> Database:
    empty(migrated.engine)
    return migrated


@pytest.fixture
def engine(database: Database) -> Engine:
    return database.engine


@pytest.fixture
def facts(engine: Engine) -> Facts:
    return Facts(engine)


def empty(engine: Engine) -> None:
    with engine.begin() as conn:
        for table in TABLES:
            conn.execute(table.delete())


def rows_of(engine: Engine) -> Rows:
    """All that is in the database, to be put back by `fill`."""
    with engine.connect() as conn:
        found = [(table, [dict(row) for row in conn.execute(select(table)).mappings()]) for table in TABLES]
    return [(table, rows) for table, rows in found if rows]


def fill(engine: Engine, rows: Rows) -> None:
    with engine.begin() as conn:
        for table, some in rows:
            conn.execute(insert(table), some)
