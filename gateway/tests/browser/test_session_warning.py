"""The warning before a session ends: in time, for everybody, with one press to go on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

import gateway.web.app
from gateway.wiring import make_app
from servicekit.settings import Settings

from ..web import diary
from ..web.parts import BOTH, AuthService, Clock
from .conftest import Opener, log_in
from .test_pages import violations


@pytest.fixture
def app(engine: Engine, auth: AuthService, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(gateway.web.app, "PAGES", (*gateway.web.app.PAGES, diary.pages))
    return make_app(settings, engine, auth, clock)


def passes(page: Any, clock: Clock, seconds: int) -> None:
    """For the server and for the browser."""
    clock.passes(seconds=seconds)
    page.clock.fast_forward(seconds * 1000)


@pytest.fixture
def page(new_page: Opener) -> Any:
    page = new_page()
    page.clock.install()
    log_in(page, BOTH)
    page.goto("/diary")
    return page


def warned(page: Any, clock: Clock) -> Any:
    passes(page, clock, 749)
    assert not page.locator("#session-warning").is_visible()
    passes(page, clock, 10)
    dialog = page.locator("#session-warning")
    dialog.wait_for()
    return dialog


def test_it_comes_in_time_and_is_heard_and_one_press_goes_on(page: Any, clock: Clock) -> None:
    page.locator("#text").focus()
    dialog = warned(page, clock)
    assert page.locator(":focus").inner_text() == "Stay logged in"
    assert page.title() == "Are you still there?"
    assert dialog.get_by_role("timer").inner_text().startswith("2:")
    assert violations(page) == []
    passes(page, clock, 82)
    dialog.get_by_text("1 minute left").wait_for(state="attached")
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    assert page.locator(":focus").get_attribute("id") == "text", "back to where one was"
    assert page.title().endswith("Customer Connect")
    passes(page, clock, 700)
    assert not dialog.is_visible()
    assert "10:49" in page.locator(".session-end").inner_text()


def test_escape_goes_on_as_well(page: Any, clock: Clock) -> None:
    dialog = warned(page, clock)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.url.endswith("/diary")


def test_who_was_there_in_another_tab_is_not_warned(page: Any, clock: Clock) -> None:
    passes(page, clock, 600)
    page.context.new_page().goto("/my-payments")
    with page.expect_response("**/session"):
        passes(page, clock, 160)
    passes(page, clock, 30)
    assert not page.locator("#session-warning").is_visible()


def test_logging_out_from_the_warning(page: Any, clock: Clock) -> None:
    warned(page, clock).get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logged-out")


def test_logging_out_from_the_warning_with_the_keyboard(page: Any, clock: Clock) -> None:
    warned(page, clock)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Log out"
    page.keyboard.press("Shift+Tab")
    assert page.locator(":focus").inner_text() == "Stay logged in"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/logged-out")


def test_what_was_typed_is_there_after_the_log_in(page: Any, clock: Clock) -> None:
    page.locator("#text").fill("My street has changed.")
    warned(page, clock)
    passes(page, clock, 150)
    page.get_by_text("We kept what you typed").wait_for()
    page.get_by_role("link", name="Log in").last.click()
    log_in(page, BOTH)
    assert page.url.endswith("/diary")
    assert page.locator("#text").input_value() == "My street has changed."


def test_the_page_goes_when_the_session_does(page: Any, clock: Clock) -> None:
    warned(page, clock)
    passes(page, clock, 150)
    page.get_by_text("Your session has ended").first.wait_for()
    assert page.locator("#text").count() == 0
