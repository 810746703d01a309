"""How far a run is: a bar on a terminal, a line each ten per cent elsewhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from payments.runs.run import Report


class RunProgress:
    """Writes to stderr; nothing where `show` is false."""

    def __init__(self, name: str, total: int, show: bool = True) -> None:
        self._name, self._total = name, total
        self._console = Console(stderr=True, markup=False, highlight=False)
        self._lines = show and not self._console.is_terminal
        self._bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                             TimeRemainingColumn(), console=self._console, disable=not show or self._lines)
        self._tenth = 0

    def __enter__(self) -> RunProgress:
        self._bar.start()
        self._task = self._bar.add_task(self._name, total=self._total)
        return self

    def advance(self, report: Report) -> None:
        """The work may grow or shrink meanwhile; more than all is told as all."""
        self._bar.update(self._task, completed=min(report.looked_at, self._total))
        tenth = min(10 * report.looked_at // max(1, self._total), 10)
        if self._lines and tenth > self._tenth:
            self._tenth = tenth
            self._console.print(f"{tenth * 10} %: {report}", soft_wrap=True)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
