"""A list of payments as cells of plain text, in the reader's language: what a file says of each row, which is what the
page says of it. How a cell shows a day or an amount depends on the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gateway.view.choosing import Kind
from gateway.view.payment_rows import Made, Received, Sent
from gateway.web.asking import SOURCES
from gateway.web.portal import portal, text
from gateway.web.words import moment, money, said, short_day, stories

COLUMNS: Mapping[Kind, Sequence[str]] = {
    "made": ("payments.made.on", "payments.made.how", "payments.case", "payments.status", "files.note", "files.counts",
             "payments.amount"),
    "sent": ("payments.sent.on", "payments.sent.how", "payments.case", "payments.status", "files.note", "files.counts",
             "payments.amount"),
    "received": ("payments.made.on", "payments.case", "payments.received.went", "files.counts", "payments.amount"),
}
"""Keys of the headings."""


@dataclass(frozen=True)
class Style:
    """How a file shows days, amounts (cents) and times, on the clock of the agency."""

    day: Callable[[date], str]
    amount: Callable[[int], str]
    moment: Callable[[datetime], str]


FOR_PROGRAMS = Style(date.isoformat, lambda cents: f"{cents // 100}.{cents % 100:02}",
                     lambda at: f"{at.astimezone(portal().zone):%Y-%m-%d %H:%M}")
FOR_READERS = Style(short_day, money, moment)


def headings(kind: Kind) -> list[str]:
    return [text(key) for key in COLUMNS[kind]]


def cells(row: Made | Sent | Received, labels: Mapping[str, str], style: Style) -> list[str]:
    """In the order of COLUMNS."""
    last = [text("files.yes" if row.counts else "files.no"), style.amount(row.amount_cents)]
    match row:
        case Made():
            cases = "; ".join(_cases_of(row, labels, style)) or text("payments.no_case")
            return [style.day(row.on), way_said(row.how), cases, said("made.status", row.status),
                    stories().why(row, style.day), *last]
        case Sent():
            of_case = labels.get(row.case_id, row.case_id) if row.case_id else text("payments.no_one_case")
            on = row.status_on if row.status not in ("issued", "pending") else None
            return [style.day(row.on), said("sent.method", row.method), of_case, said("sent.status", row.status),
                    style.day(on) if on else "", *last]
        case Received():
            went = text("received.taken_back") if row.taken_back_on else "; ".join(
                stories().piece_text("received.went", piece) for piece in row.went)
            return [style.day(row.on), labels.get(row.case_id, row.case_id), went, *last]


def way_said(how: str) -> str:
    """What a payment was paid with: its source, or the method of one that was simply paid."""
    return said("made.source", how) if how in SOURCES else said("made.method", how)


def _cases_of(row: Made, labels: Mapping[str, str], style: Style) -> Iterator[str]:
    for case_id, cents in row.by_case.items():
        label = labels.get(case_id, case_id)
        yield f"{label} {style.amount(cents)}" if len(row.by_case) > 1 else label
