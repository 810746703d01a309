"""The supervisor's promises: ready means ready, what crashes comes back, and everybody may drain at the end."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import psutil
import pytest

from workbench.plan import COMMON, PROGRAMS, SETTINGS, settings_for
from workbench.processes import Keeper, Process

# Says that it is ready on a free port; on SIGTERM writes that it has drained.
SERVICE = """
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
        self.wfile.write(b"ready")
server = HTTPServer(("127.0.0.1", 0), Health)
def end(*_):
    print("drained", flush=True)
    os._exit(0)
signal.signal(signal.SIGTERM, end)
Path(os.environ["HEALTH_PORT_FILE"]).write_text(str(server.server_port))
print("pid", os.getpid(), flush=True)
server.serve_forever()
"""


def until(condition, within=30.0):
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


def process(folder: Path, name: str, code: str = SERVICE) -> Process:
    port_file = folder / f"{name}.port"
    return Process(name, (sys.executable, "-c", code), {**os.environ, "HEALTH_PORT_FILE": str(port_file)},
                   folder / f"{name}.log", port_file)


@pytest.fixture
def said():
    return []


@pytest.fixture
def keeper(tmp_path, said):
    made = Keeper([process(tmp_path, "one"), process(tmp_path, "two")], said.append)
    yield made
    made.stop()


def test_all_are_started_and_ready(keeper):
    assert keeper.ready() == []
    keeper.start()
    until(lambda: keeper.ready() == ["one", "two"])


def test_one_that_is_killed_comes_back_and_it_is_said(keeper, said):
    keeper.start()
    until(lambda: len(keeper.ready()) == 2)
    first = keeper.processes[0].child
    first.kill()
    until(lambda: (keeper.tend(), keeper.ready() == ["one", "two"])[1])
    assert keeper.processes[0].child.pid != first.pid
    assert said == [f"one was ended by signal 9; starting it again in 0 s (its log: {keeper.processes[0].log})"]


def test_one_that_always_fails_is_tried_with_growing_patience(tmp_path, said):
    keeper = Keeper([process(tmp_path, "broken", "raise SystemExit(3)")], said.append)
    keeper.start()
    until(lambda: (keeper.tend(), len(said) == 3)[1])
    waits = [text.split(" again in ")[1].split(" s")[0] for text in said]
    assert waits == ["0", "1", "2"]
    assert "ended with code 3" in said[0]
    keeper.stop()


def test_at_the_end_everybody_may_drain_and_nobody_is_left(keeper):
    keeper.start()
    until(lambda: len(keeper.ready()) == 2)
    keeper.stop()
    for each in keeper.processes:
        log = each.log.read_text()
        assert "drained" in log
        assert not psutil.pid_exists(int(log.split()[1]))


def test_each_process_is_told_its_own_settings_and_no_other_secret():
    values = {name: f"<{name}>" for names in (COMMON, *SETTINGS.values()) for name in names}
    payments = settings_for("payments", values)
    assert set(payments) == set(COMMON)
    assert "AUTH_PRIVATE_KEYS" not in {name for program in PROGRAMS if program.service != "auth"
                                       for name in settings_for(program.service, values)}
    assert not {"PERSONAL_KEYS", "DATABASE_OWNER_URL"} & set(settings_for("gateway", values))
