"""Sets a letter as a tagged PDF (PDF/UA-1): the same data gives the same bytes, wherever it is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date

from notifications.letters.sender import Sender
from notifications.letters.words import OTHER, Words, words

FOLDER = Path(__file__).parent


class NotPrintable(Exception):
    """This letter cannot be set, whatever is tried: says what kind of thing is wrong, never whose or what."""


class TemplateBroken(RuntimeError):
    """The template, not the letter, is at fault: nothing may be rejected for it."""


def set_pdf(template: str, data: Mapping[str, Any], written_on: date, **inputs: str) -> bytes:
    """Raises NotPrintable, or TemplateBroken."""
    try:
        # No fonts but typst's own, no packages, no network: the letter looks the same wherever it is made.
        # The file's date is the letter's date, so that a letter made again is the same file.
        pdf: bytes = typst.compile(
            FOLDER / f"{template}.typ", root=FOLDER, font_paths=[], ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(data), **inputs}, format="pdf", pdf_standards="ua-1",
            timestamp=_midnight(written_on))
    except typst.TypstError as error:  # its text quotes what it could not set (a name), so it goes no further
        if "could not be displayed" in str(error):
            raise NotPrintable("a character that the letter's font has not") from None
        raise TemplateBroken(template) from None
    return pdf


def frame(language: str, filled: Words, sender: Sender, to: tuple[str, ...], reference: str) -> dict[str, Any]:
    """What every letter has around its text."""
    other = OTHER[language]
    return {
        "language": language,
        "sender": {"agency": sender.names[language], "phone": sender.phone, "tty": sender.tty, "web": sender.web,
                   "address": sender.address},
        "words": filled,
        "to": to,
        "reference": reference,
        "other": {"language": other, "words": words(other, "letter", values={"phone": sender.phone})["other_language"]},
    }


def long_date(day: date, language: str) -> str:
    """December 15, 2026 · 15 de diciembre de 2026"""
    return format_date(day, "long", locale=f"{language}_US")


def _midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400
