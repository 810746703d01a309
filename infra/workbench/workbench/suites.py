"""The checks and tests of the whole suite: which there are, how each is run, and what came out of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

# name: (folder, its packages)
FOLDERS: dict[str, tuple[str, ...]] = {
    "kernel": ("services/kernel", "eventkit", "feedkit", "servicekit"),
    "cases": ("services/cases", "cases"),
    "auth": ("services/auth", "auth"),
    "payments": ("services/payments", "payments"),
    "notifications": ("services/notifications", "notifications"),
    "gateway": ("gateway", "gateway"),
    "demo": ("infra/demo", "demo"),
    "workbench": ("infra/workbench", "workbench"),
}
SIDE_BY_SIDE = {"cases": 2, "gateway": 2, "payments": 2}
"""How many processes run the tests of a suite, each file in one: what takes longest, and measures no time."""
MEANWHILE = {"kernel": ("auth", "notifications", "demo"), "workbench": ("telephone",)}
"""What runs beside a suite of one process that mostly waits, for brokers that go and come: the other core is free."""
TELEPHONE = "tests/telephone"
"""Real calls, which last as long as calls do."""
NOTHING_COLLECTED = 5


@dataclass
class Result:
    """How one suite ended; `left_out` counts the reasons of skipped tests."""

    name: str
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Suite:
    """Either a list of commands, each of which counts as one test, or pytest on a path, in so many processes; `options`
    are pytest's."""

    name: str
    commands: tuple[tuple[str, ...], ...] = ()
    path: str = ""
    environment: tuple[tuple[str, str], ...] = ()
    processes: int = 1
    options: tuple[str, ...] = ()

    @property
    def _side_by_side(self) -> tuple[str, ...]:
        return ("-n", str(self.processes), "--dist", "loadfile") if self.processes > 1 else ()

    def run(self, top: Path, arguments: Sequence[str], output: IO[bytes] | None = None) -> Result:
        """What is printed meanwhile goes to `output`, else where ours goes."""
        result, begin = Result(self.name), time.monotonic()
        for command in self.commands:
            done = subprocess.run([sys.executable, "-m", *command], cwd=top, stdin=subprocess.DEVNULL, stdout=output,
                                  stderr=output)
            result.passed += done.returncode == 0
            result.failed += done.returncode != 0
        if self.path:
            self._pytest(top, arguments, result, output)
        result.seconds = time.monotonic() - begin
        return result

    def _pytest(self, top: Path, arguments: Sequence[str], result: Result, output: IO[bytes] | None) -> None:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", self.path, f"--junit-xml={report}",
                 *self._side_by_side, *self.options, *arguments],
                cwd=top, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env={**_environment(), **dict(self.environment)})
            if report.exists():
                _read(report, result)
        if done.returncode not in (0, NOTHING_COLLECTED) and not result.failed:
            result.failed = 1  # it did not come as far as a report, or the session itself failed
        if done.returncode == NOTHING_COLLECTED:
            result.left_out["no test was found"] += 1


def all_suites(top: Path) -> list[Suite]:
    """In the order that fails soonest. A folder that is not there yet has no suite."""
    packages = [f"{folder}/{package}" for folder, *own in FOLDERS.values() for package in own
                if (top / folder / package).is_dir()]
    suites = [Suite("lint", (("ruff", "check", "--quiet", "."), ("mypy", *packages)))]
    suites += [Suite(name, path=f"{folder}/tests", processes=SIDE_BY_SIDE.get(name, 1))
               for name, (folder, *_) in FOLDERS.items() if (top / folder / "tests").is_dir()]
    if (top / "tests").is_dir():
        suites.append(Suite("telephone", path=TELEPHONE))
        suites.append(Suite("tests", path="tests", options=(f"--ignore={TELEPHONE}",)))
    return suites


def further_suites() -> list[Suite]:
    """Only by name, for it takes long: what CI runs short, at full length."""
    promises = (("CC_KILLS", "50"), ("CC_STRESS_EVENTS", "100000"), ("CC_OUTAGE_SECONDS", "60"))
    return [Suite("faults", path="tests/faults", environment=(("CC_KILLS", "100"), ("CC_LINES", "20000"))),
            Suite("payments-faults", path="services/payments/tests/test_kills.py", environment=(("CC_KILLS", "50"),)),
            Suite("kernel-faults", path="services/kernel/tests", environment=promises),
            Suite("pages", path="gateway/tests/browser", environment=(("CC_PAGES", "all"),), processes=2),
            Suite("api-fuzz", path="gateway/tests/api/test_fuzz.py", environment=(("CC_API_CASES", "10000"),))]


def _environment() -> dict[str, str]:
    """The parts are chosen once for all. An inherited pytest option or Python path would change what is tested."""
    from workbench.pytest_plugin import chosen_parts

    kept = {name: value for name, value in os.environ.items() if name not in ("PYTEST_ADDOPTS", "PYTHONPATH")}
    return {**kept, "CC_PARTS": chosen_parts()}


def _read(report: Path, result: Result) -> None:
    for case in ElementTree.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed += 1
        elif (skip := case.find("skipped")) is not None:
            result.skipped += 1
            result.left_out[skip.get("message") or "no reason given"] += 1
        else:
            result.passed += 1
