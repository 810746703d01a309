"""Which standing PINs are too easy to guess. Each fault has a name, so that a page can say what to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

# A PIN may not share this many digits in a row with a number of its owner.
WINDOW: Final = 6

# What people choose most when runs and repeats are refused: shapes on the keypad, mirrored and doubled runs.
COMMON: Final = frozenset({
    "147258", "147852", "147896", "159357", "159753", "258456", "258852", "321654", "357159", "369258", "741852",
    "753159", "789456", "852456", "951753", "963852", "987456", "112233", "223344", "332211", "445566", "123321",
    "321123", "654456", "142536", "135790", "246810", "102030", "314159", "271828", "123789", "456123", "789123",
    "11223344", "12344321", "14725836", "147258369", "741852963", "963852741",
})


@dataclass(frozen=True)
class PinRules:
    """Lengths of a standing PIN. More digits than the maximum cannot be typed twice without a mistake on a phone."""

    min_length: int = 6
    max_length: int = 12


def fault(pin: str, rules: PinRules, own_numbers: Sequence[str]) -> str | None:
    """The rule that the PIN breaks: not_digits, too_short, too_long, repeats, run, pattern, own_number, too_common.

    `own_numbers`: digits of the participant ID and of the SSN where it is known.
    """
    if not (pin.isascii() and pin.isdigit()):
        return "not_digits"
    if len(pin) < rules.min_length:
        return "too_short"
    if len(pin) > rules.max_length:
        return "too_long"
    return _shape(pin) or ("own_number" if any(_shares(pin, own) for own in own_numbers) else None)


def _shape(pin: str) -> str | None:
    if len(set(pin)) < 3:
        return "repeats"  # 111111, 121212, 100001
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({1}, {9}):
        return "run"  # 123456, 654321, 789012
    if any(_is_repeated(pin, size) for size in range(1, len(pin) // 2 + 1)):
        return "pattern"  # 123123, 45674567
    return "too_common" if pin in COMMON else None


def _is_repeated(pin: str, size: int) -> bool:
    """Whether the PIN is its first `size` digits over and over, the last time perhaps cut short."""
    return (pin[:size] * len(pin))[: len(pin)] == pin


def _shares(pin: str, own: str) -> bool:
    """Whether any six digits in a row of the PIN stand in a row in the number."""
    return any(pin[start:start + WINDOW] in own for start in range(len(pin) - WINDOW + 1))
