"""A journal entry: dated twice, balanced, caused by one event, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date


class Unbalanced(ValueError):
    """Debits and credits of an entry differ; a defect of a posting rule."""


@dataclass(frozen=True)
class Cause:
    """The event an entry comes from, and which of its entries this is (from 1)."""

    stream: str
    version: int
    part: int = 1


@dataclass(frozen=True)
class JournalLine:
    """Cents: a debit is positive, a credit negative."""

    account: str
    cents: int


@dataclass(frozen=True)
class JournalEntry:
    """`effective_on` is the day it counts for; the day it was recorded is its event's. Raises Unbalanced."""

    kind: str
    effective_on: date
    lines: tuple[JournalLine, ...]
    cause: Cause
    reverses: Cause | None = None

    def __post_init__(self) -> None:
        cents = [line.cents for line in self.lines]
        if len(cents) < 2 or sum(cents) != 0 or 0 in cents:
            raise Unbalanced(f"{self.kind} of {self.cause}")

    def mirrored(self, kind: str, effective_on: date, cause: Cause) -> JournalEntry:
        """The entry that takes this one back: the same lines with debits and credits exchanged."""
        lines = tuple(replace(line, cents=-line.cents) for line in self.lines)
        return JournalEntry(kind, effective_on, lines, cause, reverses=self.cause)


def move(cents: int, debit: str, credit: str) -> tuple[JournalLine, JournalLine]:
    """The two lines of moving an amount."""
    return JournalLine(debit, cents), JournalLine(credit, -cents)


def moves(pairs: Iterable[tuple[int, str, str]]) -> tuple[JournalLine, ...]:
    """The lines of moving several amounts, (cents, debit, credit), one line an account; accounts that come to nothing
    are left out."""
    cents: dict[str, int] = {}
    for amount, debit, credit in pairs:
        cents[debit] = cents.get(debit, 0) + amount
        cents[credit] = cents.get(credit, 0) - amount
    return tuple(JournalLine(account, amount) for account, amount in cents.items() if amount)
