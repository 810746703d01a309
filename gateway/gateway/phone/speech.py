"""From the lines of a turn to the sentences that are spoken, or written on a text telephone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from gateway.catalogue import Catalogue, Language, money, placeholders
from gateway.phone import tty, words
from gateway.phone.house import House
from gateway.phone.said import Said, Sentence, Transfer
from gateway.phone.turns import Clock, Day, Line, Listen, Money, Name, Number, Pace, Spelled, Text, Turn, Value

WORDS_A_SECOND: Final = 3.1
LETTERS_A_SECOND: Final = 18.0
"""A voice at its normal rate, between pauses; Spanish words are longer, so letters are counted too."""
PAUSE: Final = 0.25
SHORT_PAUSE: Final = 0.12
"""Seconds behind a sentence or a colon, and behind a comma. All of it fitted to espeak-ng at its 175 words a minute."""
LOST: Final[Mapping[bool, tuple[str, ...]]] = {
    False: ("trouble.unavailable", "goodbye.bye"), True: ("agent.closed", "office.hours"),
}
"""What a platform says by itself when it cannot reach the gateway, or (True) the agent."""


@dataclass(frozen=True)
class Wording:
    """Says lines in words for the ear; in the pace `tty` with figures, in short plain lines for the eye."""

    voice: Catalogue = field(default_factory=lambda: Catalogue.load("phone"))
    short: Catalogue = field(default_factory=lambda: Catalogue.load("tty"))
    house: House = field(default_factory=House)

    def said(self, turn: Turn, context: str = "") -> Said:
        """`context` goes with a transfer."""
        lost = (Line(key, turn.language) for key in LOST[turn.transfer is not None])
        return Said(
            turn.language, turn.pace, self._sentences(turn.lines, turn.pace, tty.GO_AHEAD if turn.listen else tty.END),
            self._listen(turn.listen), Transfer(turn.transfer, context) if turn.transfer else None,
            self._sentences(tuple(lost), turn.pace, tty.END))

    def moment(self, language: Language, pace: Pace) -> Said:
        """ "One moment, please": said while a turn is still at work."""
        lines = (Line("trouble.moment", language),)
        lost = tuple(Line(key, language) for key in LOST[False])
        return Said(language, pace, self._sentences(lines, pace, ""), None, None,
                    self._sentences(lost, pace, tty.END))

    def sentence(self, line: Line, pace: Pace = "normal") -> str:
        """The text of one line, its values in words (or figures)."""
        texts = self._texts(line.key, pace)
        forms = texts.texts[line.language].get(line.key, ())
        wanted = set().union(*map(placeholders, forms))
        of_house = self.house.values(line.language)
        values = {name: value for name, value in {**of_house, **dict(line.values)}.items()
                  if name in wanted or name not in of_house}
        spoken: dict[str, object] = {name: self._value(line.language, value, pace) for name, value in values.items()}
        if line.count is not None:
            spoken["count"] = line.count
        text = texts.text(line.language, line.key, **spoken)
        # a date at its beginning gets its capital letter, for those who read it
        return text[:1].upper() + text[1:]

    def _sentences(self, lines: tuple[Line, ...], pace: Pace, sign: str) -> tuple[Sentence, ...]:
        told = tuple(Sentence(line.language, self.sentence(line, pace), self.house.voices.get(line.language, ""))
                     for line in lines)
        if pace != "tty":
            return told
        written = [replace(one, text=row) for one in told for row in tty.lines(one.language, one.text)]
        return tuple(tty.signed(written, sign))

    def _listen(self, listen: Listen | None) -> Listen | None:
        if listen is None or not listen.counties:
            return listen
        counties = ((listen.language, county) for county in self.house.counties)
        return replace(listen, words=(*listen.words, *counties))

    def _value(self, language: Language, value: Value, pace: Pace) -> str:
        if isinstance(value, Text):
            return self._texts(value.key, pace).text(language, value.key)
        return (_WRITES if pace == "tty" else _SAYS)[type(value)](language, value)

    def _texts(self, key: str, pace: Pace) -> Catalogue:
        """What has no short text is shown as it is said."""
        return self.short if pace == "tty" and key in self.short.texts["en"] else self.voice


def seconds(text: str) -> float:
    """How long a text takes to say, estimated from its words or letters, whichever take longer, and its pauses."""
    spoken = max(len(text.split()) / WORDS_A_SECOND, len(text) / LETTERS_A_SECOND)
    return spoken + PAUSE * len(re.findall(r"[.:;?!](?=\s|$)", text)) + SHORT_PAUSE * text.count(",")


def _named(language: Language, value: Name) -> str:
    """Numbers inside a name (a post office box, a ZIP code) are said digit by digit, an address of the web in words."""
    if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", value.text):
        return words.web_address(language, value.text)
    return re.sub(r"[0-9]{2,}", lambda found: words.spelled(language, found.group()), value.text)


_SAYS: Final[Mapping[type[object], Callable[..., str]]] = {
    Money: lambda language, value: words.amount(language, value.cents),
    Day: lambda language, value: words.day(language, value.on, year=value.year),
    Clock: lambda language, value: words.clock(language, value.at),
    Number: lambda language, value: words.number(language, value.value),
    Spelled: lambda language, value: words.spelled(language, value.text),
    Name: _named,
}
_WRITES: Final[Mapping[type[object], Callable[..., str]]] = {
    Money: lambda language, value: money(language, value.cents),
    Day: lambda language, value: tty.day(language, value.on, year=value.year),
    Clock: lambda language, value: tty.clock(language, value.at),
    Number: lambda _, value: str(value.value),
    Spelled: lambda _, value: value.text,
    Name: lambda _, value: value.text,
}
