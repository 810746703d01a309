"""A mask says what it may and nothing more: texts that agree in what may be shown have the same mask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import masking

texts = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1, max_size=40)
words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=15)
names = st.lists(words, min_size=1, max_size=5).map(" ".join)
digits = st.text("0123456789", min_size=10, max_size=10)


def first(text: str) -> str:
    return text[0] if text[0].isalnum() else "•"


@pytest.mark.parametrize("mask, shown", [
    (masking.name("María José de la Cruz"), "M••• C•••"),
    (masking.name("Prince"), "P•••"),
    (masking.address("1417 Kanarien St", "Oxnard", "CA", "93033-1234"), "1••• ••••• St, Oxnard, CA 930••"),
    (masking.address("Rural Route 7", "Oxnard", "CA", "93033"), "R••• •••••, Oxnard, CA 930••"),
    (masking.address("#5 Ávila Blvd", "Oxnard", "CA", "93033"), "•••• ••••• Blvd, Oxnard, CA 930••"),
    (masking.phone("8055550142"), "•••-•••-0142"),
    (masking.email("maria@example.org"), "m•••@e•••.org"),
    (masking.email("maria@mail.shelter.community"), "m•••@m•••.•••"),
    (masking.employer("Walnut Bakery"), "W•••"),
    (masking.initials("Luz María Paz"), "L. P."),
])
def test_examples(mask, shown):
    assert mask == shown


@given(names)
def test_a_name_shows_two_first_letters_at_most(name):
    parts = name.split()
    assert masking.name(name) == masking.name(" ".join(first(part) + "xyz" for part in parts))
    assert sum(letter.isalnum() for letter in masking.name(name)) <= 2
    assert len(masking.name(name)) <= 9


@given(texts, names, digits)
def test_an_address_shows_its_first_sign_its_city_and_three_digits(line1, city, zipcode):
    line1 = line1.strip() or "x"
    ending = line1.split()[-1] if line1.split()[-1] in masking.STREETS else "elsewhere"
    other = f"{first(line1)}99 Quite Another {ending}"
    shown = masking.address(line1, city, "CA", zipcode[:5])
    assert shown == masking.address(other, city, "CA", zipcode[:3] + "00")
    assert shown == masking.address(line1, city, "CA", f"{zipcode[:5]}-{zipcode[5:9]}")
    rest = shown.removeprefix(first(line1)).replace(city, "").replace(f" {ending}", "", 1)
    assert set(rest) <= set("•, CA") | set(zipcode[:3])


@given(digits, digits)
def test_a_phone_number_shows_its_last_four_digits(one, other):
    assert masking.phone(one) == masking.phone(other[:6] + one[6:])
    assert sum(letter.isdigit() for letter in masking.phone(one)) == 4


@given(words, st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=2, max_size=4))
def test_an_email_shows_two_first_letters_and_a_short_ending(person, labels):
    short = labels[-1] if len(labels[-1]) <= 4 else "someother"
    place = ".".join(labels)
    assert masking.email(f"{person}@{place}") == masking.email(f"{first(person)}zz@{place[0]}yy.hidden.{short}")


@given(texts)
def test_an_employer_shows_its_first_letter(employer):
    assert masking.employer(employer) == first(employer) + "•••"


@given(names)
def test_a_child_is_two_letters(name):
    assert masking.initials(name) == masking.initials(" ".join(first(part) + "xyz" for part in name.split()))
    assert sum(letter.isalnum() for letter in masking.initials(name)) <= 2
