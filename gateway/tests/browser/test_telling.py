"""Telling the agency something, in a real browser: with and without scripts, by keyboard alone, and what goes wrong."""

from __future__ import annotations

import pytest

from ..web.cases_service import CasesService
from ..web.parts import BOTH, PAYEE
from .conftest import WIDTHS, Opener, log_in


@pytest.mark.parametrize("scripts", [False, True])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_menu_to_a_new_phone_number(new_page: Opener, desk: CasesService, language: str, width: str,
                                             scripts: bool) -> None:
    page = new_page(language, width, scripts)
    log_in(page, BOTH)
    page.locator("nav.main-nav a", has_text={"en": "My Profile", "es": "Mi Perfil"}[language]).click()
    page.locator(".file .change a").nth(1).click()
    page.locator("#phone_home").fill("(805) 555-0142")
    page.locator("form.card button").click()
    assert "CC-7K3M-9QP1" in page.locator(".alert").inner_text()
    assert desk.done == [("update_contact", {"phone_home": "805-555-0142"})]
    page.locator("a.language").click()
    assert page.locator("html").get_attribute("lang") != language
    assert "CC-7K3M-9QP1" in page.locator(".alert").inner_text(), "also in the other language"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_an_appointment_is_confirmed_and_then_moved_without_scripts(new_page: Opener, desk: CasesService,
                                                                    language: str, width: str) -> None:
    page = new_page(language, width, scripts=False)
    log_in(page, BOTH)
    page.goto("/dates")
    page.locator(".do form button").click()
    assert page.locator(".tag.confirmed").count() == 1 and page.locator(".do form button").count() == 0
    page.locator(".do a.outline").first.click()
    page.locator("#times").fill("Los lunes")
    page.locator("form.card button").click()
    assert page.locator(".tag.reschedule_requested").count() == 1
    assert [name for name, _ in desk.done] == ["confirm_appointment", "request_reschedule"]


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
    page.locator(".alert.error a").click()
    assert page.locator(":focus").get_attribute("id") == "zip", "the summary leads there too"


def test_a_calendar_file_is_taken_along(new_page: Opener) -> None:
    page = new_page("es")
    log_in(page, BOTH)
    page.goto("/dates")
    with page.expect_download() as download:
        page.locator(".plain-link").first.click()
    assert download.value.suggested_filename == "date.ics"


def test_a_button_that_is_pressed_twice_acts_once(new_page: Opener, desk: CasesService) -> None:
    page = new_page()
    log_in(page, BOTH)
    page.goto("/my-profile/update/email")
    page.locator("#email").fill("ana@mail.example")
    page.locator("form.card button").dblclick(no_wait_after=True)
    page.wait_for_url("**/my-profile?sent=*")
    assert len(desk.done) == 1
