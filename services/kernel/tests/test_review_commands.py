"""A command that arrives twice at once, and commands that wait for each other: the caller never learns of either."""

import threading
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from eventkit.application import Request
from eventkit.decider import Decider, Rejected
from eventkit.testing.sample import Add, Added, Till, add, evolve, till


@dataclass(frozen=True)
class Open:
    pass


def _open_once(command, state):
    if state.total:
        raise Rejected("already_open")
    return [Added(1, 1)]


once = Decider("till", Till(), _open_once, evolve)


def test_a_command_that_arrives_twice_at_once_is_not_refused_because_of_itself(app):
    """The broker delivers again what a dead connection left behind, while the first worker is still at it."""
    request = Request("open", {}, command_id="c1")

    def second(unit, body):
        app.handle(request, first)  # the other worker commits after we have looked for the stored reply
        return first(unit, body)

    def first(unit, body):
        return {"total": unit.decide(once, "a", Open()).state.total}

    reply = app.handle(request, second)
    assert (reply.ok, reply.result) == (True, {"total": 1})


def test_what_fails_on_the_tables_of_its_own_twin_gets_the_twins_reply(app, database):
    with database.owner.begin() as conn:
        conn.execute(text("CREATE TABLE openings (till text PRIMARY KEY)"))
        conn.execute(text(f"GRANT INSERT ON openings TO {database.app_role}"))
    request = Request("open", {}, command_id="c1")

    def first(unit, body):
        unit.conn.execute(text("INSERT INTO openings VALUES ('a')"))
        return {"opened": True}

    def second(unit, body):
        app.handle(request, first)
        return first(unit, body)

    assert app.handle(request, second).result == {"opened": True}


def test_a_reused_command_id_is_still_refused_when_the_command_fails(app):
    add(app, "a", 5, command_id="c1")
    with pytest.raises(Rejected, match="command_reused"):
        add(app, "a", -6, command_id="c1")


def test_two_commands_that_wait_for_each_other_are_a_conflict_like_any_other(app, database):
    """Each changes two aggregates, in the other's order: PostgreSQL ends one of them, and it is tried again."""
    met = threading.Barrier(2)
    replies = []

    def transfer(one, other):
        tries = []

        def handler(unit, body):
            tries.append(1)
            unit.decide(till, one, Add(1))
            unit.flush()
            if len(tries) == 1:
                met.wait(10)
            unit.decide(till, other, Add(1))
            return {}

        replies.append(app.handle(Request("transfer", {}), handler).ok)

    threads = [threading.Thread(target=transfer, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == [True, True]
    assert add(app, "a") == add(app, "b") == {"total": 3}
