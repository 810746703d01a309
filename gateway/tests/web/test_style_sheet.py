"""The style sheet: the design system's components and ours, in colors that settings change, whole at the start."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask

import gateway.web
from gateway.theme import ours
from gateway.web import assets

from .parts import Visitor

WEB = Path(gateway.web.__file__).parent
SYSTEM = WEB / "static" / "uswds" / "uswds.css"
STYLES = WEB.parents[1] / "styles"
DISABLED = {"#454545", "#757575", "#919191", "#c9c9c9", "#e6e6e6"}
"""Greys of what cannot be used: the same in every state's colors."""


@pytest.fixture(scope="module")
def compiling() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_styles", STYLES / "compile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def system() -> str:
    return SYSTEM.read_text(encoding="utf-8")


@pytest.fixture
def sheet(new_visitor: Callable[[], Visitor]) -> str:
    visitor = new_visitor()
    found = re.search(r'href="(/static/[0-9a-f]{16}/portal\.css)"', visitor.get("/").text)
    assert found
    return str(visitor.get(found.group(1)).text)


def test_every_component_a_template_is_made_of_has_its_style(system: str) -> None:
    """Fails where a template was changed and the sheet not compiled again (`infra/bootstrap test`)."""
    written = "\n".join(path.read_text() for path in sorted(WEB.glob("templates/**/*.html")))
    used = set(re.findall(r"usa-[a-z0-9]+(?:[-_]+[a-z0-9]+)*", written))
    styled = set(re.findall(r"\.(usa-[\w-]+)", re.sub(r":not\([^)]*\)", "", system)))
    assert len(used) > 30 and used <= styled, used - styled
    assert styled <= used, "what no template is made of is cut"


def test_a_color_is_a_property_that_settings_change(system: str, sheet: str) -> None:
    assert set(re.findall(r"#[0-9a-f]{6}\b", system)) <= DISABLED
    known = {*ours(), "s1", "s2", "s3", "s4", "s5", "sans"}
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet)) <= known


@pytest.mark.parametrize(("before", "after"), [
    (".a{color:#005ea2}", ".a{color:var(--primary)}"),
    (".a{background-color:#fff;color:#fff}", ".a{background-color:var(--ground);color:#fff}"),
    (".a{background:white}", ".a{background:var(--ground)}"),
    (".a{color:#c9c9c9}", ".a{color:#c9c9c9}")])
def test_white_is_the_ground_only_where_it_is_behind_something(compiling: ModuleType, before: str, after: str) -> None:
    assert compiling.with_properties(before) == after


def test_its_pictures_are_ours_and_are_there(sheet: str, new_visitor: Callable[[], Visitor]) -> None:
    named = set(re.findall(r"url\(\"?([^)\"]*)\"?\)", sheet)) - {""}
    assert len(named) >= 4 and all(re.fullmatch(r"/static/[0-9a-f]{16}/[\w-]+\.svg", address) for address in named)
    assert {new_visitor().get(address).status_code for address in named} == {200}
    assert "@font-face" not in sheet and "@import" not in sheet


def test_without_its_sheet_the_portal_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "SYSTEM", "not-compiled.css")
    with pytest.raises(assets.StyleNotCompiled, match=r"compile\.py"):
        assets.install(Flask(__name__), None)


def test_what_compiles_it_is_pinned_by_hashes_and_names_no_address(compiling: ModuleType) -> None:
    lock = (STYLES / "package-lock.json").read_text()
    assert '"resolved"' not in lock and lock.count('"integrity": "sha512-') >= 40
    assert compiling.PACKAGE.is_relative_to(STYLES), "and it is not kept with ours"
