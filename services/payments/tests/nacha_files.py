"""Writes NACHA CCD+ files as a bank does, for tests: right in everything, until a test breaks something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BLOCK = 10
COMPANY = "1941234567"
ODFI = "12100035"


@dataclass(frozen=True)
class Entry:
    """Cents for a case; `text` is the addendum, where it shall not be the right one."""

    case_id: str
    cents: int
    code: str = "22"
    ssn: str = "900112233"
    receiver: str = "12104288"
    text: str | None = None
    addenda: int = 1

    @property
    def told(self) -> str:
        return self.text if self.text is not None else (
            f"DED*CS*{self.case_id}*260105*{self.cents}*{self.ssn}*N*PAYOR,PAT*06037\\")


def nacha(*batches: Sequence[Entry], effective: str = "260108") -> list[str]:
    """The records of a file."""
    lines = [f"101 121042882{COMPANY}2601080900A094101{'SDU':<23}{'BANK':<23}{'':<8}"]
    count = total_hash = credits = debits = 0
    for number, entries in enumerate(batches, start=1):
        lines.append(f"5220{'EMPLOYER':<16}{'':<20}{COMPANY}CCD{'CHILDSUPP':<10}{'':<6}{effective}{'':<3}1{ODFI}"
                     f"{number:07}")
        own = [record for place, entry in enumerate(entries, start=number * 1000) for record in _entry(entry, place)]
        lines += own
        hashed = sum(int(entry.receiver) for entry in entries)
        to_us = sum(entry.cents for entry in entries if entry.code == "22")
        from_us = sum(entry.cents for entry in entries if entry.code == "27")
        lines.append(f"8220{len(own):06}{hashed:010}{from_us:012}{to_us:012}{COMPANY}{'':<25}{ODFI}{number:07}")
        count, total_hash, credits, debits = count + len(own), total_hash + hashed, credits + to_us, debits + from_us
    blocks = -(-(len(lines) + 1) // BLOCK)
    lines.append(f"9{len(batches):06}{blocks:06}{count:08}{total_hash:010}{debits:012}{credits:012}{'':<39}")
    return lines + ["9" * 94] * (blocks * BLOCK - len(lines))


def content(lines: Sequence[str]) -> bytes:
    assert all(len(line) == 94 for line in lines), [len(line) for line in lines]
    return "".join(f"{line}\n" for line in lines).encode()


def _entry(entry: Entry, place: int) -> list[str]:
    trace = f"{ODFI}{place:07}"
    first = (f"6{entry.code}{entry.receiver}2{'123456789':<17}{entry.cents:010}{entry.case_id[:15]:<15}{'SDU':<22}  "
             f"{int(entry.addenda > 0)}{trace}")
    return [first, *(f"705{entry.told:<80}{number:04}{place:07}" for number in range(1, entry.addenda + 1))]
