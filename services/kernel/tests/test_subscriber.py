"""The way of an event, second half: exactly-once effects, gaps filled, one bad event stops nothing else."""

import pytest
from amqp.exceptions import NotFound
from sqlalchemy import func, select, text

from eventkit.broker import connect, stream_of
from eventkit.parking import discard, retry, waiting
from eventkit.public import Envelope
from eventkit.rebuild import fingerprint, rebuild
from eventkit.subscriber import Subscriber
from eventkit.subscription import CheckpointMoved, Subscription, by_type, read_checkpoint
from eventkit.tables import checkpoints, events
from eventkit.testing import sample
from eventkit.testing.sample import Add, add, applied, till


def _applied(database):
    with database.engine.begin() as conn:
        return applied(conn)


def _totals(database):
    with database.engine.begin() as conn:
        return {row.till: (row.total, row.times) for row in conn.execute(select(sample.totals))}


def test_effects_follow_the_publisher(app, database, running, eventually):
    with running.relay(), running.subscriber():
        for _ in range(10):
            add(app, "a", 2)
        eventually(lambda: _applied(database) == 10)
    assert _totals(database) == {"till-a": (20, 10)}


def test_a_second_subscriber_of_the_same_name_doubles_nothing(app, database, running, eventually):
    with running.relay(), running.subscriber(), running.subscriber():
        for _ in range(60):
            add(app, "a")
        eventually(lambda: _applied(database) >= 60)
    assert _totals(database) == {"till-a": (60, 60)}


def test_a_moved_checkpoint_undoes_the_effects(app, database, amqp_url):
    add(app, "a")
    _give_positions(database)
    subscription = Subscription("model", "till", sample.apply)
    first, late = (Subscriber(database.engine, subscription, amqp_url, database.source) for _ in range(2))
    late._read_checkpoint()
    assert first.catch_up() == 1
    with pytest.raises(CheckpointMoved):
        late._fill(None)
    assert _totals(database) == {"till-a": (1, 1)}


def test_a_deleted_stream_is_filled_from_the_outbox(app, database, running, amqp_url, eventually):
    with running.relay(), running.subscriber():
        for _ in range(5):
            add(app, "a")
        eventually(lambda: _applied(database) == 5)
    with running.relay():  # published, and then lost with the stream before anybody read it
        for _ in range(5):
            add(app, "a")
        eventually(lambda: _confirmed(database) == 10)
    connection = connect(amqp_url)
    connection.channel().queue_delete(stream_of("till"))
    connection.close()
    with running.relay(), running.subscriber():
        add(app, "b")
        eventually(lambda: _applied(database) == 11)
    assert _totals(database) == {"till-a": (10, 10), "till-b": (1, 1)}


def test_a_stream_deleted_under_a_running_relay_is_declared_again(app, database, running, amqp_url, eventually):
    with running.relay(), running.subscriber():
        add(app, "a")
        eventually(lambda: _applied(database) == 1)
        connection = connect(amqp_url)
        connection.channel().queue_delete(stream_of("till"))
        for _ in range(3):
            add(app, "a")
        eventually(lambda: _applied(database) == 4)
        channel = connection.channel()
        try:
            channel.queue_declare(stream_of("till"), passive=True)
        except NotFound:  # pragma: no cover
            pytest.fail("nobody declared the stream again")
        connection.close()


def test_a_lost_tail_is_found_by_asking(app, database, running, amqp_url, eventually):
    """Nothing comes after the lost events, so no gap ever shows: only the publisher knows of them."""
    with running.subscriber():
        for _ in range(4):
            add(app, "a")
        _give_positions(database)  # positions, but never published
        eventually(lambda: _applied(database) == 4)


def test_a_new_subscriber_starts_from_the_beginning_of_time(app, database, running, eventually):
    with running.relay():
        for _ in range(3):
            add(app, "a")
        eventually(lambda: _confirmed(database) == 3)
        with running.subscriber(name="newcomer"):
            eventually(lambda: _applied(database) == 3)


class Poison(Exception):
    pass


def poisoned(conn, envelopes):
    """Cannot take the third event of till-bad until it is told otherwise."""
    for envelope in envelopes:
        if envelope.subject == "till-bad" and envelope.version == 3 and poisoned.on:
            raise Poison("somebody's private data")
        sample.apply(conn, [envelope])


@pytest.fixture
def poison():
    poisoned.on = True
    yield poisoned
    poisoned.on = False


def test_one_bad_event_is_parked_with_what_follows_it_and_others_flow(app, database, running, eventually, poison):
    for _ in range(5):
        add(app, "bad")
        add(app, "good")
    with running.relay(), running.subscriber(poison):
        eventually(lambda: _applied(database) == 7)
        with database.engine.begin() as conn:
            held = waiting(conn, "model")
    assert _totals(database) == {"till-good": (5, 5), "till-bad": (2, 2)}
    assert [(row.stream, row.envelope["version"]) for row in held] == [
        ("till-bad", 3), ("till-bad", 4), ("till-bad", 5)]
    assert "Poison" in held[0].reason
    assert "private" not in held[0].reason
    assert "behind" in held[1].reason


