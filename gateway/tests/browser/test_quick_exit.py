"""The quick exit: away at once, the session over, and no way back to a page of ours in that tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, select

from gateway.own_tables import sessions
from gateway.settings import SETTINGS
from servicekit.settings import Settings, load

from ..web.conftest import ENVIRONMENT
from ..web.parts import BOTH
from .conftest import Opener, log_in

Leave = Callable[[Any], None]


def press(page: Any) -> None:
    page.locator("a.exit").click(no_wait_after=True)


def escape_twice(page: Any) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


@pytest.fixture
def neutral(elsewhere: str) -> str:
    return elsewhere


@pytest.fixture
def settings(neutral: str) -> Settings:
    given = load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false"})
    values = {setting.name: getattr(given, setting.name) for setting in SETTINGS}
    return Settings(**values | {"QUICK_EXIT_URL": neutral})


@pytest.fixture
def open_page(new_page: Opener, neutral: str) -> Opener:
    def open_it(*args: Any, **kwargs: Any) -> Any:
        page = new_page(*args, **kwargs)
        page.context.route(f"{neutral}**", lambda route: route.continue_())
        return page

    return open_it


def visit_a_few_pages(page: Any, neutral: str) -> None:
    """Something else first, then ours: a link, a form that was wrong, the log-in, and a list."""
    page.goto(neutral)
    page.goto("/")
    page.locator(".hero .usa-button").first.click()
    page.locator("form.card button").click()
    log_in(page, BOTH)
    page.locator(".main-nav a").nth(1).click()
    page.locator(".tabs a").nth(1).click()
    page.wait_for_url("**/sent-to-me")


@pytest.mark.parametrize("leave", [press, escape_twice])
def test_no_page_of_ours_is_left_in_the_tab(open_page: Opener, address: str, engine: Engine, leave: Leave,
                                          neutral: str) -> None:
    page = open_page()
    visit_a_few_pages(page, neutral)
    leave(page)
    page.wait_for_url(neutral)
    shown: list[str] = []
    page.on("domcontentloaded", lambda there: shown.append(there.url))
    assert page.evaluate("history.length") <= 4
    page.go_back()
    page.wait_for_url(neutral)
    page.go_forward()
    page.wait_for_url(neutral)
    assert not [url for url in shown if url.startswith(address)]
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"cc_left"}
    with engine.connect() as conn:
        assert conn.execute(select(sessions)).all() == []


def test_from_the_first_page_nothing_remains(open_page: Opener, neutral: str) -> None:
    page = open_page()
    page.goto("/")
    press(page)
    page.wait_for_url(neutral)
    assert page.evaluate("history.length") <= 2  # the tab's own empty page, and the neutral one


def test_escape_once_only_says_what_twice_would_do(open_page: Opener) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press("Escape")
    assert page.locator(".exit-says").inner_text() == "Press Esc again to leave this site."
    page.clock.install()
    page.reload()
    page.keyboard.press("Escape")
    page.clock.fast_forward(2500)
    assert page.locator(".exit-says").inner_text() == ""


def test_every_tab_leaves(open_page: Opener, neutral: str) -> None:
    one = open_page()
    one.goto("/")
    other = one.context.new_page()
    other.goto("/log-in")
    press(one)
    other.wait_for_url(neutral)


def test_without_scripts_back_leads_away_again(open_page: Opener, engine: Engine, neutral: str) -> None:
    page = open_page(scripts=False)
    page.goto("/log-in")
    log_in(page, BOTH)
    page.locator(".main-nav a").nth(1).click()
    page.locator(".tabs a").nth(1).click()
    page.locator("a.exit").click()
    page.wait_for_url(neutral)
    with engine.connect() as conn:
        assert conn.execute(select(sessions)).all() == []
    page.go_back()
    assert page.url == neutral
    page.goto("/")
    assert page.locator("h1").inner_text().startswith("Your child support case"), "who comes anew is welcome"
    page.locator(".hero .usa-button").first.click()
    page.wait_for_url("**/log-in")


def test_what_was_logged_out_of_is_not_shown_by_going_back(open_page: Opener) -> None:
    page = open_page()
    log_in(page, BOTH)
    page.locator(".log-out button").click()
    page.wait_for_url("**/logged-out")
    page.go_back()
    page.wait_for_url("**/log-in")
    assert "$" not in page.locator("body").inner_text()
