"""The components: each in all its states, wired for who cannot see it, and no style for what no page has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

import gateway.web
from gateway.web.portal import portal

from .parts import AuthService, Clock, Visitor
from .pieces import Render
from .test_language import pages_of_everyone
from .wiring import faults

HERE = Path(gateway.web.__file__).parent


@pytest.mark.parametrize(("kind", "role"), [
    ("info", None), ("success", "status"), ("warning", None), ("error", "alert")])
def test_an_alert_is_heard_when_it_must_be(render: Render, kind: str, role: str | None) -> None:
    alert = render(f'{{{{ parts.alert("{kind}", "A heading", "Some <b>words") }}}}').find("div")
    assert alert.get("class") == f"usa-alert usa-alert--{kind}" and alert.get("role") == role
    assert "Some <b>words" in alert.text_content(), "what is said is never taken for HTML"


def test_an_alert_may_hold_what_its_caller_says(render: Render) -> None:
    alert = render('{% call parts.alert("info", "") %}<ul><li>One</li></ul>{% endcall %}').find("div/div")
    assert alert.find("ul") is not None and alert.find("p") is None


FIELD = '{{ parts.field("pin", "log_in.pin.label", errors, hints, type="password", autocomplete="current-password") }}'


@pytest.mark.parametrize("hints", [[], ["log_in.pin.hint"], ["log_in.pin.hint", "change_pin.rules.length"]])
@pytest.mark.parametrize("errors", [
    {}, {"pin": "log_in.pin.missing"}, {"x": "log_in.pin.missing", "pin": "log_in.pin.missing"}])
def test_a_field_names_its_hints_and_its_error(render: Render, hints: list[str], errors: dict[str, str]) -> None:
    piece = render(FIELD, hints=hints, errors=errors)
    field = piece.find(".//input")
    described = [piece.get_element_by_id(name).text_content() for name in (field.get("aria-describedby") or "").split()]
    assert len(described) == len(hints) + ("pin" in errors)
    assert ("Enter your PIN" in " ".join(described)) is ("pin" in errors)
    assert field.get("aria-invalid") == ("true" if "pin" in errors else None)
    assert ("autofocus" in field.attrib) is (next(iter(errors), None) == "pin"), "the first wrong field has the focus"
    assert field.get("autocomplete") == "current-password" and "onpaste" not in field.attrib


def test_the_summary_of_errors_leads_to_each_field(render: Render) -> None:
    errors = {"pin": "log_in.pin.missing", "": "log_in.not_accepted"}
    piece = render(f"{{{{ parts.error_summary(errors) }}}}{FIELD}", errors=errors, hints=[])
    summary = piece.get_element_by_id("errors")
    assert summary.get("role") == "alert" and "There are 2 problems" in summary.text_content()
    assert [link.get("href") for link in summary.iter("a")] == ["#pin"]


@pytest.mark.parametrize(("errors", "at"), [
    ({"": "log_in.not_accepted"}, "errors"), ({"pin": "log_in.pin.missing", "": "log_in.not_accepted"}, "pin")])
def test_the_focus_is_where_it_is_wrong_first(render: Render, errors: dict[str, str], at: str) -> None:
    field = '{{ parts.field("pin", "log_in.pin.label", errors) }}'
    piece = render(f"{{{{ parts.error_summary(errors) }}}}{field}", errors=errors)
    assert [one.get("id") for one in piece.iter() if one.get("autofocus") is not None] == [at]


def test_nothing_wrong_is_nothing_said(render: Render) -> None:
    assert not render("{{ parts.error_summary({}) }}").text_content().strip()


def test_a_table_keeps_its_roles_where_it_is_stacked(render: Render) -> None:
    piece = render('{% call parts.table("All", n) %}{{ parts.row("x", n, ["y"]) }}{% endcall %}', n=["A", "B"])
    assert {one.get("role") for one in piece.find("table").iter() if one.tag != "caption"} == {
        "table", "rowgroup", "row", "columnheader", "rowheader", "cell"}
    assert piece.find(".//td").get("data-label") == "B"


def test_pairs_steps_buttons_and_what_opens(render: Render) -> None:
    assert len(render('{% call parts.pairs() %}{{ parts.pair("A", "B") }}{% endcall %}').findall("dl/div/dd")) == 1
    assert len(render('{{ parts.steps(["home.web.step1", "home.web.step2"]) }}').findall("ol/li")) == 2
    second = render('{{ parts.button_link("/x", "Go", second=true) }}').find("a")
    assert second.get("class") == "usa-button usa-button--outline"
    opens = render('{% call parts.opens("More") %}<p>Words</p>{% endcall %}').find("details")
    assert opens.find("summary").text == "More" and opens.get("open") is None


@pytest.mark.parametrize(("number", "link"), [("1-866-901-3212", "tel:+18669013212"), ("988", "tel:988")])
def test_a_number_can_be_called(render: Render, number: str, link: str) -> None:
    assert render(f'{{{{ parts.phone("{number}") }}}}').find("a").get("href") == link


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_word_of_ours_leads_to_what_it_means(render: Render, visitor: Visitor, language: str) -> None:
    link = render('{{ parts.term("past_due") }}', language).find("a")
    path, _, word = link.get("href").partition("#")
    assert html.fromstring(visitor.get(path).text).get_element_by_id(word) is not None


def test_a_form_whose_service_is_away_says_so(render: Render, app: Flask, clock: Clock) -> None:
    assert not render('{{ parts.away("auth") }}').text_content().strip()
    with app.app_context():
        portal().troubles.note("auth", clock())
    assert "This may not work right now" in render('{{ parts.away("auth") }}').text_content()
    clock.passes(minutes=2)
    assert not render('{{ parts.away("auth") }}').text_content().strip()


def test_every_page_is_wired(new_visitor: Callable[..., Visitor], auth: AuthService) -> None:
    wrong = {name: found for name, page in pages_of_everyone(new_visitor, auth, "en").items()
             if (found := faults(page.text))}
    assert not wrong


def test_the_style_sheet_has_nothing_that_no_page_uses() -> None:
    """Each class in it is written in a template, a script or a page; what a status adds, by the status."""
    sheet = "\n".join(path.read_text() for path in sorted((HERE / "static" / "css").glob("*.css")))
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    selectors = " ".join(re.findall(r"([^{}]+)\{", sheet))
    classes = set(re.findall(r"\.([a-z][\w-]*)", selectors))
    written = "\n".join(path.read_text() for pattern in ("templates/*.html", "static/*.js", "pages/*.py",
                                                        "../api/templates/*.html") for path in HERE.glob(pattern))
    statuses = set(re.findall(r"\.usa-tag\.([\w-]+)", selectors))
    unused = [name for name in sorted(classes - statuses)
              if not re.search(rf"(?<![\w-]){name}(?![\w-])", written)]
    assert not unused
