"""The words of the letters: one catalogue a language, the same keys in each or nothing starts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

LANGUAGES = ("en", "es")
OTHER = {"en": "es", "es": "en"}

Words = dict[str, str | list[str]]
Sections = dict[str, Words]


class CataloguesDiffer(ValueError):
    """A key, a list's length or a placeholder that one language has and the other has not."""


@cache
def catalogues() -> dict[str, Sections]:
    """Language -> section -> key -> words. Raises CataloguesDiffer."""
    found = {language: _read(language) for language in LANGUAGES}
    for language in LANGUAGES:
        if differing := _shape(found[language]) ^ _shape(found["en"]):
            raise CataloguesDiffer(f"{language}: {sorted(differing)}")
    return found


def words(language: str, *sections: str, values: Mapping[str, str]) -> Words:
    """All words of these sections with their {placeholders} filled in."""
    filled: Words = {}
    for section in sections:
        for key, text in catalogues()[language][section].items():
            filled[key] = [line.format(**values) for line in text] if isinstance(text, list) else text.format(**values)
    return filled


def _read(language: str) -> Sections:
    return tomllib.loads(files(__package__).joinpath("words", f"{language}.toml").read_text("utf-8"))


def _shape(sections: Sections) -> set[str]:
    """What must be the same in every language, as `section.key[number]{placeholders}`."""
    shape = set()
    for section, texts in sections.items():
        for key, text in texts.items():
            lines = text if isinstance(text, list) else [text]
            names = sorted({name for line in lines for _, name, _, _ in Formatter().parse(line) if name})
            shape.add(f"{section}.{key}[{len(lines)}]{{{','.join(names)}}}")
    return shape
