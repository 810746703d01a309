"""Confirmation numbers: `CC-7K3M-9QPX`, said and heard on the phone, written down by hand, and without a meaning."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

# No 0 and O and D, 1 and I and L, 2 and Z, 5 and S, 8 and B, 6 and G beside each other on paper; no M and N, J and K on
# the phone; no A, E, I, O, U, so that none spells a word. Seventeen: the check below wants a prime number.
ALPHABET = "34679CFHKMPQRTWXY"
PREFIX = "CC"
LENGTH = 8
TRIES = 20

Choose = Callable[[Sequence[str]], str]


class NoNumberFree(Exception):
    """Twenty numbers in a row were taken: the source of chance is broken."""


def new_number(taken: Callable[[str], bool], choose: Choose = secrets.choice) -> str:
    """One that is not taken; chance alone decides which."""
    for _ in range(TRIES):
        drawn = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
        number = _written(drawn + _check(drawn))
        if not taken(number):
            return number
    raise NoNumberFree


def normalized(typed: str) -> str:
    """As it is stored, of what somebody typed: in small letters, without dashes or the `CC`. Raises ValueError where it
    cannot be a number of ours: one wrong character, or two in each other's place, are always found."""
    letters = "".join(letter for letter in typed.upper() if letter not in " -.\u2010\u2011\u2012\u2013\u2014")
    letters = letters.removeprefix(PREFIX) if len(letters) > LENGTH else letters
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET) or _check(letters[:-1]) != letters[-1]:
        raise ValueError("not a confirmation number")
    return _written(letters)


def _check(drawn: str) -> str:
    """The last character, of weight 1, after the weights 8 to 2: the weighted sum is a multiple of seventeen."""
    weighted = sum((LENGTH - place) * ALPHABET.index(letter) for place, letter in enumerate(drawn))
    return ALPHABET[-weighted % len(ALPHABET)]


def _written(letters: str) -> str:
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"
