"""`make run` as a person meets it: the first time, the second time, and however it ends, nothing stays behind."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from workbench.docker_rabbit import DockerRabbit
from workbench.pytest_plugin import chosen_parts

# Two years of money are told again; about a minute and a half where nothing else runs.
FIRST_SECONDS = 420.0
# The promise is 30 s on a machine of its own; here others may be busy beside it.
SECOND_SECONDS = 60.0


class Run:
    def __init__(self, place: Path) -> None:
        self.place = place
        self.out = place.with_name(f"{place.name}-{time.monotonic_ns()}.out")
        self.begin = time.monotonic()
        with self.out.open("w") as out:
            self.process = subprocess.Popen([sys.executable, "-m", "workbench", "run", "--place", str(place)],
                                            stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def ready(self, within: float) -> str:
        """What it has said by the time it is ready."""
        while "Ctrl-C ends everything" not in self.out.read_text():
            assert self.process.poll() is None, f"it ended:\n{self.out.read_text()}"
            assert time.monotonic() < self.begin + within, f"not ready in time:\n{self.out.read_text()}"
            time.sleep(0.1)
        return self.out.read_text()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def gone(family: list[psutil.Process], within: float) -> list[psutil.Process]:
    """Those that are still there after a while."""
    _, alive = psutil.wait_procs(family, timeout=within)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def containers() -> str:
    """The names of those of `make run`, of this place or any other."""
    return subprocess.run(["docker", "ps", "--all", "--filter", "name=customer-connect-", "--format", "{{.Names}}"],
                          capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL).stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """With CC_PARTS=containers the broker is a container, which must be as gone at the end as all processes."""
    place = tmp_path_factory.mktemp("checkout") / "run"
    before = containers() if chosen_parts() == "containers" else ""
    yield place
    if chosen_parts() == "containers":
        assert containers() == before
        DockerRabbit(place / "rabbitmq-container").forget()


@pytest.mark.timeout(900)
def test_the_first_the_second_and_the_last_moment(place):
    run = Run(place)
    said = run.ready(FIRST_SECONDS)
    address = re.search(r"portal\s+(http://\S+)", said)
    assert address and urllib.request.urlopen(address[1], timeout=10).status == 200
    phone = re.search(r"telephone\s+(http://\S+)", said)
    assert phone and b"<vxml" in urllib.request.urlopen(phone[1], timeout=10).read()
    agency = re.search(r"agency\s+(http://\S+)/openapi.json", said)
    token = place / "agency-token"
    assert agency and token.stat().st_mode & 0o077 == 0
    asked = urllib.request.Request(f"{agency[1]}/requests",
                                   headers={"Authorization": f"Bearer {token.read_text().strip()}"})
    assert urllib.request.urlopen(asked, timeout=10).status == 200
    letters = re.findall(r"\S+\.pdf", said)
    assert len(letters) == 3
    assert all(Path(letter).read_bytes().startswith(b"%PDF") for letter in letters)
    assert (place / "secrets.env").stat().st_mode & 0o077 == 0

    other = subprocess.run([sys.executable, "-m", "workbench", "run", "--place", str(place)], capture_output=True,
                           text=True, stdin=subprocess.DEVNULL)
    assert (other.returncode, "running already" in other.stdout) == (1, True)

    family = run.family()
    assert len(family) > 12
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(90) == 0, run.out.read_text()
    assert gone(family, within=10) == []

    again = Run(place)
    said = again.ready(SECOND_SECONDS)
    assert "takes in" not in said and "money of" not in said
    assert set(re.findall(r"\S+\.pdf", said)) == set(letters)

    family = again.family()
    again.process.kill()
    again.process.wait()
    assert gone(family, within=40) == []
