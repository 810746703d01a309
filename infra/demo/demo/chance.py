"""Chance that is the same every time: a generator per subject, so that one row never changes another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

SEED = "customer-connect-demo-1"
T = TypeVar("T")


def chance(*subject: object) -> random.Random:
    """A generator for one subject, e.g. `chance("payment", case_id, due)`."""
    return random.Random("|".join([SEED, *map(str, subject)]))


def weighted(rng: random.Random, choices: Sequence[tuple[T, float]]) -> T:
    """One of the values, by weight; the weights need not sum to one."""
    point = rng.random() * sum(weight for _, weight in choices)
    for value, weight in choices:
        point -= weight
        if point < 0:
            return value
    return choices[-1][0]
