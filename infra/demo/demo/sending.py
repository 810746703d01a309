"""The disbursement unit: what became of each payment that the ledger told it to send."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from demo.chance import chance, weighted
from demo.files import write_rows
from demo.workdays import at_or_after, workdays_after

METHODS = (("direct_deposit", 0.62), ("card", 0.25), ("check", 0.13))
STALE_AFTER = timedelta(days=180)


def method_of(payee_id: str) -> str:
    return weighted(chance("sent by", payee_id), METHODS)


def report(instructions: Path, out: Path, as_of: date) -> int:
    """Answers a file of instructions with a file of disbursements, in the same columns; gives how many."""
    with instructions.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = tuple(reader.fieldnames or ())
        answers = (sent(told, as_of) for told in reader)
        return write_rows(out, columns, ([answer[name] for name in columns] for answer in answers))


def sent(told: Mapping[str, str], as_of: date) -> dict[str, str]:
    """A line of instructions as the unit has carried it out by that day: on a business day, the way the payee chose;
    governments have accounts."""
    on, person = at_or_after(date.fromisoformat(told["issued_on"])), told["payee_type"] in ("family", "payor")
    method = method_of(told["payee_id"]) if person else "direct_deposit"
    status, since = status_of(told["source_id"], method, on)
    if on > as_of:  # told on a day without business: nothing in the demo is of a day to come
        status, on, since = "pending", as_of, as_of
    elif since > as_of:
        status, since = "issued", on
    return {**told, "issued_on": on.isoformat(), "method": method, "status": status, "status_on": since.isoformat()}


def status_of(source_id: str, method: str, issued: date) -> tuple[str, date]:
    """The last thing that became of it, and the day it became so."""
    rng = chance("sent", source_id)
    if method != "check":
        lost = rng.random() < 0.004
        return ("returned", workdays_after(issued, 2)) if lost else ("cleared", workdays_after(issued, 1))
    status = weighted(rng, [("cleared", 0.95), ("returned", 0.015), ("stale", 0.013), ("stop_paid", 0.010),
                            ("reissued", 0.012)])
    days = STALE_AFTER if status == "stale" else timedelta(days=rng.randrange(5, 19))
    return status, at_or_after(issued + days)
