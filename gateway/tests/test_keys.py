"""Every text of the catalogues is said somewhere, and every text that the code can ask for is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import gateway
from gateway.catalogue import Catalogue

from .keys_written import HOLE, Written, written_in

try:
    from .keys_made import BY_HAND, KINDS_OF_SUPPORT, MADE, ON_THE_PHONE, OTHER, PIN_RULES, SAID, SERVICES
except FileNotFoundError as missing:
    pytest.skip(f"there are no contracts beside us: {missing.filename}", allow_module_level=True)

HERE = Path(gateway.__path__[0])


@dataclass(frozen=True)
class Area:
    """A catalogue, the code that says its texts, and what that code puts together."""

    texts: frozenset[str]
    code: Written
    made: Mapping[str, Collection[str | tuple[str, ...]]]
    said: Mapping[str, Collection[str]]

    @property
    def filled(self) -> set[str]:
        return {_filled(pattern, value) for pattern, values in self.made.items() for value in values}

    @property
    def told(self) -> set[str]:
        return {f"{prefix}.{code.lower()}" for prefix, codes in self.said.items() for code in (*codes, OTHER)}

    def could_be_a_key(self, pattern: str) -> bool:
        """What begins with a hole goes behind a beginning of `said`; alone it could be any key."""
        matcher = re.compile(re.escape(pattern).replace(re.escape(HOLE), r"[a-z_0-9]+"))
        return not pattern.startswith(HOLE) and any(matcher.fullmatch(key) for key in self.texts | self.said.keys())


def _filled(pattern: str, value: str | tuple[str, ...]) -> str:
    for part in (value,) if isinstance(value, str) else value:
        pattern = pattern.replace(HOLE, part, 1)
    return pattern


@pytest.fixture(scope="module", params=["web", "phone"])
def area(request: pytest.FixtureRequest) -> Area:
    texts = Catalogue.load(request.param).keys()
    if request.param == "web":
        return Area(texts, written_in(HERE / "web", HERE / "api"), MADE, SAID)
    return Area(texts, written_in(HERE / "phone"), ON_THE_PHONE, {})


def test_every_text_is_used_somewhere(area: Area) -> None:
    assert sorted(area.texts - area.code.whole - area.filled - area.told) == []


def test_every_text_that_can_be_asked_for_is_there(area: Area) -> None:
    assert sorted(((area.filled - area.said.keys()) | area.told) - area.texts) == []


def test_what_the_code_puts_together_is_what_the_table_has(area: Area) -> None:
    assert {pattern for pattern in area.code.patterns if area.could_be_a_key(pattern)} == area.made.keys()
    assert sorted(area.said.keys() - area.code.whole - area.filled) == []


def test_what_the_table_has_by_hand_is_written_where_it_comes_from() -> None:
    assert written_in(HERE).whole >= BY_HAND
    assert written_in(SERVICES / "auth" / "auth").whole >= set(PIN_RULES)
    assert written_in(SERVICES / "payments" / "payments").whole >= {kind.upper() for kind in KINDS_OF_SUPPORT}


def read(folder: Path, name: str, content: str) -> list[str]:
    (folder / name).write_text(content)
    found = written_in(folder)
    return sorted(found.whole | found.patterns)


@pytest.mark.parametrize(("template", "written"), [
    ('{{ t("a.b") }}', ["a.b"]),
    ('{# "a.b" #}a.b', []),
    ('{{ t("a." ~ name ~ ".c") }}', ["a.*.c"]),
    ('{{ t("a." ~ ("b" if x else "c")) }}', ["a.b", "a.c"]),
    ('{% for one in ("b", "c") %}{{ t("a." ~ one) }}{% endfor %}', ["a.b", "a.c"]),
    ('{% for one, all in (("b", ("c", "d")),) %}{% for x in all %}{{ t(one ~ "." ~ x) }}{% endfor %}{% endfor %}',
     ["b.c", "b.d"]),
    ('{% for one in many %}{{ t("a." ~ one) }}{% endfor %}', ["a.*"]),
    ('<a href="{{ url_for("a.b") }}">', []),
])
def test_how_a_template_is_read(tmp_path: Path, template: str, written: list[str]) -> None:
    assert read(tmp_path, "page.html", template) == written


@pytest.mark.parametrize(("module", "written"), [
    ('text("a.b")  # "c.d"', ["a.b"]),
    ('text(f"a.{name}.c")', ["a.*.c"]),
    ("text(f\"a.{'b' if x else 'c'}\")", ["a.*", "b", "c"]),
    ('url_for("a.b")', []),
])
def test_how_a_module_is_read(tmp_path: Path, module: str, written: list[str]) -> None:
    assert read(tmp_path, "page.py", module) == written
