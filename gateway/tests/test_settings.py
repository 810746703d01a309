"""Another agency brands the portal by settings alone, and a setting that cannot be right is refused at the start."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventkit.crypto import generate_key
from gateway import theme
from gateway.settings import SETTINGS
from gateway.web import assets
from servicekit.settings import SettingsError, load

GIVEN = {"AUTH_PUBLIC_KEY": "a1:public", "SECRET_KEY": "x" * 32, "CASES_PUBLIC_KEY": "c1:public",
         "SHOWN_KEYS": generate_key("s1")}


def test_what_is_not_said_is_safe() -> None:
    settings = load(SETTINGS, GIVEN)
    assert settings.SECURE_COOKIES is True
    assert settings.SESSION_IDLE_MINUTES / timedelta(minutes=1) == 15
    assert settings.PUBLIC_HOST == "127.0.0.1"


@pytest.mark.parametrize(("name", "value"), [
    ("LOGO_FILE", "/nowhere/seal.svg"), ("FOOTER_LINKS_EN", "Our county=http://plain.example"),
    ("FOOTER_LINKS_EN", "https://county.example"),
    ("SECRET_KEY", "short"), ("AGENCY_TIME_ZONE", "Mars/Olympus"), ("QUICK_EXIT_URL", "http://plain.example"),
    ("THEME_COLORS", "primary=red"), ("THEME_COLORS", "primary=#005ea2;}body{"), ("SECURE_COOKIES", "perhaps"),
    ("SHOWN_KEYS", "s1:short"), ("OFFICES_FILE", "/nowhere/offices.toml"), ("CHANGES_A_DAY", "0"),
    ("REPORTS_A_DAY", "several"), ("FASTAGI_PEERS", "everybody"), ("FASTAGI_SAY", "Espeak"),
])
def test_a_setting_that_cannot_be_right_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as refused:
        load(SETTINGS, {**GIVEN, name: value})
    assert value not in str(refused.value)


def style(theme: dict[str, str] | None) -> tuple[str, str]:
    """The address of the style sheet and what is in it."""
    app = Flask(__name__, static_folder=None)
    assets.install(app, theme)
    address = app.jinja_env.globals["asset"]("portal.css")  # type: ignore[operator]
    client: FlaskClient = app.test_client()
    return address, client.get(address).text


def test_colors_are_another_agencys_by_a_setting() -> None:
    plain, _ = style(None)
    branded, css = style(load(SETTINGS, {**GIVEN, "THEME_COLORS": "primary=#7a0019, focus=#a15c00"}).THEME_COLORS)
    assert css.endswith(":root{--primary:#7a0019;--focus:#a15c00}")
    assert branded != plain, "browsers must not go on with the old colors"


def test_the_style_sheet_is_small_and_fetches_nothing_from_elsewhere() -> None:
    _, css = style(None)
    assert len(gzip.compress(css.encode())) < 12_000
    assert not re.search(r"@import|url\((?!\"/static/|\"\"\))", css)


@pytest.mark.parametrize(("colors", "said"), [
    ("primary=#9fc5e8", "white on primary has a contrast of 1.8 to 1, and needs 4.5"),
    ("focus=#ffcc33", "focus on ground has a contrast of 1.5 to 1, and needs 3.0"),
    ("quiet=#999999", "quiet on ground has a contrast of 2.8 to 1"),
    ("prmary=#005ea2", "of: primary, primary-dark"),
])
def test_colors_that_not_everyone_could_read_are_refused_at_the_start(colors: str, said: str) -> None:
    with pytest.raises(SettingsError, match="THEME_COLORS") as refused:
        load(SETTINGS, {**GIVEN, "THEME_COLORS": colors})
    assert said in str(refused.value)


def test_our_own_colors_can_be_read_by_everyone() -> None:
    assert theme.unreadable(theme.ours()) == []


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(theme.contrast("#000000", "#ffffff"), 2) == 21
    assert round(theme.contrast("#777777", "#ffffff"), 2) == 4.48
