"""Child processes for fault tests: started with settings, killed with -9, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType


class Process:
    """One child, in a process group of its own; output goes to a file that tests can search."""

    def __init__(self, module: str, *arguments: str, settings: Mapping[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._environment = {**os.environ, **settings}
        self.log = log
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> Process:
        with self.log.open("ab") as out:
            self._child = subprocess.Popen(  # noqa: S603
                self._command, env=self._environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                start_new_session=True)
        return self

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def kill(self) -> None:
        """kill -9, as a crash does."""
        self._signal(signal.SIGKILL)

    def terminate(self, within: float = 30) -> int:
        """SIGTERM, and the exit code it ends with."""
        assert self._child is not None
        self._child.send_signal(signal.SIGTERM)
        return self._child.wait(within)

    def wait(self, within: float = 300) -> int:
        assert self._child is not None
        return self._child.wait(within)

    def _signal(self, number: int) -> None:
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, number)
            self._child.wait()

    def __enter__(self) -> Process:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self.alive:
            self.kill()


def wait_until(condition: Callable[[], object], within: float = 30, every: float = 0.02) -> None:
    """Waits for a condition, never for a time."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(every)
