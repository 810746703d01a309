"""A run: work that is found in a worklist and done batch by batch, each in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection

from eventkit.unit import Unit


class Run(Protocol):
    """`keys` name what there is to do, in their order; whoever does it decides again whether there still is."""

    @property
    def name(self) -> str: ...

    @property
    def things(self) -> str:
        """What is counted, in the plural."""

    def count(self, conn: Connection) -> int:
        """About how many keys there are; for the progress only."""

    def keys(self, conn: Connection, after: str, limit: int) -> list[str]:
        """The next keys after one, ascending."""

    def work(self, unit: Unit, keys: Sequence[str]) -> int:
        """Does it and writes it; the caller commits. Gives how many were changed. Raises Conflict like Unit.flush."""


@dataclass
class Report:
    """What became of a run."""

    name: str
    things: str
    looked_at: int = 0
    changed: int = 0
    failed: list[str] = field(default_factory=list)
    """Keys whose work our own code refused; nothing of them is kept."""
    stopped: bool = False
    dry_run: bool = False

    def __str__(self) -> str:
        changed = f"{self.changed} would change, nothing kept (dry run)" if self.dry_run else f"{self.changed} changed"
        told = f"{self.name}: {self.looked_at} {self.things} looked at, {changed}"
        failed = f", {len(self.failed)} failed" if self.failed else ""
        return told + failed + (", stopped: run it again, it goes on safely" if self.stopped else "")
