"""A duty ends when its lock is lost: after a restart of PostgreSQL one process is active again, not two."""

import threading

import pytest
from sqlalchemy import text

from eventkit.duty import Duty, hold
from eventkit.testing.processes import wait_until


class Tenures:
    """A duty that has no use for the database itself, so that nothing but the lock tells it of a restart."""

    def __init__(self):
        self.begun = self.active = 0

    def run(self, stop):
        self.begun += 1
        self.active += 1
        stop.wait()
        self.active -= 1


@pytest.fixture
def holding(database):
    threads, stop = [], threading.Event()

    def start(tenures):
        thread = threading.Thread(target=hold, args=(database.engine, Duty("print", tenures.run), stop), daemon=True)
        thread.start()
        threads.append(thread)

    yield start
    stop.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_a_duty_whose_lock_is_gone_ends_and_is_taken_again(database, holding):
    one, other = Tenures(), Tenures()
    holding(one)
    wait_until(lambda: one.active == 1)
    holding(other)
    with database.engine.begin() as conn:  # as a restart does: the session ends, and with it the lock
        conn.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                          " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
    wait_until(lambda: one.begun + other.begun == 2 and one.active + other.active == 1, within=15)


def test_a_duty_that_fails_is_begun_again_at_once(database, holding):
    class Failing(Tenures):
        def run(self, stop):
            self.begun += 1
            if self.begun < 3:
                raise ValueError
            stop.wait()

    failing = Failing()
    holding(failing)
    wait_until(lambda: failing.begun == 3, within=10)
