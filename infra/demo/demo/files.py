"""The agency's files, in the formats that the services import: what was there first, then slices of four months."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from demo import rows
from demo.agency import Agency
from demo.months import months_on
from demo.rows import Row

MONTHS_IN_A_SLICE = 4


def write(agency: Agency, folder: Path) -> dict[str, int]:
    """Writes all files into `folder`; returns how many lines each has, by its place in it."""
    counts = {}
    for name, columns, found in _files(agency):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        counts[name] = write_rows(path, columns, found)
    text = json.dumps({login.key: asdict(login) for login in agency.logins}, indent=2)
    (folder / "logins.json").write_text(text + "\n", encoding="utf-8")
    return counts


def write_rows(path: Path, columns: Row, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def slices(agency: Agency) -> Iterator[tuple[date, date]]:
    """The first and last days of the parts the money is told in, one after the other."""
    begin = agency.since
    while begin <= agency.until:
        following = months_on(begin, MONTHS_IN_A_SLICE)
        yield begin, min(following - timedelta(days=1), agency.until)
        begin = following


def _files(agency: Agency) -> Iterator[tuple[str, Row, Iterable[Row]]]:
    yield "participants.csv", rows.PARTICIPANTS, map(rows.participant, agency.participants)
    yield "cases.csv", rows.CASES, (rows.case(found, closed=False) for found in agency.standings)
    yield "closed.csv", rows.CASES, (rows.case(found, closed=True) for found in agency.standings
                                     if found.case.closed_on)
    yield "court-orders.csv", rows.COURT_ORDERS, map(rows.court_order, agency.court_orders)
    yield "hearings.csv", rows.HEARINGS, map(rows.hearing, agency.hearings)
    yield "appointments.csv", rows.APPOINTMENTS, map(rows.appointment, agency.appointments)
    yield "orders.csv", rows.ORDERS, map(rows.order, agency.orders)
    yield "charges.csv", rows.CHARGES, (row for found in agency.judgments for row in rows.judgment(found))
    yield "liquidations.csv", rows.LIQUIDATIONS, map(rows.liquidation, agency.judgments)
    yield "assistance.csv", rows.ASSISTANCE, map(rows.aid, agency.aid)
    for first, last in slices(agency):
        for name, columns, found in _of_days(agency, first, last):
            if found:
                yield f"{first}_{last}/{name}", columns, found


def _of_days(agency: Agency, first: date, last: date) -> Iterator[tuple[str, Row, Sequence[Row]]]:
    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    yield "holds.csv", rows.HOLDS, [rows.hold(found) for found in agency.holds if within(found.on)]
    yield "consents.csv", rows.CONSENTS, [rows.consent(found) for found in agency.consents if within(found.on)]
    yield "collections.csv", rows.COLLECTIONS, [rows.collection(found) for found in agency.receipts
                                                if within(found.posted_on)]
    yield "identifications.csv", rows.IDENTIFICATIONS, [rows.identification(found) for found in
                                                        agency.identifications if within(found.on)]
    for name, late in (("reversals.csv", False), ("returned.csv", True)):
        yield name, rows.REVERSALS, [rows.reversal(found) for found in agency.receipts
                                     if within(found.returned_on) and found.came_back_late is late]
