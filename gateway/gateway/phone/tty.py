"""The profile of text telephones (TTY): short lines of capital letters, in the signs that Baudot has, ended by GA.

A TTY is half duplex: whoever has finished writes GA (go ahead), and SK at the end of a call. It has no accents and no
small letters, shows a line of a few dozen signs, and takes a second for each six of them.
"""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from datetime import time as Time
from typing import Final

from gateway.catalogue import Language
from gateway.phone.said import Sentence

LONGEST_LINE: Final = 59
GO_AHEAD: Final = "GA"
END: Final = "SK"
SIGNS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -$!().,:;?/'\"")
"""What US TTY (ITA2 with American figures) can write, as far as we use it."""
_KEYS: Final = {"en": ("POUND", "STAR"), "es": ("NUMERO", "ASTERISCO")}
_MONTHS: Final = {
    "en": ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    "es": ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"],
}


def lines(language: Language, text: str) -> list[str]:
    """The text in lines of at most 59 signs, capital letters only; a sign that Baudot has not is left out."""
    pound, star = _KEYS[language]
    folded = unicodedata.normalize("NFKD", text).upper().replace("#", pound).replace("*", star)
    kept = "".join(sign for sign in folded if sign in SIGNS)
    return textwrap.wrap(" ".join(kept.split()), LONGEST_LINE - len(GO_AHEAD) - 1, break_on_hyphens=False)


def signed(written: Sequence[Sentence], sign: str) -> list[Sentence]:
    """The last line says whose turn it is: GA where an answer is expected, SK where the call is over."""
    if not written or not sign:
        return list(written)
    last = written[-1]
    return [*written[:-1], replace(last, text=f"{last.text} {sign}")]


def day(language: Language, on: Date, *, year: bool) -> str:
    """NOV 3 · 3 NOV, with the year where it is said."""
    name = _MONTHS[language][on.month - 1]
    short = f"{name} {on.day}" if language == "en" else f"{on.day} {name}"
    return f"{short} {on.year}" if year else short


def clock(language: Language, at: Time) -> str:
    """10:15 AM"""
    del language
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"
