"""Pieces of pages that are rendered once for all: of who is visiting they know nothing, and what they say is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from gateway.web import words

from .parts import BOTH, NEW, PAYOR, TEMPORARY, Visitor

FOLDER = Path(words.__file__).parent / "templates" / "remembered"
PIECES = sorted(path.stem for path in FOLDER.iterdir())
ALIKE = {"t", "url_for", "brand"}
"""What depends on language and settings alone."""
GIVEN = {"nav": {"section", "state"}, "foot": set[str](), "payment_terms": {"kind"}}


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_asks_for_nothing_of_the_visitor(name: str) -> None:
    """Nor does what it is made with: a macro of the parts that asks for a token would be seen here."""
    asks = meta.find_undeclared_variables(Environment().parse((FOLDER / f"{name}.html").read_text()))
    assert asks <= ALIKE | GIVEN[name]
    called = set(re.findall(r"parts\.(\w+)\(", (FOLDER / f"{name}.html").read_text()))
    assert called <= {"phone"}


def nav_of(page: str) -> str:
    return re.split("</?nav", page)[1]


def test_the_way_about_follows_who_is_there_the_page_and_the_language(new_visitor: Callable[..., Visitor]) -> None:
    stranger, forced, customer = new_visitor("en"), new_visitor("en"), new_visitor("en")
    customer.log_in(PAYOR)
    forced.log_in(NEW, TEMPORARY)
    assert 'href="/log-in"' in nav_of(stranger.get("/").text)
    assert "<a" not in nav_of(forced.get("/new-pin").text)
    for _ in range(2):
        assert re.search(r'href="/my-payments" aria-current="true">My Payments', nav_of(customer.get(
            "/my-payments/made-by-me?lang=en").text))
        assert re.search(r'href="/overview" aria-current="page">', nav_of(customer.get("/overview").text))
        assert "Resumen" in nav_of(customer.get("/my-payments/made-by-me?lang=es").text)


def test_a_page_has_one_form_token_and_every_page_another(new_visitor: Callable[..., Visitor]) -> None:
    visitor, other = new_visitor("en"), new_visitor("en")
    visitor.log_in(BOTH)
    other.log_in(PAYOR)
    found = [set(re.findall(r'name="form_token" value="([^"]+)"', who.get("/my-payments/made-by-me").text))
             for who in (visitor, visitor, other)]
    assert [len(tokens) for tokens in found] == [1, 1, 1] and len(set.union(*found)) == 3
