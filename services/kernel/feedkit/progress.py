"""How far a feed is: a bar by bytes on a terminal, a line each ten per cent elsewhere."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class FeedProgress:
    """Writes to stderr; nothing where `show` is false."""

    def __init__(self, path: Path, show: bool) -> None:
        self._total = path.stat().st_size if path.exists() else 0
        self._name = path.name
        self._console = Console(stderr=True, markup=False, highlight=False)
        self._lines = show and not self._console.is_terminal
        self._bar = Progress(TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(),
                             TimeRemainingColumn(), TextColumn("{task.fields[told]}"), console=self._console,
                             disable=not show or self._lines)
        self._tenth = 0

    def __enter__(self) -> FeedProgress:
        self._bar.start()
        self._task = self._bar.add_task(self._name, total=self._total, told="")
        return self

    def advance(self, bytes_read: int, rejected: int, told: object) -> None:
        self._bar.update(self._task, completed=bytes_read, told=f"{rejected} rejected")
        tenth = 10 * bytes_read // max(1, self._total)
        if self._lines and tenth > self._tenth:
            self._tenth = tenth
            self._console.print(f"{self._name}: {tenth * 10} % read, {told}", soft_wrap=True)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
