"""A broker that takes connections and says nothing more: time limits hold, and no thread waits for ever."""

import socket
import threading
import time
from contextlib import suppress

import pytest
from sqlalchemy import make_url

from eventkit.broker import PublishRefused, StreamPublisher
from eventkit.outbox import last_position
from eventkit.relay import Relay
from eventkit.rpc_client import RpcClient, RpcError, RpcTimeout, RpcUnavailable
from eventkit.testing.processes import Process, wait_until
from eventkit.testing.sample import add


class Wire:
    """A TCP proxy before the broker: `freeze` keeps every connection open and lets nothing through."""

    def __init__(self, amqp_url):
        broker = make_url(amqp_url)
        self._target = (broker.host, broker.port)
        self._flowing = threading.Event()
        self._flowing.set()
        self._open = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = broker.set(port=self._listener.getsockname()[1]).render_as_string(hide_password=False)
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self):
        self._flowing.clear()

    def cut(self):
        """Every connection dies, as idle ones do whose heartbeats stay away."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self):
        self._listener.close()
        self._flowing.set()
        self.cut()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target)
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one, other):
        with suppress(OSError):
            while data := one.recv(65536):
                self._flowing.wait()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def wire(amqp_url):
    wire = Wire(amqp_url)
    yield wire
    wire.close()


def _within(seconds, work):
    """What `work` raised, or None; fails when it takes longer."""
    errors = []

    def run():
        try:
            work()
            errors.append(None)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert errors, f"not back after {seconds} s"
    return errors[0]


@pytest.fixture
def client(database, amqp_url, wire, tmp_path):
    settings = {"DATABASE_URL": database.app_url, "AMQP_URL": amqp_url, "HEALTH_PORT": "0"}
    with Process("servicekit.testing.till", "rpc", settings=settings, log=tmp_path / "rpc.log"):
        client = RpcClient(wire.url, timeout=5)

        def answers():
            with suppress(RpcError):
                return client.query("till", "slow", {"seconds": 0}, timeout=2)

        wait_until(answers)
        yield client
        wire.close()


def test_a_call_ends_at_its_time_limit_with_an_old_connection_and_with_a_new_one(client, wire):
    wire.freeze()
    for expected in (RpcTimeout, RpcUnavailable):
        error = _within(4, lambda: client.query("till", "slow", {"seconds": 0}, timeout=0.5))
        assert isinstance(error, expected)


def test_connections_that_died_in_the_pool_cost_the_next_call_next_to_nothing(client, wire):
    threads = [threading.Thread(target=client.query, args=("till", "slow", {"seconds": 0.5})) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wire.cut()
    assert client.query("till", "slow", {"seconds": 0}, timeout=1)["slept"] == 0


def test_a_broker_that_is_away_is_said_within_the_time_limit():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(RpcUnavailable):
        RpcClient(f"amqp://u:p@127.0.0.1:{port}/x").query("till", "slow", {"seconds": 0}, timeout=0.5)
    assert time.monotonic() - began < 1.5


def test_a_publisher_gives_up_and_lets_go(wire):
    publisher = StreamPublisher(wire.url, "till")
    wire.freeze()
    error = _within(5, lambda: publisher.publish([(1, "till.added.v1", b"{}")], timeout=0.5))
    assert isinstance(error, PublishRefused)
    assert _within(5, publisher.close) is None


def test_positions_are_given_while_the_broker_says_nothing(app, database, wire):
    relay = Relay(database.engine, "till", wire.url)
    relay.step()
    wire.freeze()
    relay._disconnect()  # and now a new connection, to a broker that does not answer
    add(app, "a")
    _within(20, relay.step)
    add(app, "a")
    _within(20, relay.step)
    with database.engine.begin() as conn:
        assert last_position(conn) == 2
