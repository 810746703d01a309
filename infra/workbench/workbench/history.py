"""Two years told in the order they happened: what came in, was released and sent, slice by slice; then statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

# What is known before any money comes: (service, kind of file).
BEFORE = (("cases", "participants"), ("cases", "cases"), ("cases", "court-orders"), ("cases", "hearings"),
          ("cases", "appointments"), ("payments", "orders"), ("payments", "charges"), ("payments", "liquidations"),
          ("payments", "assistance"))
# The files of a slice, in the order they are taken in; one that is not there has no lines.
BEFORE_RELEASES = ("holds", "consents")
AFTER_RELEASES = ("collections", "identifications", "reversals")
AFTER_PAYOUTS = ("returned",)  # reversals of what had been sent on
KIND_OF = {"returned": "reversals"}
DAYS_AHEAD = 7
STATEMENT_MONTHS = 2

Command = tuple[str, ...]
"""The words behind `python -m`."""


@dataclass(frozen=True)
class Slice:
    """A few months, and the folder of their files, which is named by their days."""

    folder: Path
    first: date
    last: date
    is_newest: bool

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m} to {self.last:%Y-%m}"

    def commands(self, until: date) -> list[Command]:
        """Holds that were over at its beginning end; money comes in and is shared out; interest; then the disbursement
        unit is told what to send, and reports what it did by `until`; checks come back that were sent on."""
        told, sent = str(self.folder / "instructions.csv"), str(self.folder / "disbursements.csv")
        through = self.last + timedelta(days=DAYS_AHEAD) if self.is_newest else self.last
        month = () if self.is_newest else ("--through", f"{self.last:%Y-%m}")
        return [*self._taking_in(BEFORE_RELEASES),
                ("payments", "release", "holds", "--on", self.first.isoformat()),
                *self._taking_in(AFTER_RELEASES),
                ("payments", "run", "interest", *month),
                ("payments", "run", "payouts", told, "--since", self.first.isoformat(), "--through",
                 through.isoformat()),
                ("demo", "send", told, sent, "--as-of", until.isoformat()),
                ("payments", "import", "disbursements", sent), *self._taking_in(AFTER_PAYOUTS)]

    def _taking_in(self, kinds: Sequence[str]) -> Iterator[Command]:
        files = [self.folder / f"{kind}.csv" for kind in kinds]
        return (("payments", "import", KIND_OF.get(file.stem, file.stem), str(file)) for file in files
                if file.exists())


def slices(folder: Path) -> list[Slice]:
    """Oldest first."""
    found = sorted(path for path in folder.glob("????-??-??_????-??-??") if path.is_dir())
    return [_slice(path, path == found[-1]) for path in found]


def statements(until: date) -> list[Command]:
    """Those of the last months that are over, oldest first."""
    firsts = [until.replace(day=1)]
    for _ in range(STATEMENT_MONTHS):
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return [("payments", "run", "statements", "--month", f"{first:%Y-%m}") for first in reversed(firsts[1:])]


def _slice(folder: Path, is_newest: bool) -> Slice:
    first, last = (date.fromisoformat(day) for day in folder.name.split("_"))
    return Slice(folder, first, last, is_newest)
