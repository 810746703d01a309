"""What goes out to families: two business days after receipt, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import Case
from demo.chance import chance, weighted
from demo.paying import Receipt
from demo.workdays import at_or_after, workdays_after

METHODS = (("direct_deposit", 0.62), ("card", 0.25), ("check", 0.13))
BUSINESS_DAYS_TO_SEND = 2
JOINT_RETURN_HOLD = timedelta(days=182)
STALE_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Disbursement:
    source_system: str
    source_id: str
    payee_id: str
    case_id: str
    amount_cents: int
    issued_on: date
    method: str
    status: str
    status_on: date


def method_of(payee_id: str) -> str:
    return weighted(chance("sent by", payee_id), METHODS)


def sent_for(receipt: Receipt, case: Case, as_of: date) -> Disbursement | None:
    """What the family got for a receipt until `as_of`; None while it is held, or if the money came back first."""
    held_until = receipt.received_on + JOINT_RETURN_HOLD if receipt.joint else receipt.received_on
    issued = workdays_after(held_until, BUSINESS_DAYS_TO_SEND)
    if issued > as_of or (receipt.returned_on and receipt.returned_on <= issued):
        return None
    method, source_id = method_of(case.payee_id), f"D{receipt.source_id}"
    status, on = _status(source_id, method, issued)
    if on > as_of:
        status, on = "issued", issued
    return Disbursement("SDU", source_id, case.payee_id, case.case_id, receipt.amount_cents, issued, method, status,
                        on)


def _status(source_id: str, method: str, issued: date) -> tuple[str, date]:
    """The last thing known of it, and the day it became so; a later file may tell more of the same one."""
    rng = chance("sent", source_id)
    if method != "check":
        lost = rng.random() < 0.004
        return ("returned", workdays_after(issued, 2)) if lost else ("cleared", workdays_after(issued, 1))
    status = weighted(rng, [("cleared", 0.96), ("returned", 0.015), ("stale", 0.012), ("stop_paid", 0.007),
                            ("reissued", 0.006)])
    days = STALE_AFTER if status == "stale" else timedelta(days=rng.randrange(5, 19))
    return status, at_or_after(issued + days)
