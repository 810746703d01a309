"""Getting in and out: the log-in, the first PIN, asking for one, and leaving again."""

from __future__ import annotations

from playwright.sync_api import expect

from ...web.parts import BOTH, CHOSEN, NEW, PIN, SSN, TEMPORARY
from .task import task
from .visitor import Visitor


@task("home.show", "log_in.form", "overview.show")
def log_in_from_the_home_page(visitor: Visitor) -> None:
    visitor.comes_to("/")
    visitor.is_at("home.heading")
    visitor.follows("log_in.button")
    visitor.is_at("log_in.title")
    visitor.enters(SSN, PIN)
    visitor.is_at("overview.heading")


@task()
def find_out_where_the_number_is_and_mend_a_wrong_pin(visitor: Visitor) -> None:
    visitor.comes_to("/log-in")
    visitor.opens("log_in.where")
    visitor.sees("help.term.participant_id.means")
    visitor.enters(BOTH, "")
    visitor.must_mend("log_in.pin.missing")
    visitor.has_typed("log_in.identifier.label", BOTH)
    visitor.enters(BOTH, "739284")
    visitor.must_mend("log_in.not_accepted")
    visitor.has_typed("log_in.pin.label", "")
    visitor.enters(BOTH, PIN)
    visitor.is_at("overview.heading")


@task("change_pin.form", "overview.show")
def choose_a_pin_at_the_first_log_in(visitor: Visitor) -> None:
    visitor.logs_in(NEW, TEMPORARY)
    visitor.is_at("change_pin.title")
    visitor.comes_to("/my-payments")
    visitor.is_at("change_pin.title")  # nothing else can be done before
    for new, again, wrong in (("123456", "123456", "change_pin.weak.run"), (CHOSEN, "640276", "change_pin.different")):
        chooses_a_pin(visitor, new, again)
        visitor.must_mend(wrong)
        visitor.has_typed("change_pin.new.label", "")
    chooses_a_pin(visitor, CHOSEN, CHOSEN)
    visitor.sees("change_pin.done")
    assert visitor.agency.auth.pins[NEW] == CHOSEN


def chooses_a_pin(visitor: Visitor, new: str, again: str) -> None:
    visitor.fills("change_pin.new.label", new)
    visitor.fills("change_pin.again.label", again)
    visitor.presses("change_pin.button")


@task("request_pin.form", "request_pin.done")
def request_a_pin(visitor: Visitor) -> None:
    visitor.comes_to("/")
    visitor.goes_to("request_pin.nav")
    visitor.is_at("request_pin.title")
    visitor.fills("log_in.identifier.label", "12")
    visitor.presses("request_pin.button")
    visitor.must_mend("log_in.identifier.wrong")
    visitor.fills("log_in.identifier.label", BOTH)
    visitor.presses("request_pin.button")
    visitor.is_at("request_pin.done.title")
    visitor.sees("request_pin.next.step1")
    visitor.does_not_read(BOTH)
    visitor.follows("request_pin.done.back")
    visitor.is_at("log_in.title")


@task("leaving.logged_out")
def log_out(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.logs_out()
    visitor.goes_back()
    expect(visitor.main).not_to_contain_text("$")
    visitor.comes_to("/overview")
    visitor.is_at("log_in.title")


@task("leaving.leave")
def leave_at_once(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.press(visitor.page.get_by_role("banner").get_by_role("link", name=visitor.says("exit"), exact=True))
    expect(visitor.page.get_by_role("heading", name="Sunny")).to_be_visible()
    visitor.goes_back()
    expect(visitor.page.get_by_role("heading", name="Sunny")).to_be_visible()
    visitor.comes_to("/overview")
    visitor.is_at("log_in.title")
