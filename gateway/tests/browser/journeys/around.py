"""Around one's own pages: help, whom to call, what the agency promises, and the two languages."""

from __future__ import annotations

from playwright.sync_api import expect

from ...web.parts import BOTH
from .task import task
from .visitor import Visitor


@task("help.show")
def find_an_answer_and_a_word_in_the_help(visitor: Visitor) -> None:
    visitor.comes_to("/")
    visitor.goes_to("help.page")
    visitor.opens("help.q.less.ask")
    visitor.sees("help.q.less.answer")
    visitor.is_at("help.words.title")
    visitor.sees("help.term.past_due.means")


@task("help.contact", "help.offices")
def find_the_office_of_a_county(visitor: Visitor) -> None:
    visitor.comes_to("/")
    visitor.follows_at_the_foot("contact.title")
    visitor.sees("contact.ready.title")
    visitor.follows("offices.title")
    visitor.is_at("offices.title")
    visitor.fills("offices.county", "ventura")
    visitor.presses("offices.find")
    visitor.sees("offices.found", count=1)
    visitor.reads("Ventura")
    visitor.has_typed("offices.county", "ventura")
    visitor.fills("offices.county", "Nowhere")
    visitor.presses("offices.find")
    visitor.sees("offices.none")
    visitor.follows("offices.all")
    expect(visitor.main.get_by_role("row").nth(20)).to_be_visible()


@task("policies.privacy", "policies.accessibility", "policies.safety")
def read_what_the_agency_promises(visitor: Visitor) -> None:
    visitor.comes_to("/")
    for page, says in (("privacy.title", "privacy.cookies.title"), ("access.title", "access.done.title"),
                       ("safety.title", "safety.now")):
        visitor.follows_at_the_foot(page)
        visitor.is_at(page)
        visitor.sees(says)


@task("overview.show", "home.show")
def read_in_the_other_language_from_then_on(visitor: Visitor) -> None:
    visitor.comes_to("/")
    visitor.switches_language()
    visitor.is_at("home.heading")
    visitor.follows("log_in.button")
    visitor.is_at("log_in.title")
    visitor.logs_in(BOTH)
    visitor.is_at("overview.heading")
    visitor.logs_out()
    visitor.comes_to("/")
    visitor.is_at("home.heading")


@task("my_payments.made")
def change_the_language_in_the_middle(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.goes_to("my_payments.title")
    visitor.turns_to("payments.sent.title")
    visitor.switches_language()
    visitor.sees("payments.sent.intro")
    visitor.turns_to("payments.made.title")
    visitor.sees("payments.made.intro")
