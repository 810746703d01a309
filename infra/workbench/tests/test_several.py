"""Several commands in one process: in their order, as if each were typed, and none after one that failed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from workbench.errors import CannotRun
from workbench.several import Several, written

SAYS = """
import os, sys
with open({out!r}, "a") as out:
    out.write(" ".join([str(os.getpid()), *sys.argv[1:]]) + "\\n")
if sys.argv[1:] == ["fails"]:
    raise SystemExit(3)
if sys.argv[1:] == ["complains"]:
    raise SystemExit("a reason")
"""


@pytest.fixture
def several(tmp_path):
    """several([words], ...) runs `python -m says <words>` for each; gives the exit code, the process ids and words."""
    (tmp_path / "says.py").write_text(SAYS.format(out=str(tmp_path / "said")))

    def run(*commands):
        file = written([("says", *words) for words in commands], tmp_path / "todo.json")
        done = subprocess.run([sys.executable, "-m", "workbench.several", str(file)], cwd=tmp_path,
                              capture_output=True, text=True)
        said = [line.split(" ", 1) for line in (tmp_path / "said").read_text().splitlines()]
        return done.returncode, {pid for pid, *_ in said}, [words for _, words in said]

    return run


def test_one_after_the_other_in_one_process(several):
    code, processes, said = several(["take", "this"], ["then", "that"], ["take", "this"])
    assert (code, said) == (0, ["take this", "then that", "take this"])
    assert len(processes) == 1


@pytest.mark.parametrize("how, code", [("fails", 3), ("complains", 1)])
def test_nothing_runs_after_one_that_failed(several, how, code):
    assert several(["first"], [how], ["last"])[::2] == (code, ["first", how])


def test_who_waits_hears_what_each_said_and_of_the_one_that_failed(tmp_path):
    (tmp_path / "says.py").write_text(SAYS.format(out=str(tmp_path / "said")) + "print(*sys.argv[1:])\n")
    todo = written([("says", "this"), ("says", "that"), ("says", "fails")], tmp_path / "todo.json")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    several = Several(todo, tmp_path / "log", environment, lambda: None)
    assert "\nthis\n" in several.through(1)
    second = several.through(1)
    assert "\nthat\n" in second and "this" not in second
    with pytest.raises(CannotRun, match="a command failed"):
        several.through(1)
