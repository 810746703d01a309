"""Participants that do not exist: names put together by chance, numbers that were never issued."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from demo.chance import chance, weighted
from demo.reach import Employer, Phones, employer_of, phones_of
from demo.words import FIRST_NAMES, LAST_NAMES, STREET_KINDS, STREETS, TOWNS

PROTECTED_SHARE = 0.04


@dataclass(frozen=True)
class Address:
    line1: str
    line2: str
    city: str
    state: str
    zip: str


@dataclass(frozen=True)
class Participant:
    """`ssn` is nine digits or empty; `county` says where they live and is in no file. Of who is `protected` the other
    party must not learn where they are."""

    participant_id: str
    ssn: str
    first_name: str
    last_name: str
    language: str
    address: Address | None
    address_valid: bool
    email: str
    county: str
    phones: Phones
    employer: Employer | None
    protected: bool
    email_notices: bool


def make_participants(count: int) -> list[Participant]:
    """`count` people, each with an own id, and no two with one Social Security number."""
    ids, numbers = _unique_ids(count), _unique_ssns(count)
    return [_participant(place, participant_id, ssn)
            for place, (participant_id, ssn) in enumerate(zip(ids, numbers, strict=True))]


def never_issued_ssn(rng: random.Random) -> str:
    """Nine digits of an area that is never issued: 9xx, 666 or 000.

    Of the 9xx numbers only groups below 50 are taken: the others serve as taxpayer numbers.
    """
    kind = weighted(rng, [("9", 0.88), ("666", 0.07), ("000", 0.05)])
    area = f"9{rng.randrange(100):02d}" if kind == "9" else kind
    return f"{area}{rng.randrange(1, 50):02d}{rng.randrange(1, 10_000):04d}"


def _unique_ids(count: int) -> list[str]:
    rng, found = chance("participant ids"), dict[str, None]()
    while len(found) < count:
        found[f"{rng.randrange(10**8, 10**10):010d}"] = None  # some begin with a zero, as in life
    return list(found)


def _unique_ssns(count: int) -> list[str]:
    rng, found = chance("ssns"), dict[str, None]()
    while len(found) < count:
        found[never_issued_ssn(rng)] = None
    return list(found)


def _participant(place: int, participant_id: str, ssn: str) -> Participant:
    rng = chance("participant", participant_id)
    # Two of every five: the share holds for any number of people.
    language = "es" if place % 5 in (1, 3) else "en"
    heritage = "es" if language == "es" or rng.random() < 0.2 else "en"
    first, last = rng.choice(FIRST_NAMES[heritage]), rng.choice(LAST_NAMES[heritage])
    county = rng.choice(sorted(TOWNS))
    has_address = rng.random() < 0.98
    known_ssn = ssn if rng.random() < 0.95 else ""
    address = _address(rng, county) if has_address else None
    address_valid = has_address and rng.random() < 0.95
    email = _email(first, last, place) if rng.random() < 0.7 else ""
    # What came later has generators of its own: nobody moves or changes their name for it.
    told, employer = chance("told", participant_id), employer_of(participant_id, county)
    return Participant(
        participant_id, known_ssn, first, last, language, address, address_valid, email, county,
        phones=phones_of(participant_id, county, employed=employer is not None),
        employer=employer,
        protected=told.random() < PROTECTED_SHARE,
        email_notices=told.random() < 0.6 and bool(email),
    )


def _address(rng: random.Random, county: str) -> Address:
    town, postcode = rng.choice(TOWNS[county])
    line1 = f"{rng.randrange(1, 9900)} {rng.choice(STREETS)} {rng.choice(STREET_KINDS)}"
    line2 = f"Apt {rng.randrange(1, 60)}" if rng.random() < 0.3 else ""
    return Address(line1, line2, town, "CA", postcode)


def _email(first: str, last: str, place: int) -> str:
    plain = unicodedata.normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore").decode()
    local = "".join(letter for letter in plain.lower() if letter.isalnum() or letter == ".")
    return f"{local}{place}@example.org"
