"""The letter that brings a temporary PIN, as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventkit.secret import Secret
from notifications.letters.sender import Sender
from notifications.letters.setting import NotPrintable, frame, long_date, set_pdf
from notifications.letters.words import LANGUAGES, words

TEMPLATE = "pin_letter"
_SHOWN_DIGITS = 4


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
    template = TEMPLATE


def render(letter: PinLetter, sender: Sender) -> bytes:
    """The PDF; the same letter gives the same bytes. Raises NotPrintable, or TemplateBroken."""
    if letter.language not in LANGUAGES:
        raise NotPrintable("language")
    return set_pdf(TEMPLATE, _data(letter, sender), letter.written_on, pin=letter.pin.reveal())


def _data(letter: PinLetter, sender: Sender) -> dict[str, Any]:
    filled = words(letter.language, "letter", TEMPLATE, values=_values(letter, sender))
    facts = [[filled["date"], long_date(letter.written_on, letter.language)],
             [filled["participant"], filled["ending"]]]
    return frame(letter.language, filled, sender, letter.to, letter.letter_id) | {"facts": facts}


def _values(letter: PinLetter, sender: Sender) -> dict[str, str]:
    return {"name": letter.to[0], "expires_on": long_date(letter.expires_on, letter.language),
            "phone": sender.phone, "web": sender.web, "digits": letter.participant_id[-_SHOWN_DIGITS:]}
