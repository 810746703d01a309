"""Another state's portal is ours with other settings: nothing of the first state is left, and everyone can read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from gateway.settings import SETTINGS
from gateway.wiring import make_app
from servicekit.settings import load

from .conftest import ENVIRONMENT
from .parts import AuthService, Clock, Visitor, words_of
from .test_language import pages_of_everyone

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#7a0019"/></svg>'
OURS = ("Customer Connect", "Cliente Conectado", "1-866-901-3212", "1-866-399-4096", "1-408-273-0073", "weather.gov",
        "icon.svg", "Child Support Agency")


@pytest.fixture
def new_visitor(engine: Engine, auth: AuthService, clock: Clock, tmp_path: Path) -> Callable[..., Visitor]:
    (tmp_path / "seal.svg").write_bytes(LOGO)
    settings = load(SETTINGS, {
        **ENVIRONMENT, "SECURE_COOKIES": "false", "AGENCY_TIME_ZONE": "America/Chicago",
        "PORTAL_NAME_EN": "North Star Support", "PORTAL_NAME_ES": "Apoyo Estrella del Norte",
        "AGENCY_NAME_EN": "North Star County", "AGENCY_NAME_ES": "Condado Estrella del Norte",
        "CUSTOMER_PHONE": "1-800-555-0100", "CUSTOMER_TTY": "1-800-555-0101", "CUSTOMER_PHONE_ABROAD": "1-651-555-0102",
        "OFFICE_HOURS_EN": "Weekdays, 7 a.m. to 6 p.m.", "OFFICE_HOURS_ES": "días hábiles, de 7 a.m. a 6 p.m.",
        "QUICK_EXIT_URL": "https://www.usa.gov/", "LOGO_FILE": str(tmp_path / "seal.svg"),
        "THEME_COLORS": "primary=#7a0019,primary-dark=#5b0013,primary-darker=#3d000d,primary-light=#f6e3e6",
        "FOOTER_LINKS_EN": "Our county=https://county.example; Forms=https://forms.example/en",
        "FOOTER_LINKS_ES": "Nuestro condado=https://county.example/es",
    })
    app = make_app(settings, engine, auth, clock)
    return lambda language="en": Visitor(app.test_client(), language)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_says_anything_of_the_first_state(new_visitor: Callable[..., Visitor], auth: AuthService,
                                                  language: str) -> None:
    found = pages_of_everyone(new_visitor, auth, language)
    left = {name: ours for name, page in found.items() if (ours := [one for one in OURS if one in page.text])}
    assert not left


def test_names_numbers_links_and_the_logo_are_theirs(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor()
    page = visitor.get("/contact")
    words = words_of(page)
    assert "Contact us | North Star Support" in words and "North Star County" in words
    assert "1-651-555-0102" in words and "Weekdays, 7 a.m. to 6 p.m." in words
    assert '<a href="https://forms.example/en" rel="noreferrer">Forms</a>' in page.text
    logo = re.search(r'<img src="(/static/[0-9a-f]{16}/logo\.svg)" alt=""', page.text)
    assert logo and visitor.get(logo.group(1)).data == LOGO
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page.text)
    assert sheet and "--primary:#7a0019" in visitor.get(sheet.group(1)).text
    assert "Nuestro condado" in new_visitor("es").get("/").text
    assert visitor.get("/leave", follow=False).location == "https://www.usa.gov/"
