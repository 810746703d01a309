"""Words that give away the other language: those of its texts, months and days that ours has not."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from gateway.catalogue import LANGUAGES, LOCALES, Catalogue, Language

WORD = re.compile(r"[^\W\d_]{3,}")
IN_BOTH = frozenset({"ago", "may", "sep"})
"""English words that are also months in Spanish, as they are written short."""


@cache
def foreign(language: Language) -> frozenset[str]:
    """Every word that only the other catalogue or calendar has."""
    others = frozenset[str]().union(*(vocabulary(other) for other in LANGUAGES if other != language))
    return others - vocabulary(language) - IN_BOTH


def left_in(words: str, language: Language) -> set[str]:
    """Of the other language, in what should be this one."""
    return {word.lower() for word in WORD.findall(words)} & foreign(language)


def vocabulary(language: Language) -> frozenset[str]:
    locale = Locale.parse(LOCALES[language])
    said = [form for forms in Catalogue.load("web").texts[language].values() for form in forms]
    for names in (locale.months["format"], locale.days["format"]):
        said += [name for width in ("wide", "abbreviated") for name in names[width].values()]
    return frozenset(word.lower() for word in WORD.findall(re.sub(r"\{\w+\}", "", " ".join(said))))
