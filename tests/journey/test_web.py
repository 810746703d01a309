"""The journey: a file, a letter, a forced change, the payments on the page. In a real browser, in both languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browser import PHONE, browsing, chromium
from customer import choose_pin, log_in, request_pin, visit
from letters import manifest_of, pin_in, print_letters, text_of
from people import PAYEE, PAYOR, STRANGER, collection
from suite import write_csv

from eventkit.testing.processes import wait_until

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
SHOTS = Path(os.environ["CC_SCREENSHOTS"]) if os.environ.get("CC_SCREENSHOTS") else None
NEW_PIN = "483916"


@pytest.fixture(scope="module")
def browser():
    with browsing() as browser:
        yield browser


def shoot(page, name):
    if SHOTS:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)


def test_from_the_agencys_file_to_the_page(agency, browser):
    """A PIN is requested, mailed, works once, must be changed; then the payments of the file are there."""
    page = visit(browser, agency)
    shoot(page, "home-en-desktop")
    request_pin(page, PAYOR.participant_id)
    shoot(page, "requested-en-desktop")
    [letter] = print_letters(agency)
    temporary = pin_in(letter)
    assert PAYOR.ssn not in text_of(letter)
    assert manifest_of(letter)["count"] == 1

    log_in(page, agency.address, PAYOR.participant_id, temporary)
    assert page.url.endswith("/new-pin"), "a temporary PIN opens the forced change and nothing else"
    shoot(page, "new-pin-en-desktop")
    page.goto(f"{agency.address}/my-payments/made-by-me")
    assert page.url.endswith("/new-pin")
    choose_pin(page, "123456")
    assert page.url.endswith("/new-pin"), "a run of digits is not accepted"
    shoot(page, "new-pin-weak-en-desktop")
    choose_pin(page, NEW_PIN)
    page.goto(f"{agency.address}/my-payments/made-by-me")
    shown = page.inner_text("main")
    for amount in ("$450.12", "$1,234.56"):
        assert amount in shown
    assert shown.index("$1,234.56") < shown.index("$450.12"), "newest first"
    shoot(page, "made-en-desktop")

    page.locator("form.log-out button").click()
    page.goto(f"{agency.address}/my-payments/made-by-me")
    assert page.url.split("?")[0].endswith("/log-in")
    log_in(page, agency.address, PAYOR.participant_id, temporary)
    assert page.url.endswith("/log-in"), "a temporary PIN works once"
    shoot(page, "refused-en-desktop")
    log_in(page, agency.address, PAYOR.ssn, NEW_PIN)
    assert page.url.endswith("/overview"), "the new PIN works, with the SSN as well"

    more = write_csv(agency.folder / "late.csv", [collection(9, 77777, "2026-11-20")])
    agency.run("payments", "import", "collections", str(more))
    page.goto(f"{agency.address}/my-payments/made-by-me")
    wait_until(lambda: page.reload() and "$777.77" in page.inner_text("main"), within=10, every=0.1)


def test_the_same_in_spanish_on_a_phone(agency, browser):
    page = visit(browser, agency, "es", PHONE)
    shoot(page, "home-es-phone")
    assert page.locator("html").get_attribute("lang") == "es"
    request_pin(page, PAYEE.participant_id)
    [letter] = print_letters(agency)
    assert "PIN temporal" in text_of(letter)
    log_in(page, agency.address, PAYEE.participant_id, pin_in(letter))
    shoot(page, "new-pin-es-phone")
    choose_pin(page, "730284")
    page.goto(f"{agency.address}/my-payments/sent-to-me")
    shown = page.inner_text("main")
    assert "Pagos Enviados Para Mí" in page.inner_text("body")
    assert "$1,199.56" in shown, "what came in, less the year's service fee"
    assert "5 nov" in shown
    shoot(page, "sent-es-phone")
    page.goto(f"{agency.address}/my-payments/made-by-me")
    shoot(page, "made-empty-es-phone")
    assert "$" not in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_unknown_id_a_wrong_pin_and_no_pin_look_the_same(agency, browser):
    texts = set()
    for identifier in ("9999999999", STRANGER.participant_id, "123-45-6789"):
        page = visit(browser, agency)
        log_in(page, agency.address, identifier, "905173")
        texts.add(page.inner_text("main"))
    assert len(texts) == 1
    answers = set()
    for identifier in ("9999999999", STRANGER.participant_id):
        page = visit(browser, agency)
        request_pin(page, identifier)
        answers.add(page.inner_text("main"))
    assert len(answers) == 1
