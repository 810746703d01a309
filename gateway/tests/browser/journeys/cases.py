"""Cases: where each stands, what its orders say, whom to call; never those of somebody else."""

from __future__ import annotations

from ...web.parts import BOTH, PAYEE, PAYOR
from .task import task
from .visitor import Visitor


@task("my_cases.listed", "my_cases.one")
def see_where_a_case_stands(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.goes_to("my_cases.title")
    visitor.follows("payments.of_case", number="FL-22-0001")
    visitor.is_at("my_case.title", number="FL-22-0001")
    for said in ("my_case.status_means.open", "my_case.step_means.enforcement", "my_case.order.modified",
                 "my_case.office", "my_case.monthly"):
        visitor.sees(said)
    visitor.reads("$500.00", "M. R.")
    visitor.does_not_read(visitor.says("my_case.assistance"))
    visitor.follows("my_cases.title")
    visitor.is_at("my_cases.title")


@task("my_cases.one")
def read_a_case_as_the_one_who_is_paid(visitor: Visitor) -> None:
    visitor.logs_in(PAYEE)
    visitor.goes_to("my_cases.title")
    visitor.follows("payments.of_case", number="FL-22-0001")
    visitor.sees("my_case.assistance.current")
    visitor.sees("my_case.next_date")
    visitor.follows("dates.title")
    visitor.is_at("dates.title")


@task("my_cases.one")
def look_back_at_a_closed_case(visitor: Visitor) -> None:
    visitor.logs_in(PAYOR)
    visitor.goes_to("my_cases.title")
    visitor.follows("payments.of_case", number="FL-23-0042")
    visitor.sees("my_case.status_means.closed")
    visitor.sees("my_case.closed_on")


@task()
def find_no_case_of_somebody_else(visitor: Visitor) -> None:
    visitor.logs_in(PAYEE)
    for path in ("/my-cases/C2", "/my-payments/statements/C2/2026-10", "/dates/appointments/A1/another-time"):
        visitor.comes_to(path)
        visitor.is_at("error.not_found.title")
