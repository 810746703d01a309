"""kill -9 of relay and subscriber processes at random moments: effects exactly once, and the standby takes over."""

import os
import random
import threading
import time

import pytest
from sqlalchemy import func, select

from eventkit.tables import outbox
from eventkit.testing import sample
from eventkit.testing.processes import Process, wait_until
from eventkit.testing.sample import add, applied

KILLS = int(os.environ.get("CC_KILLS", "10"))


@pytest.fixture
def settings(database, amqp_url):
    return {"DATABASE_URL": database.app_url, "AMQP_URL": amqp_url, "HEALTH_PORT": "0"}


def _kill_at_random(app, database, workers, kills, seed):
    """Adds without pause while one worker after another is killed and started again; returns how many were added."""
    chance = random.Random(seed)
    stop, counts = threading.Event(), []

    def write():
        count = 0
        while not stop.is_set():
            add(app, str(count % 11))
            count += 1
            time.sleep(0.002)
        counts.append(count)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(kills):
            before = _applied(database)
            wait_until(lambda before=before: _applied(database) > before, within=60)
            time.sleep(chance.uniform(0, 0.3))
            victim = workers[number % len(workers)]
            victim.kill()
            victim.start()
    finally:
        stop.set()
        writer.join()
    return counts[0]


def _applied(database):
    with database.engine.begin() as conn:
        return applied(conn)


def _state(database):
    with database.engine.begin() as conn:
        return {row.till: (row.total, row.times) for row in conn.execute(select(sample.totals))}


def _truth(database):
    with database.engine.begin() as conn:
        query = select(outbox.c.subject, func.count()).group_by(outbox.c.subject)
        return {subject: (count, count) for subject, count in conn.execute(query)}


def test_effects_are_exactly_once_whatever_is_killed(app, database, settings, tmp_path):
    processes = [Process("servicekit.testing.till", role, settings=settings, log=tmp_path / "log")
                 for role in ("relay", "subscribe", "relay", "subscribe")]
    rpc = Process("servicekit.testing.till", "rpc", settings=settings, log=tmp_path / "rpc.log")
    try:
        for process in [*processes, rpc]:
            process.start()
        count = _kill_at_random(app, database, processes, KILLS, seed=7)
        wait_until(lambda: _applied(database) >= count, within=90)
    finally:
        for process in [*processes, rpc]:
            process.kill()
    assert _state(database) == _truth(database)


def test_the_same_kills_double_effects_where_the_checkpoint_is_moved_apart(app, database, settings, tmp_path):
    """Shows that the test above can fail: effects committed on their own are applied again after a kill."""
    naive = {**settings, "TILL_NAIVE": "1"}
    relay = Process("servicekit.testing.till", "relay", settings=settings, log=tmp_path / "log")
    rpc = Process("servicekit.testing.till", "rpc", settings=settings, log=tmp_path / "rpc.log")
    subscriber = Process("servicekit.testing.till", "subscribe", settings=naive, log=tmp_path / "log")
    for number in range(400):
        add(app, str(number % 11))
    with relay, rpc:
        for _ in range(3):
            before = _applied(database)
            subscriber.start()
            wait_until(lambda before=before: _applied(database) > before + 20, within=30)
            subscriber.kill()
        with subscriber:
            wait_until(lambda: _applied(database) >= 400, within=60)
            wait_until(lambda: _settled(database), within=60)
    assert _applied(database) > 400


def _settled(database):
    from eventkit.subscription import read_checkpoint

    with database.engine.begin() as conn:
        return read_checkpoint(conn, "model", "till").position == 400


def test_a_standby_takes_over_when_the_active_one_dies(app, database, settings, tmp_path):
    with (Process("servicekit.testing.till", "worker", settings=settings, log=tmp_path / "a") as active,
          Process("servicekit.testing.till", "worker", settings=settings, log=tmp_path / "b") as standby):
        add(app, "a")
        wait_until(lambda: _applied(database) == 1)
        first, second = (active, standby) if "duty_taken" in active.log.read_text() else (standby, active)
        first.kill()
        add(app, "a")
        wait_until(lambda: _applied(database) == 2)
        assert "duty_taken" in second.log.read_text()


def test_a_worker_drains_on_sigterm(app, database, settings, tmp_path):
    with Process("servicekit.testing.till", "worker", settings=settings, log=tmp_path / "log") as worker:
        add(app, "a")
        wait_until(lambda: _applied(database) == 1)
        assert worker.terminate(within=30) == 0
