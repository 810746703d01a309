"""Amounts, dates, times and digits in words, as a person would say them on the telephone."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from gateway.catalogue import LANGUAGES, Language
from gateway.phone import words

LARGEST = 10_000_000_00
any_cents = st.integers(0, LARGEST)


@pytest.mark.parametrize(
    ("cents", "english", "spanish"),
    [
        (0, "zero dollars", "cero dólares"),
        (1, "one cent", "un centavo"),
        (2, "two cents", "dos centavos"),
        (21, "twenty-one cents", "veintiún centavos"),
        (99, "ninety-nine cents", "noventa y nueve centavos"),
        (100, "one dollar", "un dólar"),
        (101, "one dollar and one cent", "un dólar con un centavo"),
        (21_00, "twenty-one dollars", "veintiún dólares"),
        (31_31, "thirty-one dollars and thirty-one cents", "treinta y un dólares con treinta y un centavos"),
        (100_00, "one hundred dollars", "cien dólares"),
        (101_00, "one hundred one dollars", "ciento un dólares"),
        (1_000_00, "one thousand dollars", "mil dólares"),
        (1_001_00, "one thousand one dollars", "mil un dólares"),
        (
            1_234_56,
            "one thousand two hundred thirty-four dollars and fifty-six cents",
            "mil doscientos treinta y cuatro dólares con cincuenta y seis centavos",
        ),
        (21_021_00, "twenty-one thousand twenty-one dollars", "veintiún mil veintiún dólares"),
        (31_000_00, "thirty-one thousand dollars", "treinta y un mil dólares"),
        (101_000_00, "one hundred one thousand dollars", "ciento un mil dólares"),
        (500_000_00, "five hundred thousand dollars", "quinientos mil dólares"),
        (1_000_000_00, "one million dollars", "un millón de dólares"),
        (1_000_001_00, "one million one dollars", "un millón un dólares"),
        (LARGEST, "ten million dollars", "diez millones de dólares"),
    ],
)
def test_amounts(cents: int, english: str, spanish: str) -> None:
    assert words.amount("en", cents) == english
    assert words.amount("es", cents) == spanish


@given(any_cents)
def test_spanish_amounts_never_use_the_long_form_before_a_noun(cents: int) -> None:
    said = words.amount("es", cents)
    for wrong in ("uno dólar", "uno mil", "uno centavo", "veintiun ", "  "):
        assert wrong not in f" {said}"
    assert not said.startswith("un mil ")
    assert "millón dólares" not in said
    assert "millones dólares" not in said


@given(any_cents)
def test_english_amounts_say_and_once_at_most(cents: int) -> None:
    said = words.amount("en", cents)
    assert said.count(" and ") == bool(cents % 100 and cents // 100)
    assert "," not in said


@given(any_cents, any_cents)
def test_two_amounts_never_sound_alike(one: int, other: int) -> None:
    for language in LANGUAGES:
        assert (words.amount(language, one) == words.amount(language, other)) == (one == other)


@given(st.integers(0, 10_000_000))
def test_english_numbers_are_those_of_num2words_but_for_and_and_commas(value: int) -> None:
    assert words.number("en", value).split() == [
        word for word in num2words(value).replace(",", "").split() if word != "and"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_amount_is_below_zero(language: Language) -> None:
    with pytest.raises(ValueError, match="zero"):
        words.amount(language, -1)


@pytest.mark.parametrize(
    ("on", "english", "spanish"),
    [
        (date(2026, 11, 1), "November first, twenty twenty-six",
         "el primero de noviembre de dos mil veintiséis"),
        (date(2026, 11, 3), "November third, twenty twenty-six", "el tres de noviembre de dos mil veintiséis"),
        (date(2026, 3, 12), "March twelfth, twenty twenty-six", "el doce de marzo de dos mil veintiséis"),
        (date(2005, 1, 21), "January twenty-first, two thousand five", "el veintiuno de enero de dos mil cinco"),
        (date(2000, 2, 29), "February twenty-ninth, two thousand", "el veintinueve de febrero de dos mil"),
        (date(1999, 12, 31), "December thirty-first, nineteen ninety-nine",
         "el treinta y uno de diciembre de mil novecientos noventa y nueve"),
    ],
)
def test_dates(on: date, english: str, spanish: str) -> None:
    assert words.day("en", on) == english
    assert words.day("es", on) == spanish


def test_a_date_of_this_year_can_do_without_it() -> None:
    assert words.day("en", date(2026, 11, 3), year=False) == "November third"
    assert words.day("es", date(2026, 11, 1), year=False) == "el primero de noviembre"


def test_months_have_names_in_both_languages() -> None:
    assert [words.month("en", n) for n in (1, 8, 12)] == ["January", "August", "December"]
    assert [words.month("es", n) for n in (1, 8, 12)] == ["enero", "agosto", "diciembre"]


@pytest.mark.parametrize(
    ("at", "english", "spanish"),
    [
        (time(0, 0), "twelve midnight", "las doce de la noche"),
        (time(0, 30), "twelve thirty in the morning", "las doce y treinta de la noche"),
        (time(1, 5), "one oh five in the morning", "la una y cinco de la madrugada"),
        (time(7, 0), "seven o'clock in the morning", "las siete de la mañana"),
        (time(10, 15), "ten fifteen in the morning", "las diez y quince de la mañana"),
        (time(12, 0), "twelve noon", "las doce del mediodía"),
        (time(12, 10), "twelve ten in the afternoon", "las doce y diez de la tarde"),
        (time(13, 0), "one o'clock in the afternoon", "la una de la tarde"),
        (time(23, 59), "eleven fifty-nine in the evening", "las once y cincuenta y nueve de la noche"),
    ],
)
def test_times(at: time, english: str, spanish: str) -> None:
    assert words.clock("en", at) == english
    assert words.clock("es", at) == spanish


@given(st.times())
def test_every_minute_of_the_day_can_be_said(at: time) -> None:
    for language in LANGUAGES:
        assert words.clock(language, at).strip()


@pytest.mark.parametrize(("text", "en", "es"), [
    ("0012", "zero zero one two", "cero cero uno dos"),
    ("1-866-399", "one, eight six six, three nine nine", "uno, ocho seis seis, tres nueve nueve"),
    ("19FL0042", "one nine, F L, zero zero four two", "uno nueve, F L, cero cero cuatro dos"),
    ("", "", ""),
])
def test_numbers_are_said_sign_by_sign_with_their_leading_zeros(text: str, en: str, es: str) -> None:
    assert words.spelled("en", text) == en
    assert words.spelled("es", text) == es


def test_an_address_of_the_web_is_said_in_words() -> None:
    assert words.web_address("en", "www.my-child.ca.gov") == "my dash child dot ca dot gov"
    assert words.web_address("es", "my-child.ca.gov") == "my guion child punto ca punto gov"
