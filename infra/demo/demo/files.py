"""The agency's files, in the formats that the services import."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from demo.agency import Agency, logins
from demo.paying import Receipt

PARTICIPANT_COLUMNS = ("participant_id", "ssn", "first_name", "last_name", "language", "line1", "line2", "city",
                       "state", "zip", "address_valid", "email")
CASE_COLUMNS = ("case_id", "county", "court_case_number", "status", "opened_on", "payor_ids", "payee_ids")
COLLECTION_COLUMNS = ("source_system", "source_id", "payor_id", "case_id", "amount", "received_on", "posted_on",
                      "source", "method")
DISBURSEMENT_COLUMNS = ("source_system", "source_id", "payee_id", "case_id", "amount", "issued_on", "method",
                        "status", "status_on")
REVERSAL_COLUMNS = ("source_system", "source_id", "reversed_on", "reason")

Row = Sequence[str]


def write(agency: Agency, folder: Path) -> dict[str, int]:
    """Writes all files into `folder`; returns how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {
        "participants.csv": write_rows(folder / "participants.csv", PARTICIPANT_COLUMNS, _participants(agency)),
        "cases.csv": write_rows(folder / "cases.csv", CASE_COLUMNS, _cases(agency)),
        "collections.csv": write_rows(folder / "collections.csv", COLLECTION_COLUMNS,
                                      map(collection_row, agency.receipts)),
        "disbursements.csv": write_rows(folder / "disbursements.csv", DISBURSEMENT_COLUMNS, _disbursements(agency)),
        "reversals.csv": write_rows(folder / "reversals.csv", REVERSAL_COLUMNS, _reversals(agency)),
    }
    text = json.dumps({login.key: asdict(login) for login in logins(agency)}, indent=2)
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


def collection_row(receipt: Receipt) -> Row:
    return (receipt.source_system, receipt.source_id, receipt.payor_id, receipt.case_id,
            dollars(receipt.amount_cents), receipt.received_on.isoformat(), receipt.posted_on.isoformat(),
            receipt.source, receipt.method)


def dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _participants(agency: Agency) -> Iterator[Row]:
    for person in agency.participants:
        address = person.address
        lines = (address.line1, address.line2, address.city, address.state, address.zip) if address else ("",) * 5
        yield (person.participant_id, person.ssn, person.first_name, person.last_name, person.language, *lines,
               "true" if person.address_valid else "false", person.email)


def _cases(agency: Agency) -> Iterator[Row]:
    for case in agency.cases:
        yield (case.case_id, case.county, case.court_case_number, case.status, case.opened_on.isoformat(),
               case.payor_id, case.payee_id)


def _disbursements(agency: Agency) -> Iterator[Row]:
    for sent in agency.disbursements:
        yield (sent.source_system, sent.source_id, sent.payee_id, sent.case_id, dollars(sent.amount_cents),
               sent.issued_on.isoformat(), sent.method, sent.status, sent.status_on.isoformat())


def _reversals(agency: Agency) -> Iterator[Row]:
    """Checks that came back; those that came back by the day the collections end."""
    last = max(receipt.posted_on for receipt in agency.receipts)
    for receipt in agency.receipts:
        if receipt.returned_on and receipt.returned_on <= last:
            yield (receipt.source_system, receipt.source_id, receipt.returned_on.isoformat(), "NSF")
