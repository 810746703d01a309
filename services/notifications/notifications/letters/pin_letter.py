"""The letter that brings a temporary PIN, as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date

from eventkit.secret import Secret
from notifications.letters.sender import Sender
from notifications.letters.words import LANGUAGES, OTHER, words

TEMPLATE = "pin_letter"
_FOLDER = Path(__file__).parent
_SHOWN_DIGITS = 4


class NotPrintable(Exception):
    """This letter cannot be set, whatever is tried: says what kind of thing is wrong, never whose or what."""


class TemplateBroken(RuntimeError):
    """The template, not the letter, is at fault: nothing may be rejected for it."""


@dataclass(frozen=True)
class PinLetter:
    """`to` are the addressee's lines, the name first; `written_on` the agency's date on the letter."""

    letter_id: str
    language: str
    participant_id: str = field(repr=False)
    to: tuple[str, ...] = field(repr=False)
    pin: Secret
    expires_on: date
    written_on: date


def render(letter: PinLetter, sender: Sender) -> bytes:
    """The PDF; the same letter gives the same bytes. Raises NotPrintable, or TemplateBroken."""
    if letter.language not in LANGUAGES:
        raise NotPrintable("language")
    inputs = {"letter": json.dumps(_data(letter, sender)), "pin": letter.pin.reveal()}
    try:
        # No fonts but typst's own, no packages, no network: the letter looks the same wherever it is made.
        # The file's date is the letter's date, so that a letter made again is the same file.
        pdf: bytes = typst.compile(
            _FOLDER / f"{TEMPLATE}.typ", root=_FOLDER, font_paths=[], ignore_system_fonts=True, sys_inputs=inputs,
            format="pdf", pdf_standards="ua-1", timestamp=_midnight(letter.written_on))
    except typst.TypstError as error:  # its text quotes what it could not set (a name), so it goes no further
        if "could not be displayed" in str(error):
            raise NotPrintable("a character that the letter's font has not") from None
        raise TemplateBroken(TEMPLATE) from None
    return pdf


def _data(letter: PinLetter, sender: Sender) -> dict[str, Any]:
    language, other = letter.language, OTHER[letter.language]
    filled = words(language, "letter", TEMPLATE, values=_values(letter, sender))
    return {
        "language": language,
        "sender": {"agency": sender.names[language], "phone": sender.phone, "tty": sender.tty, "web": sender.web,
                   "address": sender.address},
        "words": filled,
        "to": letter.to,
        "facts": [[filled["date"], long_date(letter.written_on, language)],
                  [filled["participant"], filled["ending"]]],
        "reference": letter.letter_id,
        "other": {"language": other, "words": words(other, "letter", values=_values(letter, sender))["other_language"]},
    }


def _values(letter: PinLetter, sender: Sender) -> dict[str, str]:
    return {"name": letter.to[0], "expires_on": long_date(letter.expires_on, letter.language),
            "phone": sender.phone, "web": sender.web, "digits": letter.participant_id[-_SHOWN_DIGITS:]}


def long_date(day: date, language: str) -> str:
    """December 15, 2026 · 15 de diciembre de 2026"""
    return format_date(day, "long", locale=f"{language}_US")


def _midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400
