"""What a cell may hold, and what is said of one that may not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedkit.columns import Column, Unusable, boolean, digits, iso_date, list_of, money, one_of, text


@given(st.integers(1, 99_999_999_999_999))
def test_dollars_become_the_same_number_of_cents(cents):
    assert money(str(Decimal(cents).scaleb(-2))) == cents


@pytest.mark.parametrize(("cell", "cents"), [("12", 1200), ("12.5", 1250), ("0.01", 1), ("007.10", 710)])
def test_short_forms_of_an_amount(cell, cents):
    assert money(cell) == cents


@pytest.mark.parametrize(("cell", "reason"), [
    ("-1.00", "is negative"), ("0", "is zero"), ("0.00", "is zero"), ("1.005", "has more than two decimals"),
    ("NaN", "is not an amount"), ("Infinity", "is not an amount"), ("1,234.56", "is not an amount"),
    ("$5", "is not an amount"), ("+5", "is not an amount"), ("5.", "is not an amount"), (".5", "is not an amount"),
    ("1e3", "is not an amount"), ("١٢", "is not an amount"), ("1234567890123", "is not an amount")])
def test_an_amount_that_is_none_is_refused_with_its_reason(cell, reason):
    with pytest.raises(Unusable) as refused:
        money(cell)
    assert refused.value.reason == reason


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_a_date_is_read_as_written(day):
    assert iso_date(day.isoformat()) == day


@pytest.mark.parametrize("cell", ["2026-02-30", "02/28/2026", "20260228", "2026-W09-6", "1949-12-31", "2101-01-01",
                                  "2026-02-28T00:00", "２０２６-02-28"])
def test_another_form_of_date_or_an_unlikely_year_is_refused(cell):
    with pytest.raises(Unusable):
        iso_date(cell)


def test_digits_keep_their_zeros_and_lose_their_dashes():
    assert digits(9, 9)("012-34-5678") == "012345678"


@pytest.mark.parametrize("cell", ["12345678", "1234567890", "12345678a", "１２３４５６７８９", "123456789.0"])
def test_other_digits_are_refused(cell):
    with pytest.raises(Unusable):
        digits(9, 9)(cell)


def test_one_name_is_one_text_however_its_accents_are_written():
    assert text()("Nu\u0301n\u0303ez") == text()("Núñez")
    assert text()("de\u00a0la Cruz") == "de\u00a0la Cruz"


@pytest.mark.parametrize("cell", ["a\x1b[2J", "a\0b", "a\u202eb", "a\u2028b", "a\ud800", "a" * 201])
def test_text_that_would_disturb_a_page_or_a_terminal_is_refused(cell):
    with pytest.raises(Unusable):
        text()(cell)


def test_words_booleans_and_lists():
    assert one_of("en", "es")("es") == "es"
    assert (boolean("TRUE"), boolean("no")) == (True, False)
    assert list_of(digits(1, 9))("1; 2;;3") == ("1", "2", "3")
    for parse, cell in ((one_of("en", "es"), "fr"), (boolean, "maybe"), (list_of(digits(1, 9)), "1;x")):
        with pytest.raises(Unusable) as refused:
            parse(cell)
        assert cell not in (refused.value.reason, refused.value.what_to_do)


def test_an_empty_cell_is_nothing_where_that_is_allowed():
    assert Column("email", text(), required=False).read("  ") is None
    with pytest.raises(Unusable):
        Column("email", text()).read("  ")


CANARY = "canary"


@given(st.text(max_size=30))
def test_no_reason_repeats_what_the_cell_said(rest):
    for parse in (money, iso_date, boolean, digits(1, 5), one_of("a"), text(5)):
        try:
            parse(CANARY + rest)
        except Unusable as problem:
            assert CANARY not in problem.reason + problem.what_to_do + str(problem)
