"""Keeps processes running: starts, watches, restarts with growing patience, and ends them in order."""

from __future__ import annotations

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.children import Child
from workbench.ports import LOOPBACK

STOP_SECONDS = 30.0
STEADY_SECONDS = 60.0
LONGEST_WAIT = 30.0
LARGEST_LOG = 20_000_000

Say = Callable[[str], None]


@dataclass
class Process:
    """One command that should run. `port_file` is where it writes the port of its health endpoint.

    `page` is an address that must answer too before it counts as ready.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    log: Path
    port_file: Path
    page: str = ""
    restarts: int = 0
    child: Child | None = None
    started: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        self.port_file.unlink(missing_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.1"))
        self.child = Child(self.command, self.log, self.environment)
        self.started = time.monotonic()
        self.due = 0.0

    def port(self) -> int | None:
        """Of /healthz, /readyz and /metrics; None until it has written it down."""
        text = self.port_file.read_text() if self.port_file.exists() else ""
        return int(text) if text else None

    def ready(self) -> bool:
        return self.get("/readyz") is not None and (not self.page or _fetch(self.page) is not None)

    def get(self, path: str) -> str | None:
        """What the health endpoint answers; None when it does not, or not with 200."""
        port = self.port()
        return None if port is None else _fetch(f"http://{LOOPBACK}:{port}{path}")


class Keeper:
    """Several processes as one. Nothing here waits: `tend` is called again and again."""

    def __init__(self, processes: Sequence[Process], say: Say) -> None:
        self.processes = list(processes)
        self._say = say

    def start(self) -> None:
        for process in self.processes:
            process.start()

    def tend(self) -> None:
        """Starts again what has ended: at once the first time, then after 1, 2, 4 ... 30 seconds."""
        now = time.monotonic()
        for process in self.processes:
            if process.child is None or process.child.alive:
                continue
            if not process.due:
                self._plan_restart(process, now)
            elif now >= process.due:
                process.start()

    def ready(self) -> list[str]:
        """The names of those that are."""
        return [process.name for process in self.processes if process.ready()]

    def stop(self) -> None:
        """SIGTERM to all at once, time to drain, then SIGKILL."""
        children = [process.child for process in self.processes if process.child]
        for child in children:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.alive for child in children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in children:
            child.kill()

    def _plan_restart(self, process: Process, now: float) -> None:
        assert process.child is not None
        if now - process.started > STEADY_SECONDS:
            process.restarts = 0
        wait = 0.0 if process.restarts == 0 else min(LONGEST_WAIT, 2.0 ** (process.restarts - 1))
        process.restarts += 1
        process.due = now + wait
        code = process.child.exit_code()
        how = f"was ended by signal {-code}" if code and code < 0 else f"ended with code {code}"
        self._say(f"{process.name} {how}; starting it again in {wait:.0f} s (its log: {process.log})")


def _fetch(address: str) -> str | None:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except (OSError, urllib.error.URLError):
        return None
