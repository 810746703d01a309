"""Days and months as each language writes them, remembered: a list writes the same few many times."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from gateway.catalogue import LOCALES, Language


@lru_cache(maxsize=4096)
def short_day(language: Language, on: date) -> str:
    return str(format_date(on, "medium", locale=LOCALES[language]))


@lru_cache(maxsize=1024)
def month(language: Language, on: date) -> str:
    name = month_in_text(language, on)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1024)
def month_in_text(language: Language, on: date) -> str:
    """As it stands inside a sentence, where Spanish begins it with a small letter."""
    return str(format_skeleton("yMMMM", on.replace(day=1), locale=LOCALES[language]))


@lru_cache(maxsize=256)
def month_letters(language: Language, on: date) -> str:
    """As little as will do under a bar: its first three letters, and in January the last digits of the year."""
    if on.month == 1:
        return f"’{on:%y}"
    return str(format_date(on, "LLL", locale=LOCALES[language])).rstrip(".")[:3].capitalize()
