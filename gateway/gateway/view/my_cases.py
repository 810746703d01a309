"""Reading a viewer's cases: what both sides may see, the viewer's own role, and what only a payee may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from gateway.view.case_tables import case_assistance, case_details, orders
from gateway.view.tables import cases, obligations

KINDS = ("CHILD", "MEDICAL", "SPOUSAL")
"""In the order they are read; others come after them."""
PARENTAGE, ALLEGED = "parentage", "alleged"


@dataclass(frozen=True)
class Case:
    """`assistance` is None for whoever pays; `function` and what follows where the details are not known yet."""

    case_id: str
    role: str
    court_case_number: str | None
    status: str
    opened_on: date
    function: str | None
    lcsa: str | None
    closed_on: date | None
    dependents_enc: str | None
    assistance: str | None

    @property
    def label(self) -> str:
        return self.court_case_number or self.case_id

    @property
    def standing(self) -> str:
        """The role; while parentage is still to be established, nobody is said to pay (domain.md 4, alleged parent)."""
        return ALLEGED if self.role == "payor" and self.function == PARENTAGE else self.role


@dataclass(frozen=True)
class Order:
    order_id: str
    court: str
    court_case_number: str | None
    type: str
    filed_on: date
    effective_on: date
    health_insurance: str
    income_withholding: bool


@dataclass(frozen=True)
class Monthly:
    """What is to be paid each month of one kind. Cents."""

    kind: str
    cents: int


def cases_of(conn: Connection, viewer_id: str) -> list[Case]:
    """Those that are going on first, then by the day they were opened, newest first."""
    rows = conn.execute(_cases(viewer_id)).all()
    return sorted(map(_case, rows), key=lambda one: (one.status == "closed", -one.opened_on.toordinal(), one.case_id))


def case_of(conn: Connection, viewer_id: str, case_id: str) -> Case | None:
    """None for a case that is not there, and for one of other people: nobody learns which."""
    row = conn.execute(_cases(viewer_id).where(cases.c.case_id == case_id)).one_or_none()
    return _case(row) if row else None


def alleged_in(conn: Connection, viewer_id: str) -> frozenset[str]:
    """The cases in which the viewer is a parent only as somebody says."""
    query = select(cases.c.case_id).join(case_details, case_details.c.case_id == cases.c.case_id).where(
        cases.c.viewer_id == viewer_id, cases.c.role == "payor", case_details.c.function == PARENTAGE)
    return frozenset(conn.scalars(query))


def orders_of(conn: Connection, case_id: str) -> list[Order]:
    """Of a case that the viewer was found to be in; newest first."""
    query = select(orders).where(orders.c.case_id == case_id).order_by(
        orders.c.effective_on.desc(), orders.c.filed_on.desc(), orders.c.order_id)
    return [Order(row.order_id, row.court, row.court_case_number, row.type, row.filed_on, row.effective_on,
                  row.health_insurance, row.income_withholding) for row in conn.execute(query)]


def monthly_of(conn: Connection, case_id: str, on: date) -> list[Monthly]:
    """What is in force on a day, by kind."""
    age = func.row_number().over(partition_by=obligations.c.obligation_id, order_by=obligations.c.effective_on.desc())
    begun = select(obligations, age.label("age")).where(
        obligations.c.case_id == case_id, obligations.c.effective_on <= on).subquery()
    query = select(begun.c.kind, begun.c.monthly_cents).where(
        begun.c.age == 1, or_(begun.c.ends_on.is_(None), begun.c.ends_on >= on))
    sums: dict[str, int] = {}
    for row in conn.execute(query):
        sums[row.kind] = sums.get(row.kind, 0) + row.monthly_cents
    return [Monthly(kind, cents) for kind, cents in sorted(sums.items(), key=lambda item: _place(item[0])) if cents]


def _place(kind: str) -> tuple[int, str]:
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)


def _cases(viewer_id: str) -> Select[Any]:
    """The assistance is joined for payees only."""
    told_to_payees = and_(case_assistance.c.case_id == cases.c.case_id, cases.c.role == "payee")
    return (
        select(cases.c.case_id, cases.c.role, cases.c.court_case_number, cases.c.status, cases.c.opened_on,
               case_details.c.court_case_number.label("number_in_details"), case_details.c.status.label("exact_status"),
               case_details.c.function, case_details.c.lcsa, case_details.c.closed_on, case_details.c.dependents_enc,
               case_assistance.c.assistance)
        .outerjoin(case_details, case_details.c.case_id == cases.c.case_id)
        .outerjoin(case_assistance, told_to_payees)
        .where(cases.c.viewer_id == viewer_id)
    )


def _case(row: Row[Any]) -> Case:
    return Case(row.case_id, row.role, row.number_in_details or row.court_case_number, row.exact_status or row.status,
                row.opened_on, row.function, row.lcsa, row.closed_on, row.dependents_enc, row.assistance)


def labels(found: Sequence[Case]) -> dict[str, str]:
    """What each case is called, by its id."""
    return {case.case_id: case.label for case in found}
