"""A customer on whose pages there is something everywhere: who pays in one case, and is paid in another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert

from bench.served import SHOWN
from gateway import own_tables
from gateway.view import case_tables, statement_tables, tables

WHO = "1000000017"
PAYS, IS_PAID = "200000000000001", "200000000000002"
MONTH, COMMAND = date(2026, 9, 1), "5f4a1f0e-6f55-5b50-9d1c-1c9ae65a3f11"
NOW = datetime.now(UTC)
V = {"version": 1}
SHARE = {"debt": "CURRENT", "kind": "CHILD", "due": "2026-09-01", "amount_cents": 45_000}


def fill(conn: Connection) -> None:
    for table, rows in (*_of_payments(), *_of_cases(), *_of_statements()):
        conn.execute(insert(table), [dict(row) for row in rows])


def _of_payments() -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    days = [date.today() - timedelta(days=7 * week) for week in range(60)]
    yield tables.payments_made, [
        {"receipt_id": f"SDU:{n}", "viewer_id": WHO, "received_on": day, "posted_on": day, "amount_cents": 45_000 + n,
         "source": ("INCOME_WITHHOLDING", "OTHER", "UIB")[n % 3], "method": "CARD", "status": "applied",
         "paid": [{**SHARE, "case_id": PAYS}], "waiting": [], **V, "steps": [
             {"code": "received", "on": day.isoformat(), "amount_cents": 45_000 + n},
             {"code": "paid", "parts": [{**SHARE, "case_id": PAYS}]}]} for n, day in enumerate(days)]
    yield tables.payments_sent, [
        {"disbursement_id": f"SDU:{n}", "viewer_id": WHO, "case_id": IS_PAID, "payee_type": "family",
         "issued_on": day, "amount_cents": 45_000 + n, "method": ("card", "direct_deposit", "check")[n % 3],
         "status": ("issued", "cleared")[n % 2], "ahead_cents": 0, **V,
         "parts": [{"part": "current", "received_on": day.isoformat(), "amount_cents": 45_000 + n}]}
        for n, day in enumerate(days)]
    yield tables.family_payments, [
        {"receipt_id": f"SDU:F{n}", "case_id": IS_PAID, "reference": str(n), "received_on": day,
         "amount_cents": 45_000 + n, "steps": [], **V,
         "went": [{"to": "FAMILY", "hold": None, "until": None, "amount_cents": 45_000 + n}]}
        for n, day in enumerate(days)]
    yield tables.debts, [{"case_id": case, "kind": kind, "what": what, "due": due, "cents": 43_000}
                         for case in (PAYS, IS_PAID) for kind, what, due in (
                             ("CHILD", "principal", MONTH), ("MEDICAL", "principal", MONTH),
                             ("CHILD", "interest", tables.NO_DUE))]
    yield tables.obligations, [{"case_id": case, "obligation_id": "CHILD", "effective_on": date(2026, 1, 1),
                                "kind": "CHILD", "monthly_cents": 45_000} for case in (PAYS, IS_PAID)]
    yield tables.freshness, [{"publisher": name, "as_of": NOW, "position": 1} for name in ("payments", "cases")]


def _of_cases() -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    yield tables.cases, [{"viewer_id": WHO, "case_id": case, "role": role, "court_case_number": number,
                          "status": "open", "opened_on": date(2024, 1, 15), **V}
                         for case, role, number in ((PAYS, "payor", "FL-24-000117"), (IS_PAID, "payee", None))]
    texts = {"name": "M. Q.", "address": "•••• Main St, Oxnard", "phone_mobile": "•••-•••-0142", "email": "m•••@e•••"}
    yield case_tables.profiles, [{"viewer_id": WHO, "shown_enc": _shown(texts, "shown", WHO), "language": "en",
                                  "address_valid": True, "email_notices": True, "changed_on": date(2026, 9, 1),
                                  "changed_by": "self", "stream": f"participant-{WHO}", **V}]
    yield case_tables.case_details, [
        {"case_id": case, "court_case_number": "FL-24-000117", "status": "open", "function": "enforcement",
         "lcsa": "06111", "opened_on": date(2024, 1, 15), **V,
         "dependents_enc": _shown([{"initials": "J. Q.", "birth_year": 2017}], "dependents", case)}
        for case in (PAYS, IS_PAID)]
    yield case_tables.case_assistance, [{"case_id": IS_PAID, "assistance": "former", **V}]
    yield case_tables.orders, [
        {"case_id": case, "order_id": f"O{case}", "court": "Superior Court of California, County of Ventura",
         "court_case_number": "FL-24-000117", "type": "final", "filed_on": date(2024, 3, 1), "income_withholding": True,
         "effective_on": date(2024, 3, 1), "health_insurance": "payor", **V} for case in (PAYS, IS_PAID)]
    soon = NOW + timedelta(days=9)
    yield case_tables.hearings, [
        {"hearing_id": "H1", "case_id": PAYS, "type": "modification", "status": "set", "starts_at": soon, "minutes": 30,
         "court": "Hall of Justice", "department": "Dept. 31", "court_address": "800 S Victoria Ave, Ventura", **V}]
    yield case_tables.attendance, [{"viewer_id": WHO, "hearing_id": "H1", "mode": "in_person", **V}]
    yield case_tables.appointments, [
        {"appointment_id": "A1", "viewer_id": WHO, "case_id": PAYS, "type": "interview", "status": "scheduled",
         "starts_at": soon, "minutes": 45, "place_enc": _shown("5171 Verdugo Way, Camarillo", "appointment", WHO),
         "attendance_required": True, "bring": ["photo_id", "pay_stubs"], "language": "en", "stream": "a", **V}]
    yield case_tables.requests, [
        {"confirmation": "AB12-CD34", "viewer_id": WHO, "kind": "contact_update", "received_at": NOW,
         "status": "received", "stream": "r", **V}]
    yield own_tables.submissions, [
        {"command_id": COMMAND, "participant_id": WHO, "name": "report_other_party", "body": "{}", "made_at": NOW,
         "confirmation": "AB12-CD34", "stream": "r", "version": 1}]


def _of_statements() -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    figures = {"number": 1, "issued_on": date(2026, 10, 2), "since": MONTH, "until": date(2026, 9, 30),
               "previous_cents": 40_000, "charges": [{"kind": "CHILD", "amount_cents": 45_000}],
               "interest_posted_cents": 120, "current_due_cents": 45_000, "past_due_cents": 20_000,
               "interest_cents": 120, "paid_ahead_cents": 0, "total_cents": 65_120, **V}
    paid = {"on": "2026-09-04", "amount_cents": 20_000}
    months = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 10)]
    yield statement_tables.payor_statements, [
        {**figures, "case_id": PAYS, "month": month, "viewer_id": WHO, "asked_cents": 5_000,
         "to_avoid_interest_cents": 65_000, "coupon_cents": 50_000, "pay_to": ["PO Box 989067", "West Sacramento"],
         "payments": [{**paid, "source": "INCOME_WITHHOLDING"}], "adjustments": [
             {"on": "2026-09-14", "kind": "CHILD", "reason": "corrected", "amount_cents": -500}]} for month in months]
    yield statement_tables.family_statements, [
        {**figures, "case_id": IS_PAID, "month": month, "payments": [paid], "adjusted_cents": -500} for month in months]


def _shown(value: object, name: str, whose: str) -> str:
    """As `cases` encrypts what a customer may be shown of themselves."""
    told = value if isinstance(value, str) else json.dumps(value)
    return SHOWN.encrypt(told.encode(), f"{whose}|{name}")
