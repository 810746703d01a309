"""Migrations, and the readiness that depends on them, as the service's own role."""

import itertools
import threading

import pytest
from sqlalchemy import make_url

from servicekit.migrations import current, head, upgrade
from servicekit.process import make_engine
from servicekit.testing.till import definition

_numbers = itertools.count(1)


@pytest.fixture
def urls(postgres):
    return postgres.create_database(f"migrating{next(_numbers)}")


def test_two_at_once_both_find_the_database_at_head(urls):
    owner, app = urls
    threads = [threading.Thread(target=upgrade, args=(definition.migrations, owner, make_url(app).username))
               for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with make_engine(app).connect() as conn:
        assert current(conn) == head(definition.migrations) == "0001"


def test_readiness_says_when_migrations_are_behind(urls, amqp_url):
    owner, app = urls
    upgrade(definition.migrations, owner, make_url(app).username)
    engine = make_engine(app)
    definition._at_head(engine)
    with make_engine(owner).begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(RuntimeError, match="not at head"):
        definition._at_head(engine)
