"""What is owed: balances today, and the statement of each month."""

from __future__ import annotations

from ...web.parts import BOTH, PAYEE
from .task import task
from .visitor import Visitor


@task("my_payments.balances")
def see_what_is_owed(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.goes_to("my_payments.title")
    visitor.turns_to("balances.title")
    visitor.sees("balances.role.payor")
    visitor.reads("$460.00", "$43.12")
    visitor.opens("balances.by_kind")
    visitor.sees("kind.medical")
    visitor.opens("payments.terms.title")
    visitor.sees("balances.terms.interest")


@task("statements.listed", "statements.one")
def read_the_statement_of_a_month(visitor: Visitor) -> None:
    opens_statements(visitor, BOTH)
    opens_the_newest_of_the_case(visitor)
    visitor.sees("statements.came")
    visitor.sees("statements.coupon")
    visitor.sees("statements.replaces")
    visitor.follows("balances.title")
    visitor.sees("balances.intro")


@task("statements.one", "statements.pdf")
def take_a_statement_along(visitor: Visitor) -> None:
    opens_statements(visitor, BOTH)
    name, content = visitor.takes_along("statements.pdf")
    assert name.startswith(visitor.says("statements.file_name")) and content.startswith(b"%PDF")
    opens_the_newest_of_the_case(visitor)
    visitor.sees("statements.take")
    name, content = visitor.takes_along("files.pdf")
    assert name.endswith(".pdf") and content.startswith(b"%PDF")


@task("statements.one")
def read_a_statement_as_the_one_who_is_paid(visitor: Visitor) -> None:
    opens_statements(visitor, PAYEE)
    opens_the_newest_of_the_case(visitor)
    visitor.sees("statements.paid")
    visitor.does_not_read(visitor.says("statements.coupon"), visitor.says("payments.made.how"))


def opens_statements(visitor: Visitor, person: str) -> None:
    visitor.logs_in(person)
    visitor.goes_to("my_payments.title")
    visitor.turns_to("statements.title")
    visitor.sees("statements.intro")


def opens_the_newest_of_the_case(visitor: Visitor) -> None:
    case = visitor.says("payments.of_case", number="FL-22-0001")
    visitor.press(visitor.main.get_by_role("table").get_by_role("link", name=case).first)
