"""Each letter and the e-mail in the reader's language alone, but for the line that says where the other one is."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from email.headerregistry import Address

import pypdf
import pytest
from babel.dates import get_month_names

from eventkit.secret import Secret
from notifications.letters import contact_letter, pin_letter
from notifications.letters.contact_letter import ContactLetter
from notifications.letters.pin_letter import PinLetter
from notifications.letters.sender import SENDER_SETTINGS, sender_of
from notifications.letters.setting import long_date
from notifications.letters.words import LANGUAGES, OTHER, catalogues, words
from notifications.mailing.contact_email import ContactEmail, compose
from servicekit.settings import load

SENDER = sender_of(load(SENDER_SETTINGS, {}))
TO = ("Ñandú", "77 Ñ", "Ñuñoa, CA 90012-1234")  # a name and an address are of no language: these are of neither
DAY = date(2026, 11, 23)
WORD = re.compile(r"[^\W\d_]{3,}")
BOTH_LANGUAGES = pytest.mark.parametrize("language", LANGUAGES)


def vocabulary(language: str) -> set[str]:
    texts = [text for section in catalogues()[language].values() for text in section.values()]
    lines = [line for text in texts for line in (text if isinstance(text, list) else [text])]
    months = get_month_names(locale=language).values()
    return {word.lower() for word in WORD.findall(re.sub(r"\{\w+\}", "", " ".join([*lines, *months])))}


def left_in(text: str, language: str) -> set[str]:
    """Our address on the web is no word either."""
    other = OTHER[language]
    offer = str(words(other, "letter", values={"phone": SENDER.phone})["other_language"])
    text = " ".join(text.split()).replace(offer, "").replace(SENDER.web, "")
    return {word.lower() for word in WORD.findall(text)} & (vocabulary(other) - vocabulary(language))


def paper(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def said(language: str) -> dict[str, str]:
    kinds = tuple(catalogues()["en"]["contact_kinds"])
    pin = PinLetter("n-1", language, "9100000000007734", TO, Secret("48271936"), DAY, DAY)
    mail = ContactEmail("m-1", language, Secret("n@n.example"), DAY, datetime(2026, 11, 24, tzinfo=UTC))
    message = compose(mail, SENDER, Address("", "no-reply", "n.example"))
    return {"PIN": paper(pin_letter.render(pin, SENDER)),
            "contact": paper(contact_letter.render(ContactLetter("n-1", language, TO, kinds, DAY, DAY), SENDER)),
            "e-mail": f"{message['Subject']} {message.get_content()}"}


@BOTH_LANGUAGES
def test_no_word_of_the_other_language_is_left(language):
    found = said(language)
    assert all(len(WORD.findall(text)) > 20 for text in found.values())
    assert {name: left for name, text in found.items() if (left := left_in(text, language))} == {}


@BOTH_LANGUAGES
def test_the_search_would_find_one(language):
    assert len(vocabulary(OTHER[language]) - vocabulary(language)) > 100
    title = str(catalogues()[OTHER[language]]["contact_changed"]["title"])
    assert left_in(title, language) and left_in(long_date(DAY, OTHER[language]), language)
