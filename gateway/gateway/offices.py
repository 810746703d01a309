"""The local offices: county, name and phone by the FIPS code of the county, from a file that an agency replaces."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gateway.catalogue import LANGUAGES, Language

OURS = Path(__file__).with_name("offices.toml")


@dataclass(frozen=True)
class Office:
    """`county`, by which callers find it, may be empty. `zips`: ZIP codes it serves beside those of its county, or in
    the place of another county's office."""

    fips: str
    county: str
    name: Mapping[Language, str]
    phone: str
    zips: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offices:
    by_fips: Mapping[str, Office]

    @classmethod
    def load(cls, place: Path = OURS) -> Offices:
        """Raises ValueError that names the entry which is not right."""
        try:
            entries = tomllib.loads(place.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise ValueError(f"cannot read the offices of {place}") from None
        return cls({fips: _office(fips, entry) for fips, entry in entries.items()})

    def find(self, fips: str | None) -> Office | None:
        return self.by_fips.get(fips or "")

    def serving(self, zip_code: str, county_of: Callable[[str], str | None]) -> Office | None:
        """By a ZIP code of five digits; `county_of` gives the county's name."""
        own = next((office for office in self.by_fips.values() if zip_code in office.zips), None)
        if own is not None or (county := county_of(zip_code)) is None:
            return own
        return self.of_county(county)

    def of_county(self, county: str) -> Office | None:
        """ "Los Angeles", "condado de Los Ángeles", "Los Angeles County": all the same. """
        wanted = _county(county)
        of_that_name = (office for office in self.by_fips.values() if wanted and _county(office.county) == wanted)
        return next(of_that_name, None)

    @property
    def counties(self) -> tuple[str, ...]:
        return tuple(sorted(office.county for office in self.by_fips.values() if office.county))

    def named(self, county: str, language: Language) -> list[Office]:
        """Those with that in their name, by name; all of them where nothing is said. Case and accents are no matter."""
        wanted = _plain(county)
        found = [office for office in self.by_fips.values()
                 if any(wanted in _plain(name) for name in office.name.values())]
        return sorted(found, key=lambda office: _plain(office.name[language]))


def _plain(text: str) -> str:
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


def _county(name: str) -> str:
    return _plain(name).removesuffix(" county").removeprefix("county of ").removeprefix("condado de ")


def _office(fips: str, entry: Mapping[str, Any]) -> Office:
    try:
        name = {language: entry[language] for language in LANGUAGES}
        return Office(fips, entry.get("county", ""), name, entry["phone"], frozenset(entry.get("zips", ())))
    except (KeyError, TypeError):
        raise ValueError(f"office {fips}: needs {', '.join(LANGUAGES)} and phone") from None
