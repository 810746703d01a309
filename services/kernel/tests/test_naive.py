"""The simpler ways, and what they lose under the same events: why the kernel is not simpler.

The naive tail stands in test_relay.py and the naive checkpoint in test_kills.py, beside the tests they would fail.
"""

import pytest
from amqp.exceptions import AMQPError

from eventkit.broker import StreamPublisher, StreamReader, connect, stream_of
from eventkit.outbox import confirmed_position
from eventkit.store import Metadata
from eventkit.subscriber import Subscriber
from eventkit.subscription import Subscription
from eventkit.testing import sample
from eventkit.testing.sample import Add, add, applied, till

SOMEBODY = Metadata("tester", "test", "correlation", "causation")


def _confirmed(database):
    with database.engine.begin() as conn:
        return confirmed_position(conn, "till")


def test_who_trusts_the_stream_alone_loses_what_was_deleted_with_it(app, database, running, amqp_url, eventually):
    with running.relay():
        for _ in range(5):
            add(app, "a")
        eventually(lambda: _confirmed(database) == 5)
    connection = connect(amqp_url)
    connection.channel().queue_delete(stream_of("till"))
    connection.close()
    with running.relay():
        add(app, "a")
        eventually(lambda: _confirmed(database) == 6)
    reader = StreamReader(amqp_url, "till", None)
    seen = [message.body["position"] for message in reader.batch(100, wait=5)]
    reader.close()
    assert seen == [6], "five events are not in the stream any more; only the outbox has them"
    with running.subscriber():
        eventually(lambda: _applied(database) == 6)


class NeverParks(Subscriber):
    """Tries the batch again until it works, as a queue that requeues does."""

    tries = 0

    def _apply_one_by_one(self, run):
        NeverParks.tries += 1
        raise ConnectionError("again")


def test_who_never_parks_stands_still_at_one_bad_event(app, database, running, amqp_url, eventually):
    def poisoned(conn, envelopes):
        for envelope in envelopes:
            if envelope.subject == "till-bad":
                raise ValueError
            sample.apply(conn, [envelope])

    for _ in range(3):
        add(app, "bad")
        add(app, "good")
    subscriber = NeverParks(database.engine, Subscription("naive", "till", poisoned), amqp_url, database.source)
    with running.relay():
        eventually(lambda: _confirmed(database) == 6)
    for _ in range(3):
        with pytest.raises(ConnectionError):
            subscriber.catch_up()
    assert NeverParks.tries == 3
    assert _applied(database) == 0, "the good ones wait behind the bad one for ever"
    with running.subscriber(poisoned):
        eventually(lambda: _applied(database) == 3)


def test_who_publishes_inside_the_command_fails_with_the_broker(app, database, rabbitmq, amqp_url):
    def add_and_publish():
        with app.transaction(SOMEBODY) as unit:
            unit.decide(till, "a", Add(1))
            publisher = StreamPublisher(amqp_url, "till")
            publisher.publish([(1, "till.added.v1", b"{}")])
            publisher.close()

    add_and_publish()
    rabbitmq.stop()
    try:
        with pytest.raises((OSError, AMQPError)):
            add_and_publish()
        assert add(app, "a") == {"total": 2}, "with an outbox the same command succeeds"
    finally:
        rabbitmq.start()


def _applied(database):
    with database.engine.begin() as conn:
        return applied(conn)
