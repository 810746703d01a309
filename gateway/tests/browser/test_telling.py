"""Telling the agency something, beside the tasks: by keyboard alone, pressed twice, the focus where the mistake is."""

from __future__ import annotations

import pytest

from ..web.cases_service import CasesService
from ..web.parts import BOTH, PAYEE
from .conftest import Opener, log_in


def test_the_other_partys_information_with_the_keyboard_alone(new_page: Opener, desk: CasesService) -> None:
    page = new_page()
    log_in(page, PAYEE)
    page.goto("/my-profile/other-party?lang=en")
    page.locator("#safety_concern").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Rob")
    page.keyboard.press("Enter")
    page.wait_for_url("**/other-party/done/*")
    assert desk.done == [("report_other_party", {"case_id": "C1", "names_aliases": "Rob", "safety_concern": True})]
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("#names_aliases").input_value() == "", "what was sent is not in the form one comes back to"


@pytest.mark.parametrize("scripts", [False, True])
def test_the_focus_is_where_the_first_mistake_is(new_page: Opener, scripts: bool) -> None:
    page = new_page("es", "phone", scripts)
    log_in(page, BOTH)
    page.goto("/my-profile/update/address")
    page.locator("#line1").fill("450 Main Street")
    page.locator("#city").fill("Oxnard")
    page.locator("#state").fill("CA")
    page.locator("#zip").fill("930")
    page.locator("form.card button").click()
    assert page.locator(":focus").get_attribute("id") == "zip"
    assert page.locator("#line1").input_value() == "450 Main Street"
    page.locator(".usa-alert--error a").click()
    assert page.locator(":focus").get_attribute("id") == "zip", "the summary leads there too"


def test_a_button_that_is_pressed_twice_acts_once(new_page: Opener, desk: CasesService) -> None:
    page = new_page()
    log_in(page, BOTH)
    page.goto("/my-profile/update/email")
    page.locator("#email").fill("ana@mail.example")
    page.locator("form.card button").dblclick(no_wait_after=True)
    page.wait_for_url("**/my-profile?sent=*")
    assert len(desk.done) == 1
