"""A caller hears what the pages show: the same payments, balance, case and dates, as of the same moment; no more."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from lxml import html

from gateway.catalogue import LANGUAGES, Language
from gateway.phone import words
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.vxml import VxmlPlatform

from ..facts import Facts
from ..phone.parts import over
from .parts import BOTH, PAYEE, PIN, AuthService, Visitor

both_languages = pytest.mark.parametrize("language", LANGUAGES)
MONEY = re.compile(r"\$([0-9,]+)\.([0-9]{2})")


@pytest.fixture
def caller(app: Flask) -> VirtualCaller:
    return VirtualCaller(VxmlPlatform(over(app.test_client())))


def logged_in(caller: VirtualCaller, language: Language, who: str = BOTH) -> VirtualCaller:
    caller.dial()
    if language == "es":
        caller.press("9")
    return caller.press("1").press(f"{who}#").press(f"{PIN}#")


def listed(visitor: Visitor, path: str) -> list[tuple[date, int]]:
    """Day and cents of the rows of a page's list, in their order."""
    tree = html.fromstring(visitor.get(path).text)
    rows = [(row.xpath(".//time/@datetime"), row.text_content()) for row in tree.xpath("//main//tr[.//time]")]
    return [(date.fromisoformat(days[0][:10]), cents_in(text)[0]) for days, text in rows if days and MONEY.search(text)]


def cents_in(text: str) -> list[int]:
    return [int(dollars.replace(",", "")) * 100 + int(cents) for dollars, cents in MONEY.findall(text)]


def spoken(language: Language, on: date, cents: int) -> str:
    day = words.day(language, on, year=on.year != 2026)
    return f"{day[:1].upper()}{day[1:]}: {words.amount(language, cents)}"


@both_languages
@pytest.mark.parametrize(("key", "path"), [("1", "/my-payments/made-by-me"), ("2", "/my-payments/sent-to-me")])
def test_the_payments_of_the_page_in_its_order(visitor: Visitor, caller: VirtualCaller, language: Language, key: str,
                                               path: str) -> None:
    visitor.log_in(BOTH)
    rows = listed(visitor, path)[:5]
    assert rows
    logged_in(caller, language).press("1").press(key)
    heard = [one.text for one in caller.heard[1 : 1 + len(rows)]]
    for (on, cents), said in zip(rows, heard, strict=True):
        assert said.startswith(spoken(language, on, cents))


@both_languages
def test_the_balance_of_the_page(visitor: Visitor, caller: VirtualCaller, language: Language) -> None:
    visitor.log_in(BOTH)
    page = html.fromstring(visitor.get("/my-payments/balances").text).xpath("//main")[0].text_content()
    said = logged_in(caller, language).press("2").text
    for cents in (57_500, 46_000, 4_312):
        assert cents in cents_in(page)
        assert words.amount(language, cents) in said


@both_languages
def test_case_and_dates_of_the_pages(visitor: Visitor, caller: VirtualCaller, language: Language) -> None:
    visitor.log_in(BOTH)
    assert "FL-22-0001" in visitor.get("/my-cases").text
    said = logged_in(caller, language).press("3").text
    assert words.spelled(language, "FL-22-0001") in said
    caller.press("8").press("4")
    coming = html.fromstring(visitor.get("/dates").text).xpath("//main//time/@datetime")
    first = date.fromisoformat(coming[0][:10])
    assert words.day(language, first, year=False) in caller.text.casefold() or words.day(
        language, first, year=False) in caller.text


def test_as_of_the_same_moment(visitor: Visitor, caller: VirtualCaller, lived: Facts) -> None:
    visitor.log_in(BOTH)
    page = visitor.get("/my-payments/made-by-me").text
    said = logged_in(caller, "en").press("1").press("1").text
    moment = re.search(r"as of ([A-Z][a-z]+) ([0-9]+), 2026, ([0-9]+):([0-9]{2})", page)
    assert moment, "the page says until when it knows"
    hour, minute = int(moment[3]), int(moment[4])
    assert f"as of {moment[1]} {words.day('en', date(2026, 1, int(moment[2])), year=False).split()[1]}" in said
    assert f"at {words.number('en', hour)}" in said and (not minute or words.number("en", minute) in said)


@both_languages
def test_nobody_hears_a_canary_of_either_party(caller: VirtualCaller, language: Language) -> None:
    """Nor the caller's own address, employer or the place of an appointment: never spoken (domain.md 4)."""
    for who in (BOTH, PAYEE):
        logged_in(caller, language, who)
        for keys in ("1", "1", "8", "1", "2", "8", "2", "8", "3", "1", "8", "4", "1", "8", "6"):
            caller.press(keys)
        assert not [line for line in caller.transcript if "CANARY" in line or "video.example" in line]


def test_a_notice_follows_a_change_by_phone_and_ends_sessions_on_the_web(visitor: Visitor, caller: VirtualCaller,
                                                                        auth: AuthService) -> None:
    visitor.log_in(BOTH)
    logged_in(caller, "en").press("5").press("1").press(f"{PIN}#").press("640275#").press("640275#")
    assert "Your PIN has been changed." in caller.text
    assert auth.pins[BOTH] == "640275"
    assert visitor.get("/my-payments/made-by-me").status_code == 401, "the session of the web is over"
    assert "dollars" in caller.press("1").press("1").text, "the call that changed it goes on"
