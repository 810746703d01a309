"""The letter to somebody's old address: how we reach them was changed, what kind of thing and when, never to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from notifications.letters.sender import Sender
from notifications.letters.setting import NotPrintable, frame, long_date, set_pdf
from notifications.letters.words import LANGUAGES, words

TEMPLATE = "contact_changed"
OTHER_KIND = "other"


@dataclass(frozen=True)
class ContactLetter:
    """`to` are the lines of the old address, the name first; `changed` are kinds of information in the words of
    `cases`."""

    letter_id: str
    language: str
    to: tuple[str, ...] = field(repr=False)
    changed: tuple[str, ...]
    changed_on: date
    written_on: date
    template = TEMPLATE


def render(letter: ContactLetter, sender: Sender) -> bytes:
    """The PDF; the same letter gives the same bytes. Raises NotPrintable, or TemplateBroken."""
    if letter.language not in LANGUAGES:
        raise NotPrintable("language")
    return set_pdf(TEMPLATE, _data(letter, sender), letter.written_on)


def kinds(changed: tuple[str, ...], language: str) -> list[str]:
    """What was changed, as readers call it; a kind that we have no words for is told in general."""
    known = words(language, "contact_kinds", values={})
    named = [str(known[kind]) for kind in known if kind in changed and kind != OTHER_KIND]
    return named or [str(known[OTHER_KIND])]


def _data(letter: ContactLetter, sender: Sender) -> dict[str, Any]:
    language = letter.language
    filled = words(language, "letter", TEMPLATE, values={
        "name": letter.to[0], "changed_on": long_date(letter.changed_on, language), "phone": sender.phone,
        "tty": sender.tty, "web": sender.web})
    return frame(language, filled, sender, letter.to, letter.letter_id) | {
        "facts": [[filled["date"], long_date(letter.written_on, language)]],
        "changed": kinds(letter.changed, language)}
