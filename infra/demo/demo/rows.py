"""A line of each file, with its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from demo.appointments import Appointment
from demo.caseload import Case
from demo.court_orders import CourtOrder
from demo.families import AidLine
from demo.happenings import Consent, Hold, Identification
from demo.hearings import Hearing
from demo.orders import Judgment, Order
from demo.paying import Receipt
from demo.people import Participant
from demo.standing import Standing

Row = Sequence[str]

PARTICIPANTS = ("participant_id", "ssn", "first_name", "last_name", "language", "line1", "line2", "city", "state",
                "zip", "address_valid", "email", "phone_home", "phone_mobile", "phone_work", "employer_name",
                "employer_phone", "employer_city", "protected", "email_notices")
CASES = ("case_id", "county", "court_case_number", "status", "opened_on", "payor_ids", "payee_ids", "function",
         "assistance", "lcsa", "closed_on", "dependents")
COURT_ORDERS = ("order_id", "case_id", "court", "court_case_number", "type", "filed_on", "effective_on",
                "health_insurance", "income_withholding")
HEARINGS = ("hearing_id", "case_id", "type", "status", "starts_at", "minutes", "court", "department", "court_address",
            "attendance")
APPOINTMENTS = ("appointment_id", "participant_id", "case_id", "type", "status", "starts_at", "minutes", "place",
                "link", "attendance_required", "bring", "language")
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
    address, phones, employer = found.address, found.phones, found.employer
    lines = (address.line1, address.line2, address.city, address.state, address.zip) if address else ("",) * 5
    works_for = (employer.name, employer.phone, employer.city) if employer else ("",) * 3
    return (found.participant_id, found.ssn, found.first_name, found.last_name, found.language, *lines,
            _yes(found.address_valid), found.email, phones.home, phones.mobile, phones.work, *works_for,
            _yes(found.protected), _yes(found.email_notices))


def case(found: Standing, *, closed: bool) -> Row:
    """As it was before it was closed, or closed as it is now."""
    of = found.case
    children = "; ".join(f"{child.first_name} {child.last_name} {child.born_on}" for child in found.children)
    return (of.case_id, of.county, of.court_case_number, "closed" if closed else found.status,
            of.opened_on.isoformat(), of.payor_id, of.payee_id, found.function, found.assistance, found.lcsa,
            _day(of.closed_on) if closed else "", children)


def court_order(found: CourtOrder) -> Row:
    return (found.order_id, found.case.case_id, found.court, found.case.court_case_number, found.type,
            found.filed_on.isoformat(), found.effective_on.isoformat(), found.health_insurance,
            _yes(found.income_withholding))


def hearing(found: Hearing) -> Row:
    return (found.hearing_id, found.case.case_id, found.type, found.status, _minute(found.starts_at),
            str(found.minutes), found.court, found.department, found.court_address,
            "; ".join(f"{who}:{mode}" for who, mode in found.attendance))


def appointment(found: Appointment) -> Row:
    return (found.appointment_id, found.participant_id, found.case_id, found.type, found.status,
            _minute(found.starts_at), str(found.minutes), found.place, found.link, _yes(found.attendance_required),
            ";".join(found.bring), found.language)


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


def _yes(found: bool) -> str:
    return "true" if found else "false"


def _minute(found: datetime) -> str:
    return found.isoformat(timespec="minutes")


def _day(found: date | None) -> str:
    return found.isoformat() if found else ""
