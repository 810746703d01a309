"""The rules as figures: what happened, in a few plain lines, and what must come of it, worked out by hand.

A row is `Vector(name, why, told, expected)`. `why` derives the expected figures from domain.md, never from the code.
`told` and `expected` hold a line a step, in the words that `language.py` knows. Cases are c1, c2 (of one family where
the row says `family`) and c3; receipts are R1, R2, ... in the order they are paid; dates are ISO. A new law is a new
dated entry in payments/rules, and rows here for the day before it and its first day.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Vector:
    name: str
    why: str
    told: str
    expected: str
    family: str = ""
    """Cases that belong to one family, such as "c1 c2"."""
