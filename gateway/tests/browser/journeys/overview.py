"""The first page after the log-in: each case at a glance, what needs attention, what comes next."""

from __future__ import annotations

from ...web.parts import BOTH, NOBODY, PAYOR
from .task import task
from .visitor import Visitor


@task("overview.show", "my_payments.balances", "statements.listed")
def see_each_case_at_a_glance(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.is_at("overview.heading")
    visitor.sees("payments.of_case", number="FL-22-0001")
    visitor.sees("overview.last.made")
    visitor.sees("overview.last.sent")
    visitor.reads("$200.29", "$240.00")
    visitor.sees("overview.dates.title")
    visitor.follows("balances.title")
    visitor.sees("balances.total")
    visitor.goes_back()
    visitor.follows("statements.title")
    visitor.sees("statements.intro")


@task("my_payments.made")
def find_out_why_a_payment_is_on_hold(visitor: Visitor) -> None:
    visitor.logs_in(PAYOR)
    visitor.sees("overview.unapplied.held")
    visitor.follows("overview.see_made")
    visitor.sees("made.status.held")
    visitor.sees("made.held.no_case")


@task("overview.show", "my_cases.listed", "dates.listed")
def find_nothing_yet_as_a_new_customer(visitor: Visitor) -> None:
    visitor.logs_in(NOBODY)
    visitor.sees("overview.empty.title")
    for page, empty in (("my_payments.title", "payments.made.empty.title"), ("my_cases.title", "my_cases.empty.title"),
                        ("dates.nav", "dates.empty.title")):
        visitor.goes_to(page)
        visitor.sees(empty)
