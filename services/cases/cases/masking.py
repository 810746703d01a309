"""What is shown of a personal field to its own person: enough to know it again, too little to be of use to a thief.

A mask is never longer for a longer text, and says no more than what is named at each function.
"""

from __future__ import annotations

HIDDEN = "•••"
STREETS = ("St", "Ave", "Blvd", "Rd", "Dr", "Ln", "Ct", "Pl", "Way", "Cir", "Ter", "Pkwy", "Hwy")
LONGEST_ENDING = 4


def name(text: str) -> str:
    """The first letters of the first and the last word: `A••• P•••`."""
    words = text.split()
    return " ".join(_first(word) + HIDDEN for word in (words[0], *words[1:][-1:])) if words else HIDDEN


def address(line1: str, city: str, state: str, postcode: str) -> str:
    """The first sign of the street line, a usual word for street at its end, the city and three digits of the ZIP:
    `1••• ••••• St, Oxnard, CA 930••`. The second line is not even said to be there."""
    last = line1.split()[-1:]
    street = f" {last[0]}" if last and last[0] in STREETS else ""
    return f"{_first(line1)}••• •••••{street}, {city}, {state} {postcode[:3]}••"


def phone(digits: str) -> str:
    """The last four digits: `•••-•••-0142`."""
    return f"•••-•••-{digits[-4:]}"


def email(text: str) -> str:
    """The first letters of the name and of the place, and a short ending: `m•••@e•••.org`."""
    person, _, place = text.rpartition("@")
    ending = place.rpartition(".")[2]
    return f"{_first(person)}{HIDDEN}@{_first(place)}{HIDDEN}.{ending if len(ending) <= LONGEST_ENDING else HIDDEN}"


def employer(text: str) -> str:
    """The first letter: `W•••`."""
    return _first(text) + HIDDEN


def initials(text: str) -> str:
    """The first letters of the first and the last word of a child's name: `L. P.`"""
    words = text.split()
    return " ".join(f"{_first(word)}." for word in (words[0], *words[1:][-1:])) if words else HIDDEN


def _first(text: str) -> str:
    return text[:1] if text[:1].isalnum() else "•"
