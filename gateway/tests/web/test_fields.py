"""Fields of the forms that tell the agency something: each kind empty, filled in and wrong, and wired for everyone."""

from __future__ import annotations

import pytest
from lxml import html

from .pieces import Render

KINDS = {
    "line": '{{ fields.line("city", "City", typed, errors, "As on a letter", size="usa-input--small") }}',
    "text": '{{ fields.text("city", "City", typed, errors, "As on a letter") }}',
    "tick": '{{ fields.tick("city", "In a city", typed, errors, "As on a letter") }}',
    "choice": '{{ fields.choice("city", "Where", (("a", "Here"), ("b", "There")), typed, errors, "As on a letter") }}',
}
WRONG = {"city": "typed.state"}
DAY = '{{ fields.old_day("birth", "Born on", typed, errors, "Like 4 30 1985") }}'


def words_beside(piece: html.HtmlElement, field: html.HtmlElement) -> str:
    """What is read out after the name of a field, or of the group it is in."""
    group = next(field.iterancestors("fieldset"), field)
    names = f"{field.get('aria-describedby', '')} {group.get('aria-describedby', '')}".split()
    return " ".join(piece.get_element_by_id(name).text_content() for name in names)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("errors", [{}, WRONG, {"line1": "typed.state", **WRONG}])
def test_a_field_says_what_it_is_for_and_what_is_wrong(render: Render, kind: str, errors: dict[str, str]) -> None:
    piece = render(KINDS[kind], typed={}, errors=errors)
    field = piece.xpath(".//*[@id='city']")[0]
    assert "As on a letter" in words_beside(piece, field)
    group = piece.xpath(".//*[contains(@class, 'usa-form-group')]")[0]
    assert ("usa-form-group--error" in group.get("class")) is ("city" in errors)
    assert bool(piece.xpath(".//*[@class='usa-error-message']")) is ("city" in errors)
    assert ("autofocus" in field.attrib) is (next(iter(errors), None) == "city"), "the first wrong field has the focus"
    if kind != "choice":
        assert field.get("aria-invalid") == ("true" if errors else None)


@pytest.mark.parametrize(("kind", "typed", "held"), [
    ("line", {"city": "O'Xnard <b>"}, lambda field: field.get("value") == "O'Xnard <b>"),
    ("text", {"city": "O'Xnard\n<b>"}, lambda field: field.text.strip() == "O'Xnard\n<b>"),
    ("tick", {"city": "yes"}, lambda field: "checked" in field.attrib),
    ("choice", {"city": "a"}, lambda field: "checked" in field.attrib)])
def test_what_was_typed_stays_and_is_never_taken_for_html(render: Render, kind: str, typed: dict[str, str],
                                                          held: object) -> None:
    assert callable(held)
    for errors in ({}, WRONG):
        assert held(render(KINDS[kind], typed=typed, errors=errors).xpath(".//*[@id='city']")[0])
    assert not held(render(KINDS[kind], typed={"city": ""}, errors={}).xpath(".//*[@id='city']")[0])


def test_each_circle_and_box_is_drawn_by_its_own_words(render: Render) -> None:
    """The design system draws them with the label that follows; the input itself lies off the screen."""
    for kind in ("choice", "tick"):
        piece = render(KINDS[kind], typed={}, errors={})
        inputs = piece.xpath(".//input")
        assert len({one.get("id") for one in inputs}) == len(inputs)
        assert all(one.getnext().tag == "label" and one.getnext().get("for") == one.get("id") for one in inputs)


def test_a_day_is_three_fields_under_one_name_and_one_error(render: Render) -> None:
    piece = render(DAY, typed={"birth_month": "13"}, errors={"birth_month": "typed.state"})
    names = [one.get("name") for one in piece.xpath(".//input")]
    assert names == ["birth_month", "birth_day", "birth_year"]
    assert [one.get("value") for one in piece.xpath(".//input")] == ["13", None, None]
    assert {one.get("aria-invalid") for one in piece.xpath(".//input")} == {"true"}
    assert len(piece.xpath(".//*[@class='usa-error-message']")) == 1
    assert "Like 4 30 1985" in words_beside(piece, piece.xpath(".//input")[0])


@pytest.mark.parametrize("optional", ["true", "false"])
def test_what_may_be_left_out_says_so(render: Render, optional: str) -> None:
    piece = render('{{ fields.line("city", "City", {}, {}, optional=' + optional + ") }}")
    assert ("(optional)" in piece.find(".//label").text_content().lower()) is (optional == "true")
