"""The reject file: which line of a feed was left out, why, and what to do. Never what the line said."""

from __future__ import annotations

import csv
import os
from contextlib import suppress
from pathlib import Path

from feedkit.reader import BadLine, FeedError


class RejectFile:
    """Written beside its final place and moved there at the end; none is left where nothing was rejected."""

    def __init__(self, path: Path, feed: Path) -> None:
        if path.resolve() == feed.resolve():
            raise FeedError(f"{feed.name} cannot be its own reject file: name another")
        self._path = path
        self._draft = path.with_name(f".{path.name}.{os.getpid()}")

    def __enter__(self) -> RejectFile:
        try:
            self._file = self._draft.open("w", newline="", encoding="utf-8")
        except OSError as error:
            raise FeedError(f"the reject file {self._path} cannot be written: {error.strerror}") from None
        self._writer = csv.writer(self._file)
        self._writer.writerow(["line", "column", "reason", "what_to_do"])
        return self

    def add(self, bad: BadLine) -> None:
        self._writer.writerow([bad.number, bad.column, bad.reason, bad.what_to_do])

    def finish(self, rejected: int) -> Path | None:
        """Puts the file in its place and returns it; with nothing rejected, removes one of an earlier run."""
        if not rejected:
            self._path.unlink(missing_ok=True)
            return None
        self._file.flush()
        os.fsync(self._file.fileno())
        self._draft.replace(self._path)
        return self._path

    def __exit__(self, *_: object) -> None:
        self._file.close()
        with suppress(FileNotFoundError):
            self._draft.unlink()
