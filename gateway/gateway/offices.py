"""The local offices: name, phone and hours by the FIPS code of the county, from a file that an agency replaces."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway.catalogue import LANGUAGES, Language

OURS = Path(__file__).with_name("offices.toml")


@dataclass(frozen=True)
class Office:
    fips: str
    name: Mapping[Language, str]
    phone: str


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

    def named(self, county: str, language: Language) -> list[Office]:
        """Those with that in their name, by name; all of them where nothing is said. Case and accents are no matter."""
        wanted = _plain(county)
        found = [office for office in self.by_fips.values()
                 if any(wanted in _plain(name) for name in office.name.values())]
        return sorted(found, key=lambda office: _plain(office.name[language]))


def _plain(text: str) -> str:
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


def _office(fips: str, entry: Mapping[str, str]) -> Office:
    try:
        return Office(fips, {language: entry[language] for language in LANGUAGES}, entry["phone"])
    except (KeyError, TypeError):
        raise ValueError(f"office {fips}: needs {', '.join(LANGUAGES)} and phone") from None
