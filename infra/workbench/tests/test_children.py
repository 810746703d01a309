"""Whatever way a supervisor ends, nothing that it started stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from workbench.children import Child

# Starts a shell with a child of its own, and one that ignores SIGTERM; prints all pids, then waits.
SUPERVISOR = """
import sys, time
from pathlib import Path
from workbench.children import Child
log = Path(sys.argv[1])
Child(["sh", "-c", "sleep 600 & echo $! $$; wait"], log)
Child(["sh", "-c", "trap '' TERM; echo $$; while :; do sleep 1; done"], log)
print("started", flush=True)
time.sleep(600)
"""


def until(condition, within=30.0):
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def pids(log: Path) -> list[int]:
    return [int(word) for word in log.read_text().split()]


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_children_end_when_the_supervisor_is_killed_with_9(tmp_path):
    log = tmp_path / "log"
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(log)], stdout=subprocess.PIPE)
    assert supervisor.stdout and supervisor.stdout.readline() == b"started\n"
    until(lambda: len(pids(log)) == 3)
    supervisor.kill()
    supervisor.wait()
    until(lambda: all(gone(pid) for pid in pids(log)), within=40)


def test_kill_reaches_children_that_left_the_group(tmp_path):
    log = tmp_path / "log"
    code = ("import subprocess; left = subprocess.Popen(['sleep', '600'], start_new_session=True); print(left.pid);"
            "left.wait()")
    child = Child([sys.executable, "-u", "-c", code], log, dict(os.environ))
    until(lambda: pids(log))
    child.kill()
    assert child.exit_code() == -signal.SIGKILL
    until(lambda: gone(pids(log)[0]))


def test_stop_asks_first_and_kills_what_does_not_end(tmp_path):
    log = tmp_path / "log"
    deaf = Child(["sh", "-c", "trap '' TERM; echo 1; while :; do sleep 0.1; done"], log)
    until(lambda: pids(log))
    deaf.stop(within=0.5)
    assert deaf.exit_code() == -signal.SIGKILL
    polite = Child(["sh", "-c", "trap 'exit 3' TERM; echo 2; while :; do sleep 0.1; done"], log)
    until(lambda: len(pids(log)) == 2)
    polite.stop()
    assert polite.exit_code() == 3


def test_a_command_that_is_not_there_ends_with_127(tmp_path):
    child = Child(["/no/such/program"], tmp_path / "log")
    until(lambda: not child.alive)
    assert child.exit_code() == 127


@pytest.mark.parametrize("wanted", ["engine", ""])
def test_an_unknown_choice_of_parts_is_refused(monkeypatch, wanted):
    from workbench.pytest_plugin import chosen_parts

    monkeypatch.setenv("CC_PARTS", wanted)
    chosen_parts.cache_clear()
    with pytest.raises(pytest.UsageError):
        chosen_parts()
    chosen_parts.cache_clear()
