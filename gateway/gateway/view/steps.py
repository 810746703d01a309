"""The steps that explain a payment: a code, for which the catalogues have a text, and the values of that text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gateway.view.folding import Row

Step = dict[str, Any]


def step(code: str, **values: Any) -> Step:
    return {"code": code, **values}


def without(pieces: Iterable[Row], cents: int, **like: Any) -> list[Row]:
    """The pieces less so many cents of those that are like this; a piece that comes to nothing is left out."""
    left: list[Row] = []
    for piece in pieces:
        taken = min(cents, piece["amount_cents"]) if all(piece[name] == value for name, value in like.items()) else 0
        cents -= taken
        if piece["amount_cents"] > taken:
            left.append({**piece, "amount_cents": piece["amount_cents"] - taken})
    return left
