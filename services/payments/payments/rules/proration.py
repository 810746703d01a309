"""Sharing an amount in proportion, exact to the cent: the largest remainder gets the next one."""

from __future__ import annotations

from collections.abc import Sequence


def prorate(cents: int, weights: Sequence[int]) -> list[int]:
    """Parts that add up to `cents`, in proportion to the weights; nothing where all weights are 0.

    Equal remainders: whoever comes first. Raises ValueError for a negative amount or weight.
    """
    total = sum(weights)
    if cents < 0 or any(weight < 0 for weight in weights):
        raise ValueError("amounts and weights are not negative")
    if total == 0:
        return [0] * len(weights)
    parts = [cents * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(cents * weights[i] % total), i))
    for i in by_remainder[: cents - sum(parts)]:
        parts[i] += 1
    return parts
