"""A line of each file, with its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from demo.caseload import Case
from demo.families import AidLine
from demo.happenings import Consent, Hold, Identification
from demo.orders import Judgment, Order
from demo.paying import Receipt
from demo.people import Participant

Row = Sequence[str]

PARTICIPANTS = ("participant_id", "ssn", "first_name", "last_name", "language", "line1", "line2", "city", "state",
                "zip", "address_valid", "email")
CASES = ("case_id", "county", "court_case_number", "status", "opened_on", "payor_ids", "payee_ids")
ORDERS = ("source_system", "source_id", "case_id", "order_id", "obligation_id", "kind", "amount", "frequency",
          "effective_on", "ends_on", "interest_convention", "interest_percent", "interest_grace")
CHARGES = ("source_system", "source_id", "case_id", "obligation_id", "kind", "due_on", "amount", "part", "bucket")
LIQUIDATIONS = ("source_system", "source_id", "case_id", "amount", "effective_on")
ASSISTANCE = ("source_system", "source_id", "case_id", "what", "on", "program", "children", "amount")
HOLDS = ("source_system", "source_id", "case_id", "what", "reason", "on")
CONSENTS = ("source_system", "source_id", "case_id", "document", "on", "percent")
COLLECTIONS = ("source_system", "source_id", "payor_id", "case_id", "amount", "received_on", "posted_on", "source",
               "method", "joint_return")
IDENTIFICATIONS = ("source_system", "source_id", "payor_id", "case_id")
REVERSALS = ("source_system", "source_id", "reversed_on", "reason")

AGENCY = "AGENCY"


def dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def participant(found: Participant) -> Row:
    address = found.address
    lines = (address.line1, address.line2, address.city, address.state, address.zip) if address else ("",) * 5
    return (found.participant_id, found.ssn, found.first_name, found.last_name, found.language, *lines,
            "true" if found.address_valid else "false", found.email)


def case(found: Case, status: str) -> Row:
    return (found.case_id, found.county, found.court_case_number, status, found.opened_on.isoformat(),
            found.payor_id, found.payee_id)


def order(found: Order) -> Row:
    of = found.case
    interest = ("MONTHLY_12", "6", "true") if found.of_another_state else ("", "", "")
    return (AGENCY, found.source_id, of.case_id, _court_number(of), found.kind, found.kind, dollars(found.cents),
            "MONTHLY", found.effective_on.isoformat(), _day(of.closed_on), *interest)


def judgment(found: Judgment) -> Iterator[Row]:
    case_id, due = found.case.case_id, found.due_on.isoformat()
    yield (AGENCY, f"J{found.case.number:05d}", case_id, "JUDGMENT", "JUDGMENT", due, dollars(found.principal),
           "principal", "")
    if found.interest:
        yield (AGENCY, f"I{found.case.number:05d}", case_id, "JUDGMENT", "JUDGMENT", due, dollars(found.interest),
               "interest", "")


def liquidation(found: Judgment) -> Row:
    return (AGENCY, f"L{found.case.number:05d}", found.case.case_id, dollars(found.monthly), found.due_on.isoformat())


def aid(found: AidLine) -> Row:
    started = ("CASH_AID", str(found.children)) if found.what == "started" else ("", "")
    return (AGENCY, found.source_id, found.case_id, found.what, found.on.isoformat(), *started,
            dollars(found.cents) if found.cents else "")


def hold(found: Hold) -> Row:
    return AGENCY, found.source_id, found.case_id, found.what, found.reason, found.on.isoformat()


def consent(found: Consent) -> Row:
    return (AGENCY, found.source_id, found.case_id, f"signed form {found.source_id}", found.on.isoformat(), "25")


def collection(found: Receipt) -> Row:
    return (found.source_system, found.source_id, found.payor_id, found.case_id, dollars(found.amount_cents),
            found.received_on.isoformat(), found.posted_on.isoformat(), found.source, found.method,
            "true" if found.joint else "")


def identification(found: Identification) -> Row:
    return found.receipt.source_system, found.receipt.source_id, found.payor_id, found.case_id


def reversal(found: Receipt) -> Row:
    return found.source_system, found.source_id, _day(found.returned_on), "NSF"


def _court_number(found: Case) -> str:
    return found.court_case_number or f"ORDER-{found.number:05d}"


def _day(found: date | None) -> str:
    return found.isoformat() if found else ""
