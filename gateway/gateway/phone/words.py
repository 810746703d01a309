"""Amounts, dates, times and digits written out as words, so that no speech engine has to guess them.

Speech engines read `$1,234.56` and `11/01/2026` each in their own way, and wrongly in Spanish; plain words
are read alike by all of them. num2words knows the numbers; what it gets wrong for speech is put right here:
the British "and" and the commas in English, and in Spanish the short forms before a noun (veintiún mil,
un dólar).
"""

import re
from collections.abc import Mapping
from datetime import date as Date
from datetime import time as Time
from typing import Final

from babel.dates import get_month_names
from num2words import num2words

from gateway.catalogue import LOCALES, Language

_MILLION: Final = 1_000_000


def number(language: Language, value: int) -> str:
    """A whole number, 0 or more: "two hundred thirty-four" · "doscientos treinta y cuatro"."""
    if value < 0:
        raise ValueError("numbers below zero are not spoken")
    if language == "en":
        return str(num2words(value, lang="en")).replace(" and ", " ").replace(",", "")
    return _shortened(str(num2words(value, lang="es")), before=r"mil\b|millones\b")


def amount(language: Language, cents: int) -> str:
    """US dollars from integer cents, 0 or more; cents alone where there is no whole dollar."""
    dollars, rest = divmod(cents, 100)
    say = _MONEY[language]
    if dollars and rest:
        return f"{say(dollars, *_DOLLARS[language])} {_JOIN[language]} {say(rest, *_CENTS[language])}"
    return say(rest, *_CENTS[language]) if rest else say(dollars, *_DOLLARS[language])


def month(language: Language, index: int) -> str:
    """The name of month 1 to 12, as it is written inside a sentence."""
    return str(get_month_names("wide", locale=LOCALES[language])[index])


def day(language: Language, on: Date, *, year: bool = True) -> str:
    """ "November third, twenty twenty-six" · "el tres de noviembre de dos mil veintiséis" """
    name = month(language, on.month)
    if language == "en":
        said = f"{name} {num2words(on.day, to='ordinal', lang='en')}"
        return f"{said}, {num2words(on.year, to='year', lang='en').replace(' and ', ' ')}" if year else said
    said = f"el {'primero' if on.day == 1 else number('es', on.day)} de {name}"
    return f"{said} de {number('es', on.year)}" if year else said


def clock(language: Language, at: Time) -> str:
    """A time of day to the minute: "ten oh five in the morning" · "las diez y cinco de la mañana"."""
    hour = at.hour % 12 or 12
    if language == "en":
        if at.minute:
            minutes = f" {'oh ' if at.minute < 10 else ''}{number('en', at.minute)}"
        else:
            minutes = "" if hour == 12 else " o'clock"
        return f"{number('en', hour)}{minutes} {_part(_PARTS_EN, at)}"
    minutes = f" y {number('es', at.minute)}" if at.minute else ""
    hours = "la una" if hour == 1 else f"las {number('es', hour)}"
    return f"{hours}{minutes} {_part(_PARTS_ES, at)}"


def spelled(language: Language, text: str) -> str:
    """Sign by sign, a longer pause where a number is divided: "one, eight six six, three nine nine". Letters stay."""
    groups = re.findall(r"[0-9]+|[A-Za-z]+", text)
    return ", ".join(" ".join(_sign(language, sign) for sign in group) for group in groups)


def web_address(language: Language, text: str) -> str:
    """ "childsup dash connect dot ca dot gov" """
    dot, dash = {"en": (" dot ", " dash "), "es": (" punto ", " guion ")}[language]
    return text.removeprefix("www.").replace(".", dot).replace("-", dash)


def _sign(language: Language, sign: str) -> str:
    return number(language, int(sign)) if sign.isdigit() else sign.upper()


def _english_money(count: int, one: str, many: str) -> str:
    return f"{number('en', count)} {one if count == 1 else many}"


def _spanish_money(count: int, one: str, many: str) -> str:
    said = _shortened(number("es", count), before="$")
    # a round million is a noun: "un millón de dólares", but "un millón un dólares"
    of = " de" if count and count % _MILLION == 0 else ""
    return f"{said}{of} {one if count == 1 else many}"


def _shortened(text: str, *, before: str) -> str:
    """uno -> un, veintiuno -> veintiún where `before` (a pattern) follows."""
    text = re.sub(rf"\bveintiuno(?=\s*(?:{before}))", "veintiún", text)
    return re.sub(rf"\buno(?=\s*(?:{before}))", "un", text)


def _part(parts: tuple[tuple[int, str], ...], at: Time) -> str:
    exactly = {(0, 0): parts[0][1], (12, 0): parts[1][1]}
    if (at.hour, at.minute) in exactly:
        return exactly[at.hour, at.minute]
    return next(said for until, said in parts[2:] if at.hour < until)


_JOIN: Final[Mapping[Language, str]] = {"en": "and", "es": "con"}
_DOLLARS: Final[Mapping[Language, tuple[str, str]]] = {
    "en": ("dollar", "dollars"),
    "es": ("dólar", "dólares"),
}
_CENTS: Final[Mapping[Language, tuple[str, str]]] = {"en": ("cent", "cents"), "es": ("centavo", "centavos")}
_MONEY: Final = {"en": _english_money, "es": _spanish_money}
# midnight sharp, noon sharp, then by the hour the part of the day ends
_PARTS_EN: Final = (
    (0, "midnight"), (12, "noon"), (12, "in the morning"), (18, "in the afternoon"), (24, "in the evening"),
)
_PARTS_ES: Final = (
    (0, "de la noche"), (12, "del mediodía"), (1, "de la noche"), (6, "de la madrugada"),
    (12, "de la mañana"), (19, "de la tarde"), (24, "de la noche"),
)
