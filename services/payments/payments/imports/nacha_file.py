"""A NACHA file: first its totals are proved, then its entries are read; both in constant memory.

A file whose own totals are wrong is not used at all; of a batch whose totals are wrong nothing is; a bad entry is
rejected by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feedkit.reader import BadLine, FeedError, Line
from payments.imports.nacha_layout import (
    BLOCK,
    CREDITS,
    DEBITS,
    FILLER,
    LENGTH,
    PRENOTES,
    Malformed,
    Record,
    addendum,
    day,
    record,
)

_HASH = 10**10
"""An entry hash keeps its last ten digits."""


@dataclass
class Totals:
    """What a control record must say of the records before it."""

    count: int = 0
    hash: int = 0
    debits: int = 0
    credits: int = 0

    def add(self, found: Record) -> None:
        self.count += 1
        if found.type == "6":
            self.hash += found.value("receiver")
            self.debits += found.value("amount") if found["code"] in DEBITS else 0
            self.credits += found.value("amount") if found["code"] in CREDITS else 0

    def include(self, other: Totals) -> None:
        self.count += other.count
        self.hash += other.hash
        self.debits += other.debits
        self.credits += other.credits

    def differences(self, control: Record) -> list[str]:
        told = {"count": self.count, "hash": self.hash % _HASH, "debits": self.debits, "credits": self.credits}
        return [name for name, cents in told.items() if control.value(name) != cents]


@dataclass
class NachaFeed:
    """A feed to iterate, like `feedkit.reader.Feed`: each entry gives one Line or one BadLine."""

    path: Path
    bytes_read: int = 0
    notices: tuple[str, ...] = ()
    _bad_batches: dict[int, str] = field(default_factory=dict)
    """What is wrong with a batch, by the line of its header."""

    def __iter__(self) -> Iterator[Line | BadLine]:
        """Raises FeedError where the file's order or totals are wrong, before anything of it is given."""
        self._bad_batches = _proved(self.path, self._records())
        header: Record | None = None
        entry: Record | None = None
        addenda: list[Record] = []
        for found in self._records():
            if entry and found.type != "7":
                assert header, "an entry is in a batch"
                yield self._line(header, entry, addenda)
                entry = None
            if found.type == "5":
                header = found
            elif found.type == "6":
                entry, addenda = found, []
            elif found.type == "7":
                addenda.append(found)

    def _records(self) -> Iterator[Record]:
        """Raises FeedError for a record that is none: what follows it could not be trusted to be in its place."""
        self.bytes_read = 0
        try:
            with self.path.open("rb") as file:
                for number, raw in enumerate(iter(lambda: file.readline(LENGTH + 3), b""), start=1):
                    self.bytes_read += len(raw)
                    text = raw.rstrip(b"\r\n").decode("ascii", "replace")
                    if text == FILLER:
                        yield Record(number, {"type": "filler"})
                    else:
                        yield record(number, text)
        except Malformed as problem:
            raise FeedError(f"{self.path.name}, line {number}: {problem}; nothing of the file was taken in, ask for "
                            "it again") from None
        except OSError as error:
            raise FeedError(f"{self.path.name} cannot be read: {error.strerror}") from None

    def _line(self, header: Record, entry: Record, addenda: Sequence[Record]) -> Line | BadLine:
        if problem := self._bad_batches.get(header.number):
            return BadLine(entry.number, "", f"is in a batch of which nothing is used: {problem}",
                           "ask the bank for the batch again")
        try:
            return Line(entry.number, _values(header, entry, addenda))
        except Malformed as problem:
            return BadLine(entry.number, "", str(problem), "ask the employer or the bank for a corrected entry")


def _values(header: Record, entry: Record, addenda: Sequence[Record]) -> dict[str, Any]:
    """The cells of a collection. Raises Malformed."""
    if entry["code"] in PRENOTES:
        raise Malformed("is a prenote, and brings no money")
    if entry["code"] not in CREDITS:
        raise Malformed("is not a credit to the disbursement unit")
    if entry["addenda"] != "1" or len(addenda) != 1 or addenda[0]["kind"] != "05":
        raise Malformed("has not exactly one addendum of type 05, which says whose money it is")
    if addenda[0]["entry"] != entry["trace"][-7:]:
        raise Malformed("has the addendum of another entry")
    told, effective = addendum(addenda[0]["text"]), day(header["effective"])
    if told.cents != entry.value("amount"):
        raise Malformed("has an addendum with another amount than the entry")
    if told.cents == 0:
        raise Malformed("brings no money")
    source_id = f"{header['effective']}-{entry['trace']}"  # the company's id may be a tax number
    return {"source_system": "ACH", "source_id": source_id, "payor_id": None, "case_id": told.case_id,
            "amount": told.cents, "received_on": effective, "posted_on": effective, "source": "INCOME_WITHHOLDING",
            "method": "EFT", "joint_return": None}


def _proved(path: Path, records: Iterator[Record]) -> dict[int, str]:
    """Reads the whole file for its order and totals. Raises FeedError; gives the batches whose own totals are wrong."""
    bad: dict[int, str] = {}
    whole, batch, header, last, batches, lines = Totals(), Totals(), None, "", 0, 0
    control: Record | None = None
    for found in records:
        lines += 1
        if found.type not in _MAY_FOLLOW[last]:
            raise FeedError(f"{path.name}, line {found.number}: a record is not where it may be; nothing of the file "
                            "was taken in, ask for it again")
        last = found.type
        if found.type == "5":
            header, batch, batches = found, Totals(), batches + 1
        elif found.type in ("6", "7"):
            batch.add(found)
        elif found.type == "8":
            assert header, "the order was checked"
            whole.include(batch)
            if problem := _problem_of(header, batch, found):
                bad[header.number] = problem
        elif found.type == "9":
            control = found
    if control is None:
        raise FeedError(f"{path.name} has no file control record: it is cut off, or no NACHA file")
    wrong = whole.differences(control)
    wrong += ["batches"] if control.value("batches") != batches else []
    wrong += ["blocks"] if control.value("blocks") * BLOCK != lines else []
    if wrong:
        raise FeedError(f"{path.name}: its control record has other {', '.join(wrong)} than its records; nothing of it "
                        "was taken in, ask for it again")
    return bad


# What a record may come after, by type; "" is the beginning.
_MAY_FOLLOW = {"": {"1"}, "1": {"5", "9"}, "5": {"6", "8"}, "6": {"6", "7", "8"}, "7": {"6", "7", "8"}, "8": {"5", "9"},
               "9": {"filler"}, "filler": {"filler"}}


def _problem_of(header: Record, batch: Totals, control: Record) -> str:
    wrong = batch.differences(control)
    wrong += [name.replace("_", " ") for name in ("service", "company_id", "odfi", "batch")
              if header[name] != control[name]]
    if wrong:
        return f"its control record has other {', '.join(wrong)}"
    return "" if header["class"] == "CCD" else "it is not of class CCD"
