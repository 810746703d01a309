"""What a file has said already: two lines that say different things of one id cannot both be right."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from types import TracebackType

from eventkit.secret import Secret
from feedkit.feed import Line


class Seen:
    """Remembers a keyed hash per id in a temporary file of its own, so that memory does not grow with the feed."""

    def __init__(self, id_column: str) -> None:
        self._id_column = id_column
        self._key = secrets.token_bytes(32)
        self._known = sqlite3.connect("")  # a private file that goes away with the connection
        self._known.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID")

    def contradicting(self, lines: Sequence[Line]) -> set[int]:
        """The numbers of the lines that say something else than the file's first line of that id."""
        said = [(line.values[self._id_column], self._digest(line)) for line in lines]
        self._known.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", said)
        return {line.number for line, (line_id, digest) in zip(lines, said, strict=True)
                if self._first(line_id) != digest}

    def _first(self, line_id: str) -> bytes:
        found: bytes = self._known.execute("SELECT digest FROM seen WHERE id = ?", (line_id,)).fetchone()[0]
        return found

    def _digest(self, line: Line) -> bytes:
        told = repr([(name, value.reveal() if isinstance(value, Secret) else value)
                     for name, value in sorted(line.values.items())])
        return hashlib.blake2b(told.encode(), digest_size=16, key=self._key).digest()

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._known.close()
