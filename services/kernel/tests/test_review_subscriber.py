"""What a subscriber must not take for what it is not: a gap for its end, a busy database for a bad event."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, TimeoutError

from eventkit import parking
from eventkit.broker import StreamPublisher
from eventkit.errors import is_lost_connection
from eventkit.outbox import give_positions
from eventkit.rebuild import rebuild
from eventkit.source import OutboxSource
from eventkit.store import Conflict
from eventkit.subscriber import Subscriber
from eventkit.subscription import Checkpoint, CheckpointMoved, GapNotFilled, Subscription, move_checkpoint
from eventkit.testing import sample
from eventkit.testing.processes import wait_until
from eventkit.testing.sample import add, applied


class Archived(OutboxSource):
    """A publisher that no longer has its first events, or has none to give."""

    def __init__(self, database, first):
        super().__init__({"till": database.engine})
        self.first = first

    def events_after(self, publisher, position, limit=1000):
        return [e for e in super().events_after(publisher, position, limit) if e.position >= self.first]


def _published(app, database, *tills):
    for name in tills:
        add(app, name)
    with database.engine.begin() as conn:
        give_positions(conn, "till", 1000)
    return database.source.events_after("till", 0)


def _subscriber(database, apply=sample.apply, source=None):
    subscriber = Subscriber(database.engine, Subscription("model", "till", apply), "", source or database.source)
    subscriber._read_checkpoint()
    return subscriber


def _applied(database):
    with database.engine.begin() as conn:
        return applied(conn)


def _parked(database):
    with database.engine.begin() as conn:
        return parking.waiting(conn)


def test_a_publisher_that_has_archived_what_is_missing_is_not_read_on_from(app, database):
    _published(app, database, "a", "a", "a", "a")
    with pytest.raises(GapNotFilled):
        _subscriber(database, source=Archived(database, first=3)).catch_up()
    assert _applied(database) == 0


def test_a_gap_that_the_publisher_does_not_fill_is_not_jumped_over(app, database):
    events = _published(app, database, "a", "a", "a", "a")
    subscriber = _subscriber(database, source=Archived(database, first=99))
    with pytest.raises(GapNotFilled):
        subscriber._take([events[0], events[3]], 1)
    assert _applied(database) == 1


def test_an_event_of_somebody_else_in_the_stream_takes_nobodys_place(app, database, running, amqp_url):
    """A binding too many brings it there; its position is another publisher's and says nothing here."""
    own = _published(app, database, "a")[0]
    foreign = replace(own, source="/elsewhere", stream="till-foreign", subject="till-foreign")
    publisher = StreamPublisher(amqp_url, "till")
    publisher.publish((e.position, e.type, e.to_json()) for e in (foreign, own))
    publisher.close()
    subscription = Subscription("model", "till", sample.apply)
    silent = Archived(database, first=99)
    with running.thread(Subscriber(database.engine, subscription, amqp_url, silent).run):
        wait_until(lambda: _applied(database))
    with database.engine.begin() as conn:
        assert conn.execute(select(sample.totals.c.till)).scalars().all() == ["till-a"]


def test_a_rebuild_from_an_archived_outbox_says_so(app, database, model):
    _published(app, database, "a", "a", "a", "a")
    assert _subscriber(database).catch_up() == 4
    for first in (3, 99):
        with pytest.raises(GapNotFilled):
            rebuild(database.owner, model, Archived(database, first), database.app_role)


def test_a_lock_that_others_hold_too_long_is_not_the_events_fault(app, database):
    _published(app, database, "a", "a")

    def hurried(conn, envelopes):
        conn.execute(text("SET LOCAL lock_timeout = '50ms'"))
        conn.execute(text("LOCK TABLE model.totals"))

    with database.owner.begin() as busy:
        busy.execute(text("LOCK TABLE model.totals"))
        with pytest.raises(OperationalError):
            _subscriber(database, hurried).catch_up()
    assert _parked(database) == []


def test_a_pool_without_a_free_connection_is_not_the_events_fault():
    assert is_lost_connection(TimeoutError("QueuePool limit reached"))


def test_a_command_that_was_first_is_not_the_events_fault(app, database):
    """A conflict with a command is decided anew however often it happens, also while a bad batch is taken apart."""
    _published(app, database, "a", "a")

    def contended(conn, envelopes):
        raise ValueError if len(envelopes) > 1 else Conflict("till-echo")

    with pytest.raises(CheckpointMoved):
        _subscriber(database, contended).catch_up()
    assert _parked(database) == []


def test_catching_up_ends_when_the_process_is_to_end(app, database):
    _published(app, database, "a", "a", "a")
    stop = threading.Event()

    class OneByOne(OutboxSource):
        def events_after(self, publisher, position, limit=1000):
            if position == 1:
                stop.set()
            return super().events_after(publisher, position, 1)

    subscriber = _subscriber(database, source=OneByOne({"till": database.engine}))
    assert subscriber.catch_up(stop) == 2


class Bad:
    """Cannot take the third event of till-bad until it is told otherwise."""

    on = True

    def __call__(self, conn, envelopes):
        if self.on and any(e.subject == "till-bad" and e.version == 3 for e in envelopes):
            raise ValueError
        sample.apply(conn, envelopes)


def test_what_an_operator_applies_during_a_rebuild_is_in_the_rebuilt_model(app, database, model):
    _published(app, database, "bad", "bad", "bad", "bad", "good")
    bad = Bad()
    _subscriber(database, bad).catch_up()
    assert len(_parked(database)) == 2
    bad.on = False

    def meanwhile(*_):
        parking.retry(database.engine, Subscription("model", "till", bad), "till-bad", "ana")

    report = rebuild(database.owner, model, database.source, database.app_role, meanwhile)
    assert _parked(database) == []
    assert _applied(database) == 5
    assert report.equal


def test_an_operators_retry_leaves_nothing_behind_that_is_being_parked(app, database):
    """A subscriber that saw the aggregate held parks one more behind it; the operator waits for that one too."""
    events = _published(app, database, "bad", "bad", "bad", "bad")
    bad = Bad()
    subscription = Subscription("model", "till", bad)
    _subscriber(database, bad)._take(events[:3], 1)
    bad.on = False
    operator = threading.Thread(target=parking.retry, args=(database.engine, subscription, "till-bad", "ana"))
    with database.engine.begin() as conn:
        move_checkpoint(conn, "model", "till", 3, Checkpoint(4, None))
        assert parking.held_streams(conn, "model", "till", {"till-bad"})
        operator.start()
        wait_until(lambda: not operator.is_alive() or _somebody_waits(database))
        parking.park(conn, "model", events[3], "behind", 0)
    operator.join()
    assert _parked(database) == []
    assert _applied(database) == 4


def _somebody_waits(database):
    query = text("SELECT count(*) FROM pg_stat_activity"
                 " WHERE datname = current_database() AND wait_event_type = 'Lock'")
    with database.engine.begin() as conn:
        return conn.execute(query).scalar_one()
