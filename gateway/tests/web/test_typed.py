"""What people type, as they type it."""

from __future__ import annotations

import pytest

from gateway.web.typed import cleaned, email, phone, zip_code


@pytest.mark.parametrize("text", ["8055550142", "(805) 555-0142", "805.555.0142", "+1 805 555 0142", "1-805-555-0142",
                                  "805\u2013555\u20130142"])
def test_a_phone_number_however_it_is_set_apart(text: str) -> None:
    assert phone(text) == "805-555-0142"


@pytest.mark.parametrize("text", ["555-0142", "805 555 01422", "105 555 0142", "805 155 0142", "911 555 0142",
                                  "80555501x2", "２０２5550142", ""])
def test_what_is_no_phone_number(text: str) -> None:
    assert phone(text) is None


@pytest.mark.parametrize(("text", "good"), [
    ("ana@mail.example", True), ("a.n+a@sub.mail.example", True), ("ana", False), ("ana@mail", False),
    ("ana@mail.example, eva@mail.example", False), ("ana @mail.example", False), ("a" * 250 + "@b.example", False)])
def test_e_mail(text: str, good: bool) -> None:
    assert (email(text) == text) is good


@pytest.mark.parametrize(("text", "good"), [("93030", True), ("93030-1234", True), ("9303", False), ("9303O", False)])
def test_zip_codes(text: str, good: bool) -> None:
    assert (zip_code(text) == text) is good


@pytest.mark.parametrize(("text", "left"), [
    ("  Oxnard ", "Oxnard"), ("a\r\nb", "a\nb"), ("a\tb", "a b"), ("Ox\u200bnard\u00ad", "Oxnard"),
    ("a\x00b\x07", "ab"), ("Ñandú 😀", "Ñandú 😀"), ("\ud800", "")])
def test_what_nobody_sees_is_left_out(text: str, left: str) -> None:
    assert cleaned(text) == left
