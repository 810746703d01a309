"""The manifest of a print batch: how many letters, which files, and how to tell that they are all there and whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from notifications.domain.letter import Reason

NAME = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """One letter's file."""

    letter_id: str
    file: str
    bytes: int
    sha256: str
    template: str
    language: str


@dataclass(frozen=True)
class Manifest:
    """`rejected` are letters of the batch that have no file, and why; nobody's name or number is in here."""

    batch_id: str
    created_at: datetime
    letters: tuple[Entry, ...]
    rejected: Mapping[str, Reason]

    def text(self) -> str:
        document = {
            "batch_id": self.batch_id,
            "created_at": self.created_at.astimezone(UTC).isoformat(),
            "count": len(self.letters),
            "bytes": self.bytes,
            "letters": [asdict(entry) for entry in self.letters],
            "rejected": {letter_id: reason.value for letter_id, reason in sorted(self.rejected.items())},
        }
        return json.dumps(document, indent=2) + "\n"

    @property
    def bytes(self) -> int:
        return sum(entry.bytes for entry in self.letters)

    def sha256(self) -> str:
        return sha256(self.text().encode())


def make(batch_id: str, created_at: datetime, entries: Sequence[Entry], rejected: Mapping[str, Reason]) -> Manifest:
    return Manifest(batch_id, created_at, tuple(sorted(entries, key=lambda entry: entry.letter_id)), dict(rejected))


def parse(text: str) -> Manifest:
    """Raises ValueError for anything that is not a whole manifest."""
    try:
        raw = json.loads(text)
        entries = [Entry(**entry) for entry in raw["letters"]]
        rejected = {letter_id: Reason(reason) for letter_id, reason in raw["rejected"].items()}
        manifest = make(raw["batch_id"], datetime.fromisoformat(raw["created_at"]), entries, rejected)
    except (KeyError, TypeError, AttributeError):
        raise ValueError("not a manifest") from None
    if manifest.text() != text:
        raise ValueError("not a manifest as it was written")
    return manifest


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
