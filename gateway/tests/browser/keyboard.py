"""A customer who has a keyboard alone: Tab or Shift+Tab to what is wanted, each stop on the way to be seen."""

from __future__ import annotations

from playwright.sync_api import ElementHandle, Locator

from .journeys import Visitor

MOST_STOPS = 80
HIDDEN_FOCUS = """() => {
  const focused = document.activeElement, boxed = focused.matches('.usa-checkbox__input, .usa-radio__input');
  const one = boxed ? focused.labels[0] : focused; // its words draw a box or a circle, and where the focus is
  const box = one.getBoundingClientRect(), style = getComputedStyle(one, boxed ? '::before' : null);
  const exit = document.querySelector('.exit');
  const at = document.elementFromPoint(box.left + Math.min(box.width, 12) / 2, box.top + box.height / 2);
  const seen = at && (one.contains(at) || at.contains(one) || one.labels?.[0]?.contains(at));
  const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return seen && marked && (one === exit || at !== exit) ? '' : one.outerHTML.slice(0, 120);
}"""
REACHED = """wanted => { const one = document.activeElement;
  return one === wanted || (wanted.type === 'radio' && one.type === 'radio' && one.name === wanted.name); }"""
"""Of several circles Tab stops at one, and arrows lead to the others."""
IS_BEFORE = """wanted => { const one = document.activeElement;
  return one !== document.body && Boolean(one.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING); }"""
LEADS_AWAY = """one => one.form ? one.type === 'submit' : one.matches('a[href]:not([href^="#"])')
  && !/\\.(csv|pdf|ics)$/.test(new URL(one.href).pathname)"""
"""Not what opens on the page, and no file."""


class KeyboardVisitor(Visitor):
    """What is done by hand, with keys; all else as everybody does it."""

    def press(self, what: Locator) -> None:
        if not self._stops_at(what).evaluate(LEADS_AWAY):
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, field: Locator, words: str) -> None:
        self._stops_at(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(words)

    def tick(self, box: Locator) -> None:
        wanted = self._stops_at(box)
        for _ in range(MOST_STOPS):
            if wanted.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        assert wanted.is_checked()

    def choose(self, field: Locator, words: str) -> None:
        self._stops_at(field)
        self.page.keyboard.type(words)

    def _stops_at(self, what: Locator) -> ElementHandle:
        wanted = what.element_handle()
        key = "Shift+Tab" if wanted.evaluate(IS_BEFORE) else "Tab"
        for _ in range(MOST_STOPS):
            if wanted.evaluate(REACHED):
                return wanted
            self.page.keyboard.press(key)
            hidden = self.page.evaluate(HIDDEN_FOCUS)
            assert not hidden or hidden.startswith("<body"), f"not to be seen: {hidden}"
        raise AssertionError(f"{what} is not reached with {key}")
