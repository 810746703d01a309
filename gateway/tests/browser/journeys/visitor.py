"""A customer at a browser, who finds things by what they say, in the language that they read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from gateway.catalogue import Catalogue, Language

from ...web.parts import PIN
from ..agency import Agency

TEXTS = Catalogue.load("web")


def named(words: str, what: str = "") -> re.Pattern[str]:
    """A name that begins with these words: what is added for who hears it stands behind a colon or a comma."""
    return re.compile(rf"^\s*{re.escape(words)}\s*($|[:,]\s*{re.escape(what)})")


@dataclass
class Visitor:
    page: Page
    language: Language
    scripts: bool
    width: str
    agency: Agency

    # what the page says

    def says(self, key: str, **values: Any) -> str:
        return TEXTS.text(self.language, key, **values)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sees(self, key: str, **values: Any) -> None:
        self.reads(self.says(key, **values))

    def reads(self, *words: str) -> None:
        for some in words:
            expect(self.main.get_by_text(some).filter(visible=True).first).to_be_visible()

    def does_not_read(self, *words: str) -> None:
        for some in words:
            expect(self.main.get_by_text(some).filter(visible=True)).to_have_count(0)

    def is_at(self, key: str, **values: Any) -> None:
        """The page of that heading."""
        heading = self.main.get_by_role("heading", name=self.says(key, **values), exact=True)
        expect(heading.first).to_be_visible()

    # by hand: with a mouse or a finger here, in `keyboard.py` with keys

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, field: Locator, words: str) -> None:
        field.fill(words)

    def tick(self, box: Locator) -> None:
        """By its words: they draw the box, which itself lies off the screen."""
        if not box.is_checked():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
        expect(box).to_be_checked()

    def choose(self, field: Locator, words: str) -> None:
        field.select_option(label=words)

    # where to go

    def comes_to(self, path: str) -> None:
        """By a bookmark, or the address in a letter."""
        self.page.goto(path)

    def goes_to(self, key: str) -> None:
        """By the main menu."""
        menu = self.page.get_by_role("navigation", name=self.says("nav.label"), exact=True)
        self.press(menu.get_by_role("link", name=self.says(key), exact=True))

    def turns_to(self, key: str) -> None:
        """By the tabs under the heading."""
        self.press(self.main.get_by_role("navigation").get_by_role("link", name=self.says(key), exact=True))

    def follows(self, key: str, nth: int = 0, what: str = "", **values: Any) -> None:
        """A link of those words; `what` it is about says only who hears it, where there are several."""
        self.press(self.main.get_by_role("link", name=named(self.says(key, **values), what)).nth(nth))

    def follows_at_the_foot(self, key: str) -> None:
        self.press(self.page.get_by_role("contentinfo").get_by_role("link", name=self.says(key), exact=True))

    def switches_language(self) -> None:
        self.press(self.page.get_by_role("banner").get_by_role("link", name=self.says("language.other"), exact=True))
        self.language = "es" if self.language == "en" else "en"
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def goes_back(self) -> None:
        self.page.go_back()

    # what to do there

    def presses(self, key: str, nth: int = 0) -> None:
        self.press(self.main.get_by_role("button", name=named(self.says(key))).nth(nth))

    def opens(self, key: str, nth: int = 0) -> None:
        """What is folded up under these words."""
        self.press(self.main.locator("summary", has_text=named(self.says(key))).nth(nth))

    def group(self, key: str) -> Locator:
        """Fields that belong together, by what stands above them."""
        return self.main.get_by_role("group", name=self.says(key), exact=True)

    def field(self, key: str, within: Locator | None = None) -> Locator:
        optional = re.escape(self.says("typed.optional"))
        label = re.compile(rf"^\s*{re.escape(self.says(key))}(\s+{optional})?\s*$")
        return (within or self.main).get_by_label(label)

    def fills(self, key: str, words: str, within: Locator | None = None) -> None:
        self.write(self.field(key, within), words)

    def ticks(self, key: str, within: Locator | None = None) -> None:
        self.tick(self.field(key, within))

    def chooses(self, key: str, words: str) -> None:
        """One line of a list."""
        self.choose(self.field(key), words)

    def has_typed(self, key: str, words: str) -> None:
        expect(self.field(key)).to_have_value(words)

    def must_mend(self, key: str, **values: Any) -> None:
        """The page says what is wrong, before the form."""
        expect(self.main.get_by_role("alert")).to_contain_text(self.says(key, **values))

    def takes_along(self, key: str, nth: int = 0) -> tuple[str, bytes]:
        """The name and the content of the file behind a link."""
        with self.page.expect_download() as taken:
            self.follows(key, nth)
        return taken.value.suggested_filename, Path(taken.value.path()).read_bytes()

    # being somebody

    def enters(self, number: str, pin: str) -> None:
        self.fills("log_in.identifier.label", number)
        self.fills("log_in.pin.label", pin)
        self.presses("log_in.button")

    def logs_in(self, number: str, pin: str = PIN) -> None:
        self.comes_to("/log-in")
        self.enters(number, pin)
        expect(self._log_out).to_be_visible()

    def logs_out(self) -> None:
        self.press(self._log_out)
        self.is_at("logged_out.title")

    @property
    def _log_out(self) -> Locator:
        return self.page.get_by_role("banner").get_by_role("button", name=self.says("log_out.button"), exact=True)
