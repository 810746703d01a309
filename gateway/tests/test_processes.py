"""The gateway as it is run: processes of its own, over real parts, with the services away."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.crypto import generate_sealing_pair
from eventkit.testing.processes import wait_until
from gateway.phone.callers.asterisk import Asterisk
from servicekit.process import make_engine
from workbench.ports import free_port

from .facts import SHOWN_KEYS, Facts

ANA = "1000000001"


class Process:
    def __init__(self, role: str, environment: dict[str, str], folder: Path) -> None:
        self._port_file = folder / f"{role}.port"
        self._output = folder / f"{role}.log"
        with self._output.open("w") as output:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "gateway", role], stdout=output, stderr=subprocess.STDOUT,
                env={**environment, "HEALTH_PORT_FILE": str(self._port_file)}, cwd=folder)

    @property
    def output(self) -> str:
        return self._output.read_text()

    def ready(self) -> bool:
        assert self.running.poll() is None, self.output
        if not self._port_file.exists() or not (port := self._port_file.read_text()):
            return False
        return status(f"http://127.0.0.1:{port}/readyz") == 200

    def stop(self) -> int:
        self.running.send_signal(signal.SIGTERM)
        return self.running.wait(30)


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.fixture
def environment(postgres) -> dict[str, str]:
    owner_url, app_url = postgres.create_database(f"gatewayrun{int(time.time() * 1000) % 10**9}")
    role = re.search(r"//([^:]+):", app_url)
    assert role
    return {**os.environ, "DATABASE_URL": app_url, "DATABASE_OWNER_URL": owner_url, "DATABASE_APP_ROLE": role.group(1),
            "AMQP_URL": "amqp://nobody@127.0.0.1:9/none", "HEALTH_PORT": "0", "PUBLIC_PORT": str(free_port()),
            "SECRET_KEY": "a secret of the tests, long enough for anyone", "SECURE_COOKIES": "false",
            "AUTH_PUBLIC_KEY": generate_sealing_pair("a1")[1],
            "CASES_PUBLIC_KEY": generate_sealing_pair("c1")[1], "SHOWN_KEYS": SHOWN_KEYS, "RPC_TIMEOUT_SECONDS": "0.5"}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "gateway", *arguments], env=environment, capture_output=True,
                          text=True, timeout=60, cwd="/")


@pytest.fixture
def web(environment: dict[str, str], tmp_path: Path) -> Iterator[Process]:
    assert run(environment, "migrate").returncode == 0
    assert run(environment, "migrate").returncode == 0, "again, nothing to do"
    process = Process("web", environment, tmp_path)
    try:
        wait_until(process.ready, 30)
        yield process
    finally:
        if process.running.poll() is None:
            process.running.kill()
            process.running.wait()


def test_the_web_role_serves_pages_and_the_phone_without_any_service(environment: dict[str, str], web: Process) -> None:
    address = f"http://127.0.0.1:{environment['PUBLIC_PORT']}"
    assert status(f"{address}/") == 200
    assert status(f"{address}/phone/vxml/start") == 200
    assert status(f"{address}/nothing?secret=482913") == 404
    assert web.stop() == 0
    assert '"path": "/"' in web.output and "482913" not in web.output
    assert all(line.startswith("{") for line in web.output.splitlines()), web.output


def test_the_fastagi_role_answers_an_asterisk_and_drains(environment: dict[str, str], web: Process,
                                                         tmp_path: Path) -> None:
    port = free_port()
    line = Process("fastagi", {**environment, "FASTAGI_PORT": str(port)}, tmp_path)
    try:
        wait_until(line.ready, 30)
        with Asterisk("127.0.0.1", port) as asterisk:
            assert "PIN" in asterisk.hear().press("1").press("*").press("4829130000#").text
            asterisk.hang_up()
        assert line.stop() == 0
        assert "482913" not in line.output and "Traceback" not in line.output
        assert all(written.startswith("{") for written in line.output.splitlines()), line.output
    finally:
        if line.running.poll() is None:
            line.running.kill()
            line.running.wait()


def test_settings_that_are_missing_are_all_named_at_once(environment: dict[str, str]) -> None:
    for name in ("SECRET_KEY", "AUTH_PUBLIC_KEY"):
        del environment[name]
    done = run(environment, "web")
    assert done.returncode == 2
    assert "SECRET_KEY is not set" in done.stderr and "AUTH_PUBLIC_KEY is not set" in done.stderr


def test_the_worker_waits_for_the_broker_and_drains(environment: dict[str, str], web: Process, tmp_path: Path) -> None:
    worker = Process("worker", environment, tmp_path)
    try:
        wait_until(lambda: "subscriber_waits" in worker.output, 30)
        assert worker.stop() == 0
        assert "Traceback" not in worker.output
    finally:
        if worker.running.poll() is None:
            worker.running.kill()
            worker.running.wait()


def test_the_app_role_can_do_what_pages_and_worker_need(environment: dict[str, str], web: Process) -> None:
    engine = make_engine(environment["DATABASE_URL"], pool=1)
    facts = Facts(engine)
    facts.account(ANA)
    facts.received("R1", ANA)
    engine.dispose()
