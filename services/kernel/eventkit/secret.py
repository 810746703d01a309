"""A value that must not be shown: a PIN, an SSN, a key."""

from __future__ import annotations

import hmac
from typing import NoReturn

HIDDEN = "•••"


class Secret:
    """Shows as `•••` however it is printed, formatted or logged; `reveal()` is the one way to the value.

    `json.dumps` refuses it (TypeError) unless it is given `default=str`, which writes `•••`.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self._value), _bytes(other._value))

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


def _bytes(value: str) -> bytes:
    """Never fails: an encoding error would carry the value."""
    return value.encode("utf-8", "surrogatepass")
