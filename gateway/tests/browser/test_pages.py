"""Every page and state × language × width: no axe violation, nothing wider than the screen, no guest, few bytes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from ..web.parts import BOTH
from .agency import Agency
from .conftest import WIDTHS, Opener, log_in, pictures
from .states import EVERYWHERE, STATES

# with make pages in both languages, with axe at both widths; else each in one language, and at its width
AXE_AT = {"en": "desktop", "es": "phone"}
SEEN = [(state, language) for number, state in enumerate(STATES) for language in ("en", "es")
        if EVERYWHERE or (number % 2 == 0) == (language == "en")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


COVERED = """() => [...document.querySelectorAll('body *:not(:modal)')]
  .filter(one => getComputedStyle(one).position === 'fixed')
  .map(one => one.getBoundingClientRect()).reduce((sum, box) => sum + box.width * box.height, 0)
  / (innerWidth * innerHeight)"""
"""How much of the window is under what does not scroll; a question that must be answered first may take it all."""
CUT_OFF = """() => [...document.querySelectorAll(':modal')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.top < 0 || box.bottom > innerHeight ||
    (one.scrollHeight > one.clientHeight && getComputedStyle(one).overflowY !== 'auto');
}).length"""
"""Questions of which a part cannot be reached."""
UNDER_OTHERS = """() => [...(document.querySelector(':modal') ?? document)
  .querySelectorAll('a[href], button, summary, select, input, textarea')].filter(one => {
  if (!one.checkVisibility({visibilityProperty: true}) || one.matches('.usa-skipnav, [type=hidden]')) return false;
  if (one.matches('.usa-checkbox__input, .usa-radio__input')) one = one.labels[0]; // what is drawn of it
  one.scrollIntoView({block: 'center', behavior: 'instant'});
  const box = one.getClientRects()[0], at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !at || !(one.contains(at) || at.contains(one) || [...one.labels ?? []].some(label => label.contains(at)));
}).map(one => one.outerHTML.slice(0, 120))"""
"""What can be pressed but lies under something else, so that a press meets that."""


def axe() -> str:
    """The rules of axe-core, out of the package that brings them."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-playwright-python is not installed")
    return next(Path(spec.origin).parent.rglob("axe.min.js")).read_text()


def violations(page: Any) -> list[str]:
    page.evaluate(axe())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)["violations"]
    return [f"{v['id']}: {[node['html'] for node in v['nodes']][:3]}" for v in found]


@pytest.mark.parametrize(("state", "language"), SEEN)
def test_every_state_can_be_used_by_everyone(new_page: Opener, agency: Agency, state: str, language: str) -> None:
    page = new_page(language)
    STATES[state](page, agency)
    assert page.locator("html").get_attribute("lang") == language
    for name, size in WIDTHS.items():
        page.set_viewport_size(size)
        with pictures() as folder:
            if folder:
                page.screenshot(path=folder / f"{state}-{language}-{name}.png", full_page=True)
        if EVERYWHERE or AXE_AT[language] == name:
            assert violations(page) == []
        if name == "phone":
            assert page.evaluate(UNDER_OTHERS) == []
    # what is left of a screen of 1280 x 1024 at 400 %, and as wide as the smallest phone
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(COVERED) < 0.15, "what stays in place leaves room to read"
    assert page.evaluate(CUT_OFF) == 0


def test_with_the_keyboard_alone(new_page: Opener) -> None:
    page = new_page()
    page.goto("/log-in")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "usa-skipnav"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(BOTH)
    page.keyboard.press("Tab")
    page.keyboard.type("482913")
    page.keyboard.press("Enter")
    page.wait_for_url("**/overview")


def test_the_first_view_is_small_and_the_next_one_smaller(new_page: Opener) -> None:
    page = new_page("en", "phone")
    sizes: list[tuple[str, int]] = []
    page.on("requestfinished", lambda request: sizes.append((request.url, request.sizes()["responseBodySize"])))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) <= 10 and sum(size for _, size in sizes) <= 100_000, sizes
    sizes.clear()
    log_in(page, BOTH)
    page.wait_for_load_state("networkidle")
    sizes.clear()
    page.goto("/my-payments/made-by-me", wait_until="networkidle")
    assert sum(size for _, size in sizes) <= 20_000, sizes
