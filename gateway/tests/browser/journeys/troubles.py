"""When something does not go as it should: every page then says what is the matter and what to do."""

from __future__ import annotations

from playwright.sync_api import expect

from ...web.parts import BOTH, PIN
from .profile import is_told_it_is_saved, opens_change_of
from .task import task
from .visitor import Visitor


@task("home.show")
def follow_an_address_that_is_none(visitor: Visitor) -> None:
    visitor.comes_to("/nothing-here")
    visitor.is_at("error.not_found.title")
    visitor.follows("error.home")
    visitor.is_at("home.heading")


@task()
def try_too_often(visitor: Visitor) -> None:
    for _ in range(11):
        visitor.comes_to("/request-a-pin")
        visitor.fills("log_in.identifier.label", BOTH)
        visitor.presses("request_pin.button")
        expect(visitor.field("log_in.identifier.label")).to_have_count(0)
    visitor.is_at("error.too_many.title")
    visitor.sees("error.too_many.do")
    visitor.agency.clock.passes(hours=1)
    visitor.comes_to("/request-a-pin")
    visitor.fills("log_in.identifier.label", BOTH)
    visitor.presses("request_pin.button")
    visitor.is_at("request_pin.done.title")


@task()
def send_more_changes_than_a_day_takes(visitor: Visitor) -> None:
    opens_change_of(visitor, "email")
    visitor.fills("update.email", "last@mail.example")
    sends_as_many_as_are_taken(visitor)
    visitor.presses("update.button")
    visitor.is_at("error.too_many_today.title")
    visitor.sees("error.too_many_today.do")
    assert {"email": "last@mail.example"} not in [changes for _, changes in visitor.agency.desk.done]


def sends_as_many_as_are_taken(visitor: Visitor) -> None:
    token = visitor.main.locator("[name=form_token]").input_value()
    for number in range(20):
        form = {"form_token": token, "email": f"{number}@mail.example"}
        visitor.page.request.post("/my-profile/update/email", form=form, max_redirects=0)


@task()
def log_in_while_pins_cannot_be_checked(visitor: Visitor) -> None:
    visitor.agency.auth.away = True
    visitor.comes_to("/log-in")
    visitor.enters(BOTH, PIN)
    visitor.is_at("error.auth_away.title")
    visitor.goes_to("log_in.button")
    visitor.sees("away.title")
    visitor.agency.auth.away = False
    visitor.enters(BOTH, PIN)
    visitor.is_at("overview.heading")


@task("my_information.form")
def send_a_change_again_that_got_no_answer(visitor: Visitor) -> None:
    opens_change_of(visitor, "email")
    visitor.fills("update.email", "ana@mail.example")
    visitor.agency.desk.away = True
    visitor.presses("update.button")
    visitor.sees("typed.away.title")
    visitor.has_typed("update.email", "ana@mail.example")
    visitor.agency.desk.away = False
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    assert len(visitor.agency.desk.done) == 1
