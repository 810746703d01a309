"""Confirmation numbers: unlike each other, safe to say and to write down, and known again however they are typed."""

import itertools
import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.requests.confirmation import ALPHABET, LENGTH, NoNumberFree, new_number, normalized

numbers = st.lists(st.sampled_from(ALPHABET), min_size=LENGTH - 1, max_size=LENGTH - 1).map(
    lambda drawn: new_number(lambda _: False, iter_choice(drawn)))


def iter_choice(letters):
    left = itertools.cycle(letters)
    return lambda _alphabet: next(left)


def test_it_looks_like_one_and_has_nothing_that_is_misread():
    number = new_number(lambda _: False)
    assert re.fullmatch(r"CC-[A-Z0-9]{4}-[A-Z0-9]{4}", number)
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUVAEDGJN")
    assert len(ALPHABET) == len(set(ALPHABET)) == 17


@given(numbers)
def test_it_is_known_however_it_is_typed(number):
    for typed in (number, number.lower(), number.replace("-", ""), number.replace("-", " "), number[3:],
                  number[3:].replace("-", "").lower(), f" {number} ", number.replace("-", "\u2011")):
        assert normalized(typed) == number


@given(numbers, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(number, place, letter):
    letters = list(number.removeprefix("CC-").replace("-", ""))
    if letters[place] != letter:
        letters[place] = letter
        with pytest.raises(ValueError, match="not a confirmation number"):
            normalized("".join(letters))


@given(numbers, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_characters_in_each_others_place_are_noticed(number, one, other):
    letters = list(number.removeprefix("CC-").replace("-", ""))
    if letters[one] != letters[other]:
        letters[one], letters[other] = letters[other], letters[one]
        with pytest.raises(ValueError, match="not a confirmation number"):
            normalized("".join(letters))


@pytest.mark.parametrize("typed", ["", "CC", "CC-7K3M", "CC-0000-0000", "CC-7K3M-9QPXX", "'; DROP TABLE requests",
                                   "ß" * 8])
def test_what_is_none_is_not_taken_for_one(typed):
    with pytest.raises(ValueError, match="not a confirmation number"):
        normalized(typed)


def test_a_number_that_is_taken_is_drawn_again():
    first = new_number(lambda _: False, iter_choice("7K3M9QP"))
    drawn = iter_choice("7K3M9QP" + "KKKKKKK")
    assert new_number(lambda number: number == first, drawn) != first


def test_a_source_of_chance_that_has_only_one_number_is_given_up():
    with pytest.raises(NoNumberFree):
        new_number(lambda _: True, iter_choice("7K3M9QP"))


def test_twenty_thousand_are_nearly_all_different():
    drawn = {new_number(lambda _: False, secrets.choice) for _ in range(20_000)}
    assert len(drawn) > 19_990
