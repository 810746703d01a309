"""How the lines of one kind of file are taken in, and what all kinds share."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from eventkit.decider import Decider
from feedkit.columns import Column
from feedkit.feed import Line, Readable, Refused
from feedkit.reader import Feed
from payments.bookkeeping import Books
from payments.distributing import Distributing
from payments.parties import Directory

Taken = bool | Refused
"""Whether the line changed anything; or why it cannot be applied."""


class Reading(ABC):
    """One kind of file. `names` are its columns; `remembers` says whether a line's id stands for nothing but the line,
    so that it has to be remembered that it was taken in; where it names something, `of` is what."""

    name: ClassVar[str]
    names: ClassVar[tuple[Column, ...]]
    remembers: ClassVar[bool] = True
    of: ClassVar[Decider[Any, Any, Any] | None] = None

    def open(self, path: Path) -> Readable:
        """The file as lines; CSV or NDJSON, where it is no other format."""
        return Feed(path, self.names)

    def people(self, books: Books, line: Line) -> Iterable[str]:
        """Participants to look up."""
        return [who for column in ("payor_id", "payee_id") if (who := line.values.get(column))]

    def cases(self, books: Books, line: Line) -> Iterable[str]:
        """Cases to look up."""
        return [case_id] if (case_id := line.values.get("case_id")) else []

    @abstractmethod
    def preload(self, books: Books, lines: Sequence[Line], known: Directory) -> None:
        """Reads the accounts that the lines touch with few queries."""

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        """What can be said against a line before anything is decided."""
        return None

    @abstractmethod
    def take(self, work: Distributing, line: Line) -> Taken:
        """Decides what the line stands for. Raises Rejected where the domain refuses it, and then nothing is noted."""


def key(line: Line) -> str:
    return f"{line.values['source_system']}:{line.values['source_id']}"


def digest(line: Line, without: Iterable[str] = ()) -> str:
    """Stands for what the sender wrote, so that the same id with other content is noticed. Empty cells say
    nothing, so a column that is added to a kind leaves what is in as it is."""
    left_out = set(without)
    content = "|".join(f"{name}={value}" for name, value in sorted(line.values.items())
                       if value is not None and name not in left_out)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


Cells = dict[str, Any]
