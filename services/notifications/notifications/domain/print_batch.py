"""A print batch: made once, and what it was made of never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventkit.decider import Decider, Rejected
from notifications.domain.registry import registry


@registry.event("PrintBatchMade")
@dataclass(frozen=True)
class PrintBatchMade:
    """Counts of letters, bytes of all their files together, and the SHA-256 (hex) of the manifest."""

    letters: int
    rejected: int
    postponed: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class MakePrintBatch:
    letters: int
    rejected: int
    postponed: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class PrintBatch:
    made: PrintBatchMade | None = None


def decide(command: MakePrintBatch, batch: PrintBatch) -> Sequence[PrintBatchMade]:
    wanted = PrintBatchMade(**vars(command))
    if batch.made is None:
        return [wanted]
    if batch.made != wanted:
        raise Rejected("batch_is_made")
    return []


def evolve(batch: PrintBatch, event: PrintBatchMade) -> PrintBatch:
    return PrintBatch(event)


print_batch = Decider("print_batch", PrintBatch(), decide, evolve)
