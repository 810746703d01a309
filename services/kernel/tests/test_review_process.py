"""The end of a process within its time, and migrations that wait for each other however long one takes."""

import signal
import threading
import time

from sqlalchemy import create_engine, make_url, text

from eventkit.duty import Duty
from eventkit.testing.processes import wait_until
from servicekit import migrations, process
from servicekit.testing.till import definition


def test_duties_that_do_not_end_share_one_time_limit(database, monkeypatch):
    ended, begun, never = [], [], threading.Event()
    monkeypatch.setattr(process, "DRAIN_SECONDS", 1)
    monkeypatch.setattr(process.os, "_exit", ended.append)

    def stuck(_stop):
        begun.append(1)
        never.wait()

    stop = threading.Event()
    duties = [Duty(f"stuck-{number}", stuck) for number in range(4)]
    runner = threading.Thread(target=process.run_duties, args=(database.engine, duties, stop))
    runner.start()
    wait_until(lambda: len(begun) == 4)
    began = time.monotonic()
    stop.set()
    runner.join()
    took = time.monotonic() - began
    never.set()
    assert ended == [1]
    assert took < 2.5


def test_a_signal_ends_the_process_also_when_nothing_can_be_logged(monkeypatch):
    """A handler may interrupt the very write of a log line; writing another then raises."""
    stop = threading.Event()
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    class Reentrant:
        def info(self, *_, **__):
            raise RuntimeError("reentrant call inside <_io.BufferedWriter>")

    monkeypatch.setattr(process, "log", Reentrant())
    try:
        process.stop_on_signals(stop.set)
        signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert stop.is_set()


def test_a_second_migration_waits_for_the_first_however_long_that_takes(postgres, monkeypatch):
    owner_url, app_url = postgres.create_database("migrated_twice")
    impatient = {"connect_args": {"options": "-c lock_timeout=100ms"}}
    monkeypatch.setattr(migrations, "make_engine", lambda url: create_engine(url, **impatient))
    done = threading.Event()

    def second():
        migrations.upgrade(definition.migrations, owner_url, make_url(app_url).username)
        done.set()

    with process.make_engine(owner_url).connect() as conn:
        conn.execute(text("SELECT pg_advisory_lock(:key)"), {"key": migrations._LOCK})
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(1)
        conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": migrations._LOCK})
    thread.join(30)
    assert done.is_set()
