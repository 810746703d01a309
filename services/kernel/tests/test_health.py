"""A process says that it lives, whether it is ready, and what it measures, with eventlet and without."""

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from eventkit import metrics
from servicekit.health import Readiness, start_health


def ask(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@contextmanager
def serving(checks, seconds=5.0):
    server = start_health("127.0.0.1", 0, checks, seconds)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def fail():
    raise RuntimeError("password hunter2")


def fine():
    pass


def test_a_process_lives_and_is_ready_while_its_parts_answer():
    with serving({"database": fine}) as port:
        assert ask(port, "/healthz") == (200, '{"status": "alive"}')
        status, body = ask(port, "/readyz?verbose")
        assert (status, json.loads(body)) == (200, {"status": "ready", "failing": []})


def test_with_a_part_that_fails_it_lives_but_is_not_ready_and_says_only_which():
    with serving({"database": fine, "broker": fail}) as port:
        assert ask(port, "/healthz")[0] == 200
        status, body = ask(port, "/readyz")
        assert (status, json.loads(body)) == (503, {"status": "not ready", "failing": ["broker"]})


def test_parts_that_hang_are_named_within_the_time_limit_and_not_asked_twice_meanwhile():
    release, asked = threading.Event(), []

    def hang():
        asked.append(1)
        release.wait(20)

    readiness = Readiness({"database": hang, "broker": hang, "fine": fine}, seconds=0.2)
    began = time.monotonic()
    assert readiness.failing() == ["database", "broker"]
    assert readiness.failing() == ["database", "broker"]
    assert time.monotonic() - began < 2
    assert len(asked) == 2
    release.set()


def test_a_part_that_answers_again_is_ready_again(eventually):
    release = threading.Event()
    readiness = Readiness({"database": lambda: release.wait(20) and None}, seconds=0.1)
    assert readiness.failing() == ["database"]
    release.set()
    eventually(lambda: readiness.failing() == [])


def test_the_metrics_of_the_kernel_are_there():
    metrics.outbox_depth.labels("till").set(3)
    metrics.commands_total.labels("add", "ok").inc()
    with serving({}) as port:
        status, body = ask(port, "/metrics")
    assert status == 200
    for said in ('outbox_depth{service="till"} 3.0', 'commands_total{command="add",result="ok"}',
                 "outbox_oldest_seconds", "subscription_position", "subscription_lag", "parked_events",
                 "command_seconds", "relay_published_total", "subscription_applied_total"):
        assert said in body


def test_there_is_nothing_else():
    with serving({}) as port:
        assert ask(port, "/")[0] == 404
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as reply:
            assert "Python" not in str(reply.headers)


def test_a_prober_that_hangs_up_leaves_nothing_behind(capfd):
    with serving({}) as port:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port)) as prober:
                prober.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
                prober.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert ask(port, "/healthz")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


SCRIPT = """
import servicekit.patched
from servicekit.health import start_health
import time
def slow():
    time.sleep(30)
start_health("127.0.0.1", 0, {"fine": lambda: None, "slow": slow}, seconds=0.3)
time.sleep(60)
"""


@pytest.mark.parametrize("role", ["rpc", "worker"])
def test_it_works_with_eventlet_and_without_and_announces_its_port(role, tmp_path, eventually):
    announced = tmp_path / "port"
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, role], stdout=subprocess.PIPE,
                               env={**os.environ, "HEALTH_PORT_FILE": str(announced)})
    try:
        eventually(announced.exists)
        port = int(announced.read_text())
        assert ask(port, "/healthz")[0] == 200
        assert json.loads(ask(port, "/readyz")[1])["failing"] == ["slow"]
        assert str(port) in process.stdout.readline().decode()
    finally:
        process.kill()
        process.communicate()
