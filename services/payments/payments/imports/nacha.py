"""Employers' payments as the bank brings them: NACHA CCD+ files with DED addenda. Each good entry is a collection.

The payor is whoever alone pays in the case that the addendum names. Where the case is not known, or several pay in it,
the money is held as unidentified; nobody is guessed by name, and the SSN of the addendum is not kept.
"""

from __future__ import annotations

from pathlib import Path

from feedkit.feed import Line, Readable, Refused
from payments.distributing import Distributing
from payments.domain.receipt import ReceiveCollection
from payments.domain.words import Source
from payments.imports.money_in import SETTLES_AHEAD, Collections, payor_of
from payments.imports.nacha_file import NachaFeed
from payments.imports.reading import Taken, digest, key
from payments.imports.refusals import RECEIVED_IN_THE_FUTURE
from payments.parties import Directory


class Nacha(Collections):
    name = "nacha"

    def open(self, path: Path) -> Readable:
        return NachaFeed(path)

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        late = line.values["received_on"] > work.today + SETTLES_AHEAD
        return RECEIVED_IN_THE_FUTURE if late else None

    def take(self, work: Distributing, line: Line) -> Taken:
        cells = line.values
        case_id = cells["case_id"] if cells["case_id"] in work.known.open_by_case else None
        command = ReceiveCollection(
            _payor(line, work.known), case_id, cells["amount"], cells["received_on"], cells["posted_on"],
            Source(cells["source"]), cells["method"], digest(line))
        return bool(work.receive(key(line), command).events)


def _payor(line: Line, known: Directory) -> str | None:
    return payor_of(line, known) if line.values["case_id"] in known.open_by_case else None
