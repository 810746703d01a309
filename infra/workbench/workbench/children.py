"""Child processes in process groups of their own, which end when this process ends, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

# Writes its own pid to the watchdog's pipe (which it got as its input), lets go of it, and becomes the command.
_ANNOUNCE = 'echo +$$ >&0; exec </dev/null; exec "$@"'


class _Watchdog:
    """Started with the first child; knows every living one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def pipe(self) -> int:
        """The file descriptor that children announce themselves on."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                script = Path(__file__).with_name("watchdog.py")
                self._process = subprocess.Popen([sys.executable, "-I", "-S", str(script)],
                                                 stdin=subprocess.PIPE, start_new_session=True, cwd="/")
            assert self._process.stdin is not None
            return self._process.stdin.fileno()

    def forget(self, pid: int) -> None:
        with suppress(OSError):
            os.write(self.pipe(), f"-{pid}\n".encode())


_watchdog = _Watchdog()


class Child:
    """One running command; its output goes to the end of a file."""

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None,
                 user: str | None = None, directory: Path | None = None) -> None:
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _ANNOUNCE, "sh", *command], env=environment, cwd=directory, user=user, group=user,
                extra_groups=[] if user else None, stdin=_watchdog.pipe(), stdout=out, stderr=subprocess.STDOUT,
                start_new_session=True)
        self.pid = self._process.pid
        self._forgotten = False

    @property
    def alive(self) -> bool:
        return self.exit_code() is None

    def exit_code(self) -> int | None:
        """None while it runs; negative: the signal that ended it."""
        code = self._process.poll()
        if code is not None and not self._forgotten:
            self._forgotten = True
            _watchdog.forget(self.pid)
        return code

    def send(self, number: int) -> None:
        """A signal to the process itself, which passes on to its own children what they need to know."""
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    def stop(self, number: int = signal.SIGTERM, within: float = 20) -> None:
        """Asks it to end, and kills what has not ended in time."""
        self.send(number)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(within)
        self.kill()

    def kill(self) -> None:
        """kill -9 of the process, its group, and children that left the group."""
        family = _descendants(self.pid) if self._process.poll() is None else []
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()
        psutil.wait_procs(family, timeout=10)
        self.exit_code()


def _descendants(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []
