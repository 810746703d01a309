"""How the agency reaches a person beside mail: phones that ring nowhere, and who they work for."""

from __future__ import annotations

import random
from dataclasses import dataclass

from demo.chance import chance
from demo.habits import habit_of
from demo.words import AREA_CODES, EMPLOYERS, TOWNS


@dataclass(frozen=True)
class Phones:
    """Empty where there is none."""

    home: str
    mobile: str
    work: str


@dataclass(frozen=True)
class Employer:
    name: str
    phone: str
    city: str


def fictional_phone(rng: random.Random, county: str) -> str:
    """Of the hundred numbers of every area code that are kept for stories: 555-0100 to 555-0199."""
    return f"{AREA_CODES[county]}-555-01{rng.randrange(100):02d}"


def phones_of(participant_id: str, county: str, *, employed: bool) -> Phones:
    rng = chance("phones", participant_id)
    home, mobile, work = (fictional_phone(rng, county) for _ in range(3))
    return Phones(home if rng.random() < 0.2 else "", mobile if rng.random() < 0.88 else "",
                  work if employed and rng.random() < 0.35 else "")


def employer_of(participant_id: str, county: str) -> Employer | None:
    """Whose support is withheld from wages earns them somewhere; of the others a few do. A company has one phone."""
    rng = chance("works for", participant_id)
    name, by_chance = rng.choice(EMPLOYERS), rng.random() < 0.25
    if habit_of(participant_id) != "withheld" and not by_chance:
        return None
    own = chance("employer", county, name)
    return Employer(name, fictional_phone(own, county), own.choice(TOWNS[county])[0])
