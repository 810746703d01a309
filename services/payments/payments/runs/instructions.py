"""What the disbursement unit is told to send, as a file in the columns its reports come back in."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from sqlalchemy import Connection, text

from eventkit.unit import Unit
from payments.domain.disbursement import disbursement
from payments.domain.words import Method, PayeeType, Status
from payments.imports.columns import DISBURSEMENTS

SYSTEM = "CC"
_PENDING = text("""
    SELECT data->'payment'->>'payee_type' AS payee_type, data->'payment'->>'payee_id' AS payee_id,
           data->'payment'->>'case_id' AS case_id, sum((data->'payment'->>'amount_cents')::bigint)::bigint AS cents
    FROM events planned WHERE name = 'DisbursementPlanned'
    AND NOT EXISTS (SELECT FROM events later WHERE later.stream = planned.stream AND later.version > planned.version)
    GROUP BY 1, 2, 3""")


@dataclass(frozen=True)
class Instruction:
    """Send so much on that day; `case_id` names the family's case, and is empty for others."""

    source_id: str
    payee_type: PayeeType
    payee_id: str
    case_id: str
    cents: int
    on: date


@dataclass(frozen=True)
class Pending:
    """Cents that the unit was told to send, and has not yet: by case for families, by payee for others."""

    by_case: dict[str, int]
    by_payee: dict[str, int]


def pending(conn: Connection) -> Pending:
    found = Pending({}, {})
    for row in conn.execute(_PENDING):
        of_family = row.payee_type == PayeeType.FAMILY
        sums, key = (found.by_case, row.case_id) if of_family else (found.by_payee, row.payee_id)
        sums[key] = sums.get(key, 0) + int(row.cents)
    return found


def named(unit: Unit, on: date, whose: str) -> str:
    """The same name for the same day and payee until something is known of that payment; then the next one."""
    number, found = 1, name_of(on, whose)
    while unit.state(disbursement, f"{SYSTEM}:{found}").history:
        number, found = number + 1, f"{name_of(on, whose)}-{number + 1}"
    return found


def name_of(on: date, whose: str) -> str:
    return f"{on:%Y%m%d}-{whose}"


def write(found: Iterable[Instruction], method: Method, out: TextIO) -> tuple[int, int]:
    """As pending disbursements; how many, and how many cents."""
    writer = csv.DictWriter(out, [column.name for column in DISBURSEMENTS], lineterminator="\n")
    writer.writeheader()
    count = cents = 0
    for told in found:
        writer.writerow({
            "source_system": SYSTEM, "source_id": told.source_id, "payee_id": told.payee_id, "case_id": told.case_id,
            "amount": f"{told.cents // 100}.{told.cents % 100:02}", "issued_on": told.on.isoformat(),
            "method": method.value, "status": Status.PENDING.value, "status_on": told.on.isoformat(),
            "payee_type": told.payee_type.value})
        count, cents = count + 1, cents + told.cents
    return count, cents
