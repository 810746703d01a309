"""The event store on a real PostgreSQL: versions, append-only history, snapshots, idempotent commands."""

import threading

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from eventkit.application import Refusal, Request
from eventkit.decider import Rejected
from eventkit.store import Conflict, Metadata
from eventkit.tables import commands, events, outbox, snapshots
from eventkit.testing.sample import Add, Added, add, on_add, till

SOMEBODY = Metadata("tester", "test", "correlation", "causation")


def test_a_stream_is_read_back_in_order_with_its_metadata(app):
    for amount in (1, 2, 3):
        add(app, "a", amount)
    with app.engine.begin() as conn:
        stream = app.store.read(conn, "till-a")
    assert [r.event for r in stream] == [Added(1, 1), Added(2, 3), Added(3, 6)]
    assert [r.version for r in stream] == [1, 2, 3]
    assert stream[0].metadata.actor == "system"
    assert stream[0].recorded_at.tzinfo is not None


def test_the_second_writer_of_a_version_gets_a_conflict(app):
    with pytest.raises(Conflict), app.transaction(SOMEBODY) as late:
        late.decide(till, "a", Add(1))
        add(app, "a", 10)
    assert add(app, "a", 1) == {"total": 11}


def test_conflicting_commands_are_tried_again_and_all_succeed(app):
    threads = [threading.Thread(target=add, args=(app, "same", 1)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert add(app, "same", 1) == {"total": 9}


@pytest.mark.parametrize("forbidden", ["UPDATE events SET data = '{}'", "DELETE FROM events", "TRUNCATE events",
                                       "UPDATE outbox SET data = '{}'", "DELETE FROM outbox",
                                       "UPDATE commands SET reply = '{}'"])
def test_history_cannot_be_changed_by_the_services_role(app, forbidden):
    add(app, "a")
    with pytest.raises(ProgrammingError, match="permission denied"), app.engine.begin() as conn:
        conn.execute(text(forbidden))


def test_a_command_asked_again_gives_the_stored_reply_and_does_nothing(app):
    first = add(app, "a", 5, command_id="c1")
    assert add(app, "a", 5, command_id="c1") == first == {"total": 5}
    with app.engine.begin() as conn:
        assert conn.execute(select(func.count()).select_from(events)).scalar_one() == 1


def test_the_same_command_id_with_another_body_is_refused(app):
    add(app, "a", 5, command_id="c1")
    with pytest.raises(Rejected, match="command_reused"):
        add(app, "a", 6, command_id="c1")


def test_the_same_command_at_the_same_time_happens_once(app):
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(add(app, "a", 5, command_id="c1"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == [{"total": 5}] * 6


def test_a_refused_command_leaves_nothing(app):
    with pytest.raises(Rejected, match="not_positive"):
        add(app, "a", -1)
    with app.engine.begin() as conn:
        for table in (events, outbox, commands):
            assert conn.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_a_refusal_that_is_on_record_keeps_its_events_and_its_answer(app):
    def refuse(unit, body):
        on_add(unit, body)
        return Refusal("not_accepted", {"tries": 1})

    request = Request("add", {"till": "a", "amount": 1}, command_id="c1")
    first = app.handle(request, refuse)
    assert (first.ok, first.code, first.details) == (False, "not_accepted", {"tries": 1})
    assert app.handle(request, refuse) == first
    assert add(app, "a", 1) == {"total": 2}


def test_a_batch_decides_in_order_and_each_gets_its_own_answer(app):
    with app.transaction(SOMEBODY) as unit:
        answers = unit.decide_many(till, [("a", Add(1)), ("b", Add(-1)), ("a", Add(2))])
    assert answers[0].state.total == 1
    assert isinstance(answers[1], Rejected)
    assert answers[2].state.total == 3


def test_a_long_stream_is_loaded_from_its_snapshot(app):
    for _ in range(45):
        add(app, "long")
    with app.engine.begin() as conn:
        kept = conn.execute(select(snapshots)).one()
        # Proof that the snapshot is used: a state that history does not have shows in the next decision.
        conn.execute(snapshots.update().values(state={"total": 1040}))
    assert kept.version == 40
    assert add(app, "long") == {"total": 46}, "only the events after the snapshot set the total"
    with app.engine.begin() as conn:
        conn.execute(text("UPDATE snapshots SET version = 46, state = '{\"total\": 1000}'"))
    assert add(app, "long") == {"total": 1001}


def test_events_and_public_events_are_one_transaction(app):
    with pytest.raises(RuntimeError), app.transaction(SOMEBODY) as unit:
        unit.decide(till, "a", Add(1))
        unit.flush()
        raise RuntimeError("after the insert")
    with app.engine.begin() as conn:
        assert conn.execute(select(func.count()).select_from(outbox)).scalar_one() == 0


def test_cause_and_correlation_are_on_every_event(app):
    request = Request("add", {"till": "a", "amount": 1}, command_id="c9", correlation_id="call-7", channel="phone")
    app.handle(request, on_add)
    with app.engine.begin() as conn:
        event = app.store.read(conn, "till-a")[0]
        sent = conn.execute(select(outbox)).one()
    assert (event.metadata.correlation_id, event.metadata.causation_id) == ("call-7", "c9")
    assert (sent.correlation_id, sent.causation_id) == ("call-7", event.event_id)
