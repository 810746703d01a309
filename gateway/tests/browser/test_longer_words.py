"""Every page with words a third longer than ours: nothing is cut, nothing is wider than a small screen."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil

import pytest
from flask import Flask
from sqlalchemy import Engine

from gateway.catalogue import Catalogue, Forms
from gateway.web.portal import EXTENSION
from gateway.wiring import make_app
from servicekit.settings import Settings

from ..web.cases_service import CasesService, Services
from ..web.parts import AuthService, Clock
from .agency import Agency
from .conftest import Opener, pictures
from .states import STATES, USUAL

LONGER = 0.35
CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (!one.textContent.trim() || box.width < 2 || !one.checkVisibility({contentVisibilityAuto: true})) return false;
  if (style.position === 'absolute' || style.display === 'none') return false;
  const clips = style.overflowX !== 'visible' || style.textOverflow === 'ellipsis';
  return (clips && one.scrollWidth > one.clientWidth + 1) || box.right > innerWidth + 1;
}).map(one => one.outerHTML.slice(0, 120))"""
"""What is cut off by itself or by the screen; not what is moved out of sight on purpose."""


def longer(forms: Forms) -> Forms:
    """Each word grows by its own beginning; placeholders stay."""
    return tuple(re.sub(r"(\\{\w+\\}|\{\w+\})|[^\W\d_]+", _grow, form) for form in forms)


def _grow(found: re.Match[str]) -> str:
    word = found.group()
    return word if found.group(1) else word + word[:ceil(len(word) * LONGER)].lower()


def pseudo(texts: Catalogue) -> Catalogue:
    spanish = {key: longer(forms) for key, forms in texts.texts["es"].items()}
    return replace(texts, texts={**texts.texts, "es": spanish})


@pytest.fixture
def app(engine: Engine, auth: AuthService, desk: CasesService, settings: Settings, clock: Clock) -> Flask:
    app = make_app(settings, engine, Services(auth, desk), clock)
    portal = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(portal, texts=pseudo(portal.texts), plain_texts={})
    return app


def test_words_grow_and_values_stay() -> None:
    assert longer(("Pagos de {month}", "Sí")) == ("Pagospa ded {month}", "Sís")


@pytest.mark.parametrize("state", USUAL)
def test_longer_words_break_no_page(new_page: Opener, agency: Agency, state: str) -> None:
    page = new_page("es", 320)
    STATES[state](page, agency)
    with pictures() as folder:
        if folder:
            page.screenshot(path=folder / f"longer-{state}.png", full_page=True)
    for _ in ("as it comes", "with all opened"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(CUT) == []
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
