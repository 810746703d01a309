"""Where people are asked to come: a courthouse and an office of the agency in each county, in invented streets."""

from __future__ import annotations

from demo.chance import chance
from demo.words import OFFICE_NAMES, STREET_KINDS, STREETS, TOWNS


def court_of(county: str) -> str:
    return f"Superior Court, {TOWNS[county][0][0]}"


def court_address(county: str) -> str:
    return _address("court", county)


def office(county: str, what: str, language: str) -> str:
    """`what` is a key of the names; a laboratory is another house than the agency."""
    house = "laboratory" if what == "laboratory" else "agency"
    return f"{OFFICE_NAMES[language][what]}, {_address(house, county)}"


def _address(house: str, county: str) -> str:
    rng = chance("house", house, county)
    town, postcode = TOWNS[county][0]
    return f"{rng.randrange(100, 990)} {rng.choice(STREETS)} {rng.choice(STREET_KINDS)}, {town}, CA {postcode}"
