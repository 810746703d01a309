"""`python -m workbench test`: runs the suites, some beside others, and ends with one line for each."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.table import Table

from workbench.installing import ensure_rabbitmq
from workbench.pytest_plugin import chosen_parts
from workbench.rabbitmq import RabbitError
from workbench.suites import MEANWHILE, Result, Suite, all_suites, further_suites

console = Console(highlight=False, soft_wrap=True)


def run_suites(top: Path, only: Sequence[str], arguments: Sequence[str]) -> int:
    """The exit code: 0 when nothing failed. Raises KeyError for a suite that there is not."""
    suites = all_suites(top)
    if only:
        known = {suite.name: suite for suite in suites + further_suites()}
        suites = [known[name] for name in only]
    if chosen_parts() == "embedded" and any(suite.path for suite in suites):
        _get_rabbitmq()
    results: dict[str, Result] = {}
    for suite in suites:
        if suite.name not in results:
            beside = [one for one in suites if one.name in MEANWHILE.get(suite.name, ())]
            results |= _run_beside(suite, beside, lambda one, output: one.run(top, arguments, output))
    return report([results[suite.name] for suite in suites])


def _run_beside(suite: Suite, beside: Sequence[Suite], run: Callable[[Suite, IO[bytes] | None], Result],
                ) -> dict[str, Result]:
    """One suite, and meanwhile others one after the other, whose output is shown when both are done."""
    with tempfile.TemporaryFile() as kept, ThreadPoolExecutor(1) as other_core:
        _title(suite)
        later = {one.name: other_core.submit(run, one, kept) for one in beside}
        results = {suite.name: run(suite, None), **{name: one.result() for name, one in later.items()}}
        for one in beside:
            _title(one, meanwhile=suite.name)
        kept.seek(0)
        console.out(kept.read().decode(errors="replace"), highlight=False)
    return results


def _title(suite: Suite, meanwhile: str = "") -> None:
    console.rule(f"[bold]{suite.name}[/]{f' (beside {meanwhile})' if meanwhile else ''}", align="left")


def _get_rabbitmq() -> None:
    """Where there is no way to get one, the tests that need it say so themselves."""
    try:
        ensure_rabbitmq()
    except RabbitError as error:
        console.print(str(error), markup=False)


def report(results: Sequence[Result]) -> int:
    """Prints the summary, what was left out and why, and the sums as the last line."""
    console.rule("[bold]summary", align="left")
    table = Table(box=None, pad_edge=False)
    for column in ("suite", "passed", "failed", "skipped", "seconds"):
        table.add_column(column, justify="left" if column == "suite" else "right")
    for result in results:
        style = "red" if result.failed else ""
        table.add_row(result.name, str(result.passed), str(result.failed), str(result.skipped),
                      f"{result.seconds:.0f}", style=style)
    console.print(table)
    for result in results:
        for reason, count in result.left_out.items():
            console.print(f"left out of {result.name}: {count} × {reason}", markup=False)
    passed, failed, skipped = (sum(getattr(result, kind) for result in results)
                               for kind in ("passed", "failed", "skipped"))
    console.print(f"parts: {chosen_parts()} (CC_PARTS chooses)")
    console.print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0
