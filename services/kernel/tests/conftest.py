"""Real parts for the kernel's tests: a database with the kernel's tables and a sample read model, a broker."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, make_url

from eventkit.application import Application
from eventkit.rebuild import ReadModel, create
from eventkit.relay import Relay
from eventkit.source import OutboxSource
from eventkit.subscriber import Subscriber
from eventkit.subscription import Subscription
from eventkit.tables import create_kernel_tables
from eventkit.testing import sample
from eventkit.testing.processes import wait_until
from servicekit.process import make_engine

_numbers = itertools.count(1)


@dataclass
class Database:
    owner_url: str
    app_url: str
    owner: Engine
    engine: Engine

    @property
    def app_role(self) -> str:
        role = make_url(self.app_url).username
        assert role
        return role

    @property
    def source(self) -> OutboxSource:
        return OutboxSource({"till": self.engine})


@pytest.fixture
def database(postgres) -> Iterator[Database]:
    owner_url, app_url = postgres.create_database(f"till{next(_numbers)}")
    found = Database(owner_url, app_url, make_engine(owner_url), make_engine(app_url, pool=20))
    with found.owner.begin() as conn:
        create_kernel_tables(conn, found.app_role)
        create(conn, read_model(), found.app_role)
    yield found
    found.engine.dispose()
    found.owner.dispose()


@pytest.fixture
def app(database: Database) -> Application:
    return sample.application(database.engine)


@pytest.fixture
def amqp_url(rabbitmq) -> str:
    return rabbitmq.new_vhost()


def read_model() -> ReadModel:
    return ReadModel("model", sample.model_tables, [Subscription("model", "till", sample.apply)])


@pytest.fixture
def model() -> ReadModel:
    return read_model()


class Running:
    """Relays and subscribers in threads, as a worker process runs them; stopped at the end of the test."""

    def __init__(self, database: Database, amqp_url: str) -> None:
        self.database = database
        self.amqp_url = amqp_url

    def thread(self, run: Callable[[threading.Event], None]) -> AbstractContextManager[None]:
        return _thread(run)

    @contextmanager
    def relay(self, batch: int = 1000) -> Iterator[Relay]:
        relay = Relay(self.database.engine, "till", self.amqp_url, batch)
        with _thread(relay.run):
            yield relay

    @contextmanager
    def subscriber(self, apply=sample.apply, name: str = "model", quiet_seconds: float = 0.3) -> Iterator[Subscriber]:
        subscription = Subscription(name, "till", apply)
        subscriber = Subscriber(self.database.engine, subscription, self.amqp_url, self.database.source,
                                quiet_seconds=quiet_seconds)
        with _thread(subscriber.run):
            yield subscriber


@pytest.fixture
def running(database: Database, amqp_url: str) -> Running:
    return Running(database, amqp_url)


@pytest.fixture
def eventually() -> Callable[..., None]:
    return wait_until


@contextmanager
def _thread(run: Callable[[threading.Event], None]) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()
