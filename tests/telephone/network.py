"""A network of its own with nothing but a loopback, and a way for one port of ours into it and out of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent


class Network:
    """A network namespace, held open by a process that ends with us. What runs `inside` reaches nothing else."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[Any]] = []

    def __enter__(self) -> Network:
        self._holder = subprocess.Popen(["unshare", "-n", "sh", "-c", "ip link set lo up && echo up && exec cat"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._holder.stdout
        if self._holder.stdout.readline().strip() != "up":
            self._holder.wait()
            raise OSError("no network namespace")
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        assert self._holder.stdin
        self._holder.stdin.close()
        self._holder.wait()

    def inside(self, *command: str) -> list[str]:
        return ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net", "--", *command]

    def start(self, command: Sequence[str], output: IO[bytes] | int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Ends with the network."""
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        self._running.append(process)
        return process

    @contextmanager
    def bridge(self, inside: int, outside: int, folder: Path) -> Iterator[None]:
        """Who connects to the port `inside` reaches our port `outside`, over a socket of the file system."""
        meeting = folder / "bridge"
        relay = (sys.executable, str(HERE / "relay.py"))
        ends = [self._relay([*relay, str(meeting), str(outside)]),
                self._relay(self.inside(*relay, str(inside), str(meeting)))]
        try:
            yield
        finally:
            for end in ends:
                end.terminate()
                end.wait()

    def _relay(self, command: Sequence[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        assert process.stdout.readline() == "listening\n"
        return process