def test_an_operator_retries_and_each_act_is_an_event(app, database, running, eventually, poison):
    for _ in range(5):
        add(app, "bad")
    subscription = Subscription("model", "till", poison)
    with running.relay(), running.subscriber(poison):
        eventually(lambda: len(_parked(database)) == 3)
        with pytest.raises(Poison):
            retry(database.engine, subscription, "till-bad", "ana")
        assert len(_parked(database)) == 3
        poison.on = False
        assert retry(database.engine, subscription, "till-bad", "ana") == 3
        add(app, "bad")
        eventually(lambda: _totals(database) == {"till-bad": (6, 6)})
    with database.engine.begin() as conn:
        acts = conn.execute(select(events.c.name, events.c.metadata["actor"].astext)
                            .where(events.c.stream == "parking-model-till-bad").order_by(events.c.version)).all()
    assert acts == [("EventParked", "subscriber:model")] * 3 + [("ParkedEventApplied", "operator:ana")] * 3


def test_an_operator_gives_up_one_event_and_the_others_go_on(app, database, running, eventually, poison):
    for _ in range(4):
        add(app, "bad")
    subscription = Subscription("model", "till", poison)
    with running.relay(), running.subscriber(poison):
        eventually(lambda: len(_parked(database)) == 2)
    discard(database.engine, subscription, "till-bad", 3, "ana", "entered twice by the agency")
    assert retry(database.engine, subscription, "till-bad", "ana") == 1
    assert _totals(database) == {"till-bad": (4, 3)}


def test_a_lost_database_connection_is_not_the_events_fault(app, database, running, eventually):
    tries = []

    def flaky(conn, envelopes):
        tries.append(1)
        if len(tries) == 1:
            conn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        sample.apply(conn, envelopes)

    add(app, "a")
    with running.relay():
        for _ in range(2):  # the duty would start it again; here we do
            from contextlib import suppress

            from sqlalchemy.exc import OperationalError
            with suppress(OperationalError):
                subscription = Subscription("model", "till", flaky)
                eventually(lambda: _last(database) == 1)
                Subscriber(database.engine, subscription, running.amqp_url, database.source).catch_up()
    assert _totals(database) == {"till-a": (1, 1)}
    assert _parked(database) == []


def test_a_reacting_service_decides_in_the_transaction_of_its_checkpoint(app, database, running, eventually):
    def react(unit, envelope: Envelope):
        if envelope.subject == "till-a":
            unit.decide(till, "echo", Add(envelope.data["amount"]))

    apply = by_type(app, {"till.added.v1": react})
    with running.relay(), running.subscriber(apply, name="echo"):
        add(app, "a", 3)
        add(app, "a", 4)
        eventually(lambda: add(app, "probe") and _stream_version(app, "till-echo") == 2)
    with app.engine.begin() as conn:
        echo = app.store.read(conn, "till-echo")
    assert [e.event.total for e in echo] == [3, 7]
    assert echo[0].metadata.actor == "service:till"


def test_a_rebuilt_model_equals_the_live_one_and_takes_its_place(app, database, running, model, eventually):
    with running.relay(), running.subscriber():
        for n in range(50):
            add(app, str(n % 7))
        eventually(lambda: _applied(database) == 50)
        report = rebuild(database.owner, model, database.source, database.app_role)
        assert report.equal
        assert report.events == 50
        add(app, "after")
        eventually(lambda: _applied(database) == 51)
    with database.engine.begin() as conn:
        assert conn.execute(select(func.count()).select_from(checkpoints)).scalar_one() == 1


def test_a_rebuild_shows_a_live_model_that_went_wrong(app, database, running, model, eventually):
    with running.relay(), running.subscriber():
        add(app, "a")
        eventually(lambda: _applied(database) == 1)
    with database.engine.begin() as conn:
        conn.execute(sample.totals.update().values(total=999))
    report = rebuild(database.owner, model, database.source, database.app_role)
    assert not report.equal
    with database.engine.begin() as conn:
        assert fingerprint(conn, model) == report.rebuilt_hash
    assert _totals(database) == {"till-a": (1, 1)}


def test_a_rebuild_leaves_out_what_is_parked(app, database, running, model, eventually, poison):
    for _ in range(4):
        add(app, "bad")
    with running.relay(), running.subscriber(poison):
        eventually(lambda: len(_parked(database)) == 2)
    assert rebuild(database.owner, model, database.source, database.app_role).equal


def _parked(database):
    with database.engine.begin() as conn:
        return waiting(conn)


def _confirmed(database):
    from eventkit.outbox import confirmed_position

    with database.engine.begin() as conn:
        return confirmed_position(conn, "till")


def _last(database):
    from eventkit.outbox import last_position

    with database.engine.begin() as conn:
        return last_position(conn)


def _give_positions(database):
    from eventkit.outbox import give_positions

    with database.engine.begin() as conn:
        give_positions(conn, "till", 1000)


def _stream_version(app, stream):
    with app.engine.begin() as conn:
        return conn.execute(select(func.max(events.c.version)).where(events.c.stream == stream)).scalar_one()


def test_the_checkpoint_starts_at_nothing(database):
    with database.engine.begin() as conn:
        assert read_checkpoint(conn, "fresh", "till").position == 0
