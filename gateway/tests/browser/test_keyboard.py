"""Log-in, PINs and payments with the keyboard alone, the focus always to be seen and never behind the quick exit."""

from __future__ import annotations

from typing import Any

import pytest

from ..web.parts import BOTH, CHOSEN, NEW, PIN, TEMPORARY, AuthService
from .conftest import Opener
from .keyboard import HIDDEN_FOCUS


def tab_to(page: Any, words: str, most: int = 60) -> None:
    """Presses Tab until what says these words has the focus; each stop on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(HIDDEN_FOCUS) == ""
        if page.evaluate("""() => { const one = document.activeElement;
              return (one.labels?.[0]?.textContent || one.textContent).trim(); }""").startswith(words):
            return
    raise AssertionError(f"{words!r} is not reached")


def log_in(page: Any, identifier: str, pin: str) -> None:
    page.goto("/")
    tab_to(page, "Log in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/log-in")
    tab_to(page, "Participant ID")
    page.keyboard.type(identifier)
    tab_to(page, "PIN")
    page.keyboard.type(pin)
    page.keyboard.press("Enter")


def to_payments(page: Any) -> None:
    tab_to(page, "My Payments")
    page.keyboard.press("Enter")
    page.wait_for_url("**/made-by-me")


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_from_the_letter_to_the_log_out(new_page: Opener, auth: AuthService, width: str) -> None:
    page = new_page("en", width)
    log_in(page, NEW, TEMPORARY)
    page.wait_for_url("**/new-pin")
    tab_to(page, "New PIN")
    page.keyboard.type(CHOSEN)
    tab_to(page, "New PIN again")
    page.keyboard.type(CHOSEN)
    tab_to(page, "Save my PIN")
    page.keyboard.press("Enter")
    page.wait_for_url("**/overview")
    to_payments(page)
    tab_to(page, "Payments Sent To Me")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent-to-me")
    tab_to(page, "Log out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/logged-out")
    assert auth.pins[NEW] == CHOSEN


def test_a_payment_opens_and_closes(new_page: Opener) -> None:
    page = new_page()
    log_in(page, BOTH, PIN)
    page.wait_for_url("**/overview")
    to_payments(page)
    tab_to(page, "How it was used")
    page.keyboard.press("Enter")
    assert page.locator(".story details[open]").count() == 1
    page.keyboard.press("Enter")
    assert page.locator(".story details[open]").count() == 0


def test_requesting_a_pin_and_mending_an_error(new_page: Opener) -> None:
    page = new_page()
    page.goto("/")
    tab_to(page, "Request a PIN")
    page.keyboard.press("Enter")
    page.wait_for_url("**/request-a-pin")
    tab_to(page, "Participant ID")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.locator(":focus").get_attribute("id") == "identifier", "the focus is where the error is"
    page.keyboard.press("Control+a")
    page.keyboard.type(BOTH)
    page.keyboard.press("Enter")
    page.wait_for_url("**/request-a-pin/done")


def test_changing_the_pin_oneself(new_page: Opener, auth: AuthService) -> None:
    page = new_page()
    log_in(page, BOTH, PIN)
    page.wait_for_url("**/overview")
    page.goto("/my-profile/change-pin")
    for words, pin in (("Your PIN now", PIN), ("New PIN", CHOSEN), ("New PIN again", CHOSEN)):
        tab_to(page, words)
        page.keyboard.type(pin)
    page.keyboard.press("Enter")
    page.wait_for_url("**/change-pin/done")
    assert auth.pins[BOTH] == CHOSEN


def test_a_pin_may_be_pasted(new_page: Opener) -> None:
    page = new_page()
    page.goto("/log-in")
    page.locator("#identifier").fill(PIN)
    page.locator("#identifier").press("Control+a")
    page.locator("#identifier").press("Control+c")
    page.locator("#pin").press("Control+v")
    assert page.locator("#pin").input_value() == PIN
    assert page.locator("#pin").get_attribute("autocomplete") == "current-password"
