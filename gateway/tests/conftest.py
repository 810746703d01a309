"""A migrated database, worked on as the limited role that the gateway has in production."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, make_url, text

from gateway import own_tables
from gateway.definition import definition
from gateway.phone.calls import metadata as phone_metadata
from gateway.view import tables
from servicekit.migrations import upgrade
from servicekit.process import make_engine

from .facts import Facts

_numbers = itertools.count(1)


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
        for metadata in (tables.metadata, own_tables.metadata, phone_metadata):
            for table in metadata.sorted_tables:
                conn.execute(table.delete())
        conn.execute(text("DELETE FROM checkpoints"))
