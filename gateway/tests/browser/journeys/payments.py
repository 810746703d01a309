"""Lists of payments: choosing, paging, the story of each, the picture of all, and taking them along."""

from __future__ import annotations

from playwright.sync_api import expect

from ...web.parts import BOTH, PAYEE, PAYOR
from .task import task
from .visitor import Visitor


def opens_payments_made(visitor: Visitor, person: str = BOTH) -> None:
    visitor.logs_in(person)
    visitor.goes_to("my_payments.title")
    visitor.turns_to("payments.made.title")


def opens_payments_sent(visitor: Visitor) -> None:
    visitor.logs_in(PAYEE)
    visitor.goes_to("my_payments.title")
    visitor.turns_to("payments.sent.title")


def counts(visitor: Visitor, payments: int) -> None:
    """Each payment of a list has a story to open."""
    expect(visitor.main.locator("tr.story")).to_have_count(payments)


@task("my_payments.choose", "my_payments.made")
def narrow_the_list_to_some_days_and_one_way_of_paying(visitor: Visitor) -> None:
    opens_payments_made(visitor)
    visitor.opens("filters.title")
    visitor.fills("filters.from", "2026-03-11")
    visitor.fills("filters.to", "2026-04-01")
    visitor.chooses("filters.how", visitor.says("made.source.income_withholding"))
    visitor.presses("filters.show")
    counts(visitor, 3)
    visitor.reads("$200.09", "$200.07")
    visitor.sees("filters.chosen")
    visitor.switches_language()
    counts(visitor, 3)
    visitor.has_typed("filters.from", "2026-03-11")
    visitor.follows("filters.all")
    counts(visitor, 25)


@task()
def narrow_the_list_to_one_case(visitor: Visitor) -> None:
    opens_payments_made(visitor, PAYOR)
    visitor.opens("filters.title")
    visitor.chooses("filters.case", "FL-23-0042")
    visitor.presses("filters.show")
    counts(visitor, 1)
    visitor.reads("$900.00")


@task()
def mend_days_that_cannot_be(visitor: Visitor) -> None:
    opens_payments_made(visitor)
    visitor.opens("filters.title")
    visitor.fills("filters.from", "2026-05-02")
    visitor.fills("filters.to", "2026-05-01")
    visitor.presses("filters.show")
    visitor.must_mend("filters.to.before")
    visitor.has_typed("filters.from", "2026-05-02")
    visitor.has_typed("filters.to", "2026-05-01")
    visitor.fills("filters.to", "5/31/2026")
    visitor.presses("filters.show")
    counts(visitor, 2)
    visitor.fills("filters.from", "2030-01-01")
    visitor.fills("filters.to", "")
    visitor.presses("filters.show")
    visitor.sees("filters.none.title")


@task()
def turn_the_pages_of_a_list(visitor: Visitor) -> None:
    opens_payments_made(visitor)
    counts(visitor, 25)
    visitor.follows("pager.older")
    counts(visitor, 5)
    visitor.reads("$200.00")
    visitor.follows("pager.newer")
    visitor.reads("$200.29")
    counts(visitor, 25)


@task()
def open_the_story_of_a_payment_and_the_words_in_it(visitor: Visitor) -> None:
    opens_payments_made(visitor)
    visitor.does_not_read(visitor.says("made.step.paid"))
    visitor.opens("payments.made.story", nth=1)
    visitor.sees("made.step.paid")
    visitor.opens("payments.made.story", nth=1)
    visitor.does_not_read(visitor.says("made.step.paid"))
    visitor.opens("payments.terms.title")
    visitor.sees("payments.terms.made.applied")


@task("my_payments.sent", "my_payments.received")
def see_where_each_payment_went(visitor: Visitor) -> None:
    opens_payments_sent(visitor)
    visitor.reads("$240.00")
    visitor.opens("payments.sent.story", nth=1)
    visitor.sees("payments.terms.sent.issued")
    visitor.follows("payments.sent.less.link")
    visitor.sees("payments.received.intro")
    visitor.opens("payments.received.story", nth=1)
    expect(visitor.main.locator("tr.story li").filter(visible=True).first).to_contain_text("$")
    visitor.follows("payments.sent.title")
    visitor.sees("payments.sent.intro")


@task()
def look_at_the_months(visitor: Visitor) -> None:
    opens_payments_made(visitor)
    expect(visitor.main.get_by_role("img")).to_be_visible()
    visitor.opens("chart.table")
    table = visitor.main.get_by_role("table", name=visitor.says("chart.title"))
    expect(table.get_by_role("row")).to_have_count(13)
    visitor.follows("chart.show", count=24)
    visitor.opens("chart.table")
    expect(table.get_by_role("row")).to_have_count(25)


@task("payment_files.made_csv", "payment_files.made_pdf")
def take_payments_made_along(visitor: Visitor) -> None:
    opens_payments_made(visitor)
    takes_both_files(visitor, "made")


@task("payment_files.sent_csv", "payment_files.sent_pdf")
def take_payments_sent_along(visitor: Visitor) -> None:
    opens_payments_sent(visitor)
    takes_both_files(visitor, "sent")


@task("payment_files.received_csv", "payment_files.received_pdf")
def take_payments_received_along(visitor: Visitor) -> None:
    opens_payments_sent(visitor)
    visitor.follows("payments.sent.less.link")
    visitor.sees("payments.received.intro")
    takes_both_files(visitor, "received")


def takes_both_files(visitor: Visitor, kind: str) -> None:
    """Their names and their words are in the reader's language."""
    visitor.sees("files.stays")
    called, first_head = visitor.says(f"files.name.{kind}"), "sent" if kind == "sent" else "made"
    name, content = visitor.takes_along("files.csv")
    assert name == f"{called}-2026-11-03.csv"
    assert content.decode("utf-8-sig").startswith(visitor.says(f"payments.{first_head}.on"))
    name, content = visitor.takes_along("files.pdf")
    assert name == f"{called}-2026-11-03.pdf" and content.startswith(b"%PDF")
