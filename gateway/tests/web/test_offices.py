"""The local offices, for everyone: all of them, or those of a county, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gateway.offices import Office, Offices

from .parts import Visitor, main_of, words_of


def rows_of(visitor: Visitor, path: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', main_of(visitor.get(path)))


def test_the_contact_page_leads_to_all_of_them(visitor: Visitor) -> None:
    assert 'href="/offices"' in visitor.get("/contact").text
    rows = rows_of(visitor, "/offices")
    assert len(rows) == 58 == len(set(rows)) and rows == sorted(rows)
    assert "Ventura County Child Support Services 1-805-555-0156" in words_of(visitor.get("/offices"))
    assert 'href="tel:+18055550156"' in visitor.get("/offices").text


@pytest.mark.parametrize(("county", "count"), [
    ("ventura", 1), (" VENTURA  county ", 1), ("San", 10), ("Lässen", 1), ("nowhere", 0), ("condado de ventura", 1),
    ("x" * 500, 0), ("%00", 0), ("<b>", 0)])
def test_by_county(visitor: Visitor, county: str, count: int) -> None:
    page = visitor.client.get("/offices", query_string={"county": county})
    rows = re.findall(r'<th scope="row"', main_of(page))
    assert page.status_code == 200 and len(rows) == count
    assert ("No office has that in its name" in page.text) is (count == 0)
    assert ("1-866-901-3212" in main_of(page)) is (count == 0)
    assert "<b>" not in main_of(page).replace("<br>", "")


def test_in_both_languages(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor("es")
    words = words_of(visitor.get("/offices?county=ventura"))
    assert "Se encontró 1 oficina." in words
    assert "Servicios de Manutención de Menores del Condado de Ventura" in words and "County" not in words


def test_accents_are_no_matter_and_the_order_is_that_of_the_language() -> None:
    def office(fips: str, en: str, es: str) -> Office:
        return Office(fips, en, {"en": en, "es": es}, "1-303-555-0199")

    offices = Offices({"1": office("1", "Peña County", "Condado de Peña"), "2": office("2", "Pena Hill", "Alto Pena"),
                       "3": office("3", "Other", "Otro")})
    assert [one.fips for one in offices.named("PENA", "en")] == ["1", "2"]
    assert [one.fips for one in offices.named("peña", "es")] == ["2", "1"]
    assert len(offices.named("  ", "en")) == 3
