"""Says what is being done and how long it took: live on a terminal, one line each elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Steps:
    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)

    @contextmanager
    def step(self, what: str) -> Iterator[list[str]]:
        """A step that takes a while. What is put into the list is shown behind its name when it is done."""
        begin, notes = time.monotonic(), list[str]()
        with self.console.status(what):
            yield notes
        seconds = f"{time.monotonic() - begin:.1f} s"
        self.console.print(f"[green]✓[/] {' '.join([what, *notes])} [dim]{seconds}[/]")

    def say(self, text: str) -> None:
        self.console.print(text)

    def warn(self, text: str) -> None:
        self.console.print(f"[yellow]![/] {text}")
