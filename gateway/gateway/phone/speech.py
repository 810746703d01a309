"""From the lines of a turn to the sentences that are spoken, and how long they take."""

from typing import Final

from gateway.catalogue import Catalogue
from gateway.phone.turns import Line

WORDS_A_SECOND: Final = 2.6
LETTERS_A_SECOND: Final = 16.0
"""An unhurried voice, about 155 words a minute; Spanish words are longer, so letters are counted too."""


def sentence(catalogue: Catalogue, line: Line) -> str:
    """The text of one line. A date at its beginning gets its capital letter for those who read it (TTY)."""
    text = catalogue.text(line.language, line.key, **dict(line.values))
    return text[:1].upper() + text[1:]


def seconds(text: str) -> float:
    """How long a text takes to say, estimated from its words and letters, whichever takes longer."""
    return max(len(text.split()) / WORDS_A_SECOND, len(text) / LETTERS_A_SECOND)
