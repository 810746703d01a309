"""How the parts of a page hang together for who cannot see it: checked of every component and on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import html

NAMED_BY_LABEL = ("text", "password", "email", "tel", "search", "number", "date", "checkbox", "radio")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers")


def faults(source: str) -> list[str]:
    page = html.fromstring(source)
    return [*_references(page), *_names(page)]


def _references(page: html.HtmlElement) -> Iterator[str]:
    ids = Counter(page.xpath("//@id"))
    yield from (f"id {name} is there {times} times" for name, times in ids.items() if times > 1)
    for attribute in REFERENCES:
        for element in page.xpath(f"//*[@{attribute}]"):
            missing = [name for name in element.get(attribute).split() if name not in ids]
            yield from (f"{element.tag} {attribute} names {name}, which is not there" for name in missing)
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        if link.get("href")[1:] not in ids:
            yield f"a link leads to {link.get('href')}, which is not there"


def _names(page: html.HtmlElement) -> Iterator[str]:
    for field in page.xpath("//input[not(@hidden)] | //select | //textarea"):
        yield from _field(page, field)
    for group in page.xpath("//fieldset[not(legend)]"):
        yield f"a fieldset has no legend: {_start(group)}"
    for table in page.xpath("//table[not(caption)] | //table[.//th[not(@scope)]]"):
        yield f"a table has no caption, or a head without scope: {_start(table)}"
    for area in page.xpath("//nav[not(@aria-label) and not(@aria-labelledby)]"):
        yield f"a nav has no name: {_start(area)}"
    for button in page.xpath("//button | //summary | //a[@href]"):
        if not button.text_content().strip() and not button.get("aria-label"):
            yield f"nothing says what this does: {_start(button)}"


def _field(page: html.HtmlElement, field: html.HtmlElement) -> Iterator[str]:
    if field.tag == "input" and field.get("type", "text") not in NAMED_BY_LABEL:
        return
    labels = page.xpath("//label[@for=$id]", id=field.get("id") or "") or field.xpath("ancestor::label")
    if not any(label.text_content().strip() for label in labels):
        yield f"a field has no label: {_start(field)}"
    if field.get("aria-invalid") == "true":
        group = field.xpath("ancestor::fieldset[1]")
        described = " ".join(one.get("aria-describedby", "") for one in (field, *group))
        if not any(name.endswith("-error") for name in described.split()):
            yield f"a wrong field does not name its error: {_start(field)}"


def _start(element: html.HtmlElement) -> str:
    return html.tostring(element, encoding="unicode")[:120]
