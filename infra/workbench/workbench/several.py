"""Several commands, one after the other in one process, so that Python and its modules start once.

`python -m workbench.several FILE`: the file is JSON, a list of commands, each as the words behind `python -m`. Ends
with the exit code of the first one that fails.
"""

from __future__ import annotations

import gc
import json
import runpy
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workbench.children import Child
from workbench.errors import CannotRun

_ENDED = "< after "


def run(command: Sequence[str]) -> int:
    """One of them; its exit code."""
    print(f"> {' '.join(command)}", flush=True)
    begin, sys.argv, code = time.monotonic(), list(command), 0
    try:
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if not isinstance(end.code, int | None):
            print(end.code)
    gc.collect()  # its database connections end with it
    print(f"{'< failed after ' if code else _ENDED}{time.monotonic() - begin:.1f} s", flush=True)
    return code


def written(commands: Sequence[Sequence[str]], file: Path) -> Path:
    """The file of these commands."""
    file.write_text(json.dumps([list(command) for command in commands]))
    return file


class Several:
    """A file of commands on its way in a process of its own; its output goes to the end of `log`. `meanwhile` is done
    while they are waited for."""

    def __init__(self, file: Path, log: Path, environment: Mapping[str, str], meanwhile: Callable[[], None]) -> None:
        self._log, self._meanwhile = log, meanwhile
        self._read = log.stat().st_size if log.exists() else 0
        self._lines: list[str] = []
        self._child = Child([sys.executable, "-m", "workbench.several", str(file)], log, environment)

    def through(self, count: int) -> str:
        """Waits until `count` more of them have ended well; gives what they printed. Raises CannotRun."""
        while True:
            alive = self._child.alive
            self._lines += self._new()
            ends = [place for place, line in enumerate(self._lines, start=1) if line.startswith(_ENDED)]
            if len(ends) >= count:
                printed, self._lines = self._lines[:ends[count - 1]], self._lines[ends[count - 1]:]
                return "\n".join(printed)
            if not alive:
                said = "\n".join(self._lines[-20:])
                raise CannotRun(f"a command failed; its log: {self._log}\n{said}")
            self._meanwhile()
            time.sleep(0.05)

    def _new(self) -> list[str]:
        """Whole lines that have come since."""
        with self._log.open("rb") as text:
            text.seek(self._read)
            found = text.read()
        whole = found[:found.rfind(b"\n") + 1]
        self._read += len(whole)
        return whole.decode(errors="replace").splitlines()


def main(file: Path) -> int:
    return next((code for command in json.loads(file.read_text()) if (code := run(command))), 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
