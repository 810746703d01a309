"""Suites side by side: each ends with its own result, and what was printed meanwhile is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import testing
from workbench.suites import Suite

HELLO = ("this",)
"""A module that prints something when it is run."""
MISSING = ("no_such_module_here",)


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "MEANWHILE", {"kernel": ("auth", "demo")})


def run(monkeypatch: pytest.MonkeyPatch, *suites: Suite, only: tuple[str, ...] = ()) -> int:
    monkeypatch.setattr(testing, "all_suites", lambda _top: list(suites))
    monkeypatch.setattr(testing, "further_suites", list)
    return testing.run_suites(Path.cwd(), only, ())


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("kernel", [HELLO, MISSING])
@pytest.mark.parametrize("auth", [HELLO, MISSING])
def test_what_fails_beside_another_fails_the_whole(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
                                                   kernel: tuple[str, ...], auth: tuple[str, ...]) -> None:
    suites = (Suite("kernel", (kernel,)), Suite("auth", (auth,)), Suite("cases", (HELLO,)))
    assert run(monkeypatch, *suites) == (1 if MISSING in (kernel, auth) else 0)
    said = capfd.readouterr().out
    passed = [kernel, auth, HELLO].count(HELLO)
    assert f"{passed} passed, {3 - passed} failed" in said
    assert "auth (beside kernel)" in said and "cases (beside" not in said


@pytest.mark.usefixtures("two_cores")
def test_what_was_printed_beside_is_shown_after(monkeypatch: pytest.MonkeyPatch,
                                                capfd: pytest.CaptureFixture[str]) -> None:
    run(monkeypatch, Suite("kernel", (("platform",),)), Suite("auth", (HELLO,)), Suite("demo", (HELLO,)))
    said = capfd.readouterr().out
    assert said.index("demo (beside kernel)") < said.index("The Zen of Python")
    assert said.count("The Zen of Python") == 2


@pytest.mark.usefixtures("two_cores")
def test_one_suite_alone_has_none_beside_it(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, Suite("kernel", (HELLO,)), Suite("auth", (MISSING,)), only=("kernel",)) == 0
    assert "beside" not in capfd.readouterr().out
