"""The dialog as a table: in each state what is asked, which keys and words answer it, and where they lead.

Reading a row: on entering the state its `ask` texts are said (keys of the catalogue `phone`); `help` is
said instead after the second failure and names the keys only. A caller answers either with one of `choices`,
by key or by word, or, where `digits` is given, with digits ended by `#`. `leads_to` are the states that can
follow.

`*` (hear it again) and `0` (an agent) answer everywhere; the brochure's keys are 9 Spanish, 1/Yes, 2/No,
7/None and the word Payments/Pagos. The brochure tells Spanish speakers to say "Yes", so words of both
languages are understood in both; a Spanish word in answer to an English question also changes the language.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gateway.catalogue import Language


class State(StrEnum):
    GREETING = "greeting"
    PARENT = "parent"
    GENERAL = "general"
    OPTIONS = "options"
    PIN_REQUEST = "pin_request"
    IDENTIFIER = "identifier"
    PIN = "pin"
    NEW_PIN = "new_pin"
    NEW_PIN_AGAIN = "new_pin_again"
    MAIN = "main"
    PAYMENTS = "payments"
    ROWS_MORE = "rows_more"
    ROWS_END = "rows_end"
    ENDED = "ended"


class Act(StrEnum):
    """What a choice does when it is more than going to a state."""

    REPEAT = "repeat"
    AGENT = "agent"
    SPANISH = "spanish"
    ENGLISH = "english"
    OTHER_LANGUAGE = "other_language"
    LOG_IN = "log_in"
    LIST_PAYMENTS = "list_payments"
    BALANCE = "balance"
    MADE = "made"
    SENT = "sent"
    MORE = "more"
    GOODBYE = "goodbye"


@dataclass(frozen=True)
class Choice:
    """One answer: its key, what it does, and the words that mean it in each language."""

    key: str
    does: State | Act
    words: Mapping[Language, tuple[str, ...]]

    def means(self, said: str, language: Language) -> bool:
        return plain(said) in map(plain, self.words[language])


@dataclass(frozen=True)
class Digits:
    """How many digits are expected; they are secrets of the caller and never a matter for speech."""

    least: int
    most: int


@dataclass(frozen=True)
class Prompt:
    """A text of the catalogue; `always` for the one line that is Spanish in an English greeting."""

    key: str
    always: Language | None = None


@dataclass(frozen=True)
class Step:
    ask: tuple[Prompt, ...]
    help: str
    leads_to: tuple[State, ...]
    choices: tuple[Choice, ...] = ()
    digits: Digits | None = None


def plain(said: str) -> str:
    """Words for comparing: lower case, no accents, no punctuation, single spaces."""
    letters = unicodedata.normalize("NFKD", said.casefold())
    return " ".join(re.sub(r"[^a-z0-9 ]", "", letters).split())


def _choice(key: str, does: State | Act, *, en: str, es: str) -> Choice:
    return Choice(key, does, {"en": tuple(en.split(", ")), "es": tuple(es.split(", "))})


ALWAYS: Final = (
    _choice("*", Act.REPEAT, en="repeat, repeat that, again", es="repetir, repita, otra vez"),
    _choice("0", Act.AGENT, en="agent, operator, representative, an agent",
            es="agente, operador, operadora, representante, un agente"),
)
"""Answers that are understood in every state. Where digits are expected: by key alone."""

_SPANISH = _choice("9", Act.SPANISH, en="spanish, español", es="español")
_ENGLISH = _choice("8", Act.ENGLISH, en="english", es="inglés, english")
_PARENT = _choice("1", Act.LOG_IN, en="yes, yes i am, one, parent, guardian",
                  es="sí, yes, uno, sí soy, padre, madre, tutor")
_NEITHER = _choice("2", State.GENERAL, en="no, two, neither", es="no, dos, ninguno de los dos")
_NONE = _choice("7", State.OPTIONS, en="none, seven, other options, options",
                es="ninguno, ninguna, none, siete, otras opciones, opciones")
_LOG_IN = _choice("1", Act.LOG_IN, en="log in, my case, one", es="ingresar, mi caso, uno")
_GENERAL = _choice("2", State.GENERAL, en="general information, information, two",
                   es="información general, información, dos")
_NEW_PIN = _choice("3", State.PIN_REQUEST, en="new pin, pin, three", es="pin nuevo, nuevo pin, pin, tres")
_BYE = _choice("8", Act.GOODBYE, en="goodbye, bye, eight", es="adiós, terminar, ocho")
_PAYMENTS = _choice("1", Act.LIST_PAYMENTS, en="payments, my payments, payment, one",
                    es="pagos, mis pagos, pago, uno")
_BALANCE = _choice("2", Act.BALANCE, en="balance, balances, my balance, two", es="saldo, saldos, mi saldo, dos")
_OTHER_LANGUAGE = _choice("9", Act.OTHER_LANGUAGE, en="spanish, español, language", es="inglés, english, idioma")
_MADE = _choice("1", Act.MADE, en="payments made by me, made by me, made, one",
                es="pagos realizados por mí, realizados por mí, realizados, uno")
_SENT = _choice("2", Act.SENT, en="payments sent to me, sent to me, sent, two",
                es="pagos enviados para mí, enviados para mí, enviados, dos")
_MORE = _choice("1", Act.MORE, en="more, more payments, one", es="más, más pagos, uno")
_BACK = _choice("8", State.MAIN, en="main menu, menu, back, eight", es="menú principal, menú, regresar, ocho")

_LISTS = (State.MAIN, State.PAYMENTS, State.ROWS_MORE, State.ROWS_END, State.IDENTIFIER)
_FIRST = (State.PARENT, State.IDENTIFIER, State.GENERAL, State.OPTIONS)

IDENTIFIER_DIGITS: Final = Digits(9, 15)
"""9 digits are a Social Security number, 10 to 15 a Participant ID."""

DIALOG: Final[Mapping[State, Step]] = {
    State.GREETING: Step(
        ask=(Prompt("greeting.welcome"), Prompt("greeting.spanish", always="es"), Prompt("parent.ask")),
        help="parent.help",
        choices=(_SPANISH, _ENGLISH, _PARENT, _NEITHER, _NONE),
        leads_to=_FIRST,
    ),
    State.PARENT: Step(
        ask=(Prompt("parent.ask"),),
        help="parent.help",
        choices=(_SPANISH, _ENGLISH, _PARENT, _NEITHER, _NONE),
        leads_to=_FIRST,
    ),
    State.GENERAL: Step(
        ask=(Prompt("general.about"), Prompt("general.phone"), Prompt("general.ask")),
        help="general.help",
        choices=(_SPANISH, _LOG_IN, _NONE, _BYE),
        leads_to=(State.IDENTIFIER, State.OPTIONS, State.GENERAL),
    ),
    State.OPTIONS: Step(
        ask=(Prompt("options.ask"),),
        help="options.help",
        choices=(_SPANISH, _LOG_IN, _GENERAL, _NEW_PIN, _BYE),
        leads_to=(State.IDENTIFIER, State.GENERAL, State.PIN_REQUEST, State.OPTIONS),
    ),
    State.PIN_REQUEST: Step(
        ask=(Prompt("pin_request.ask"),),
        help="identifier.help",
        digits=IDENTIFIER_DIGITS,
        leads_to=(State.OPTIONS,),
    ),
    State.IDENTIFIER: Step(
        ask=(Prompt("identifier.ask"),),
        help="identifier.help",
        digits=IDENTIFIER_DIGITS,
        leads_to=(State.PIN,),
    ),
    State.PIN: Step(
        ask=(Prompt("pin.ask"),),
        help="pin.help",
        digits=Digits(4, 12),
        leads_to=(State.IDENTIFIER, State.NEW_PIN, State.MAIN),
    ),
    State.NEW_PIN: Step(
        ask=(Prompt("new_pin.ask"),),
        help="new_pin.help",
        digits=Digits(6, 12),
        leads_to=(State.NEW_PIN_AGAIN,),
    ),
    State.NEW_PIN_AGAIN: Step(
        ask=(Prompt("new_pin.again"),),
        help="new_pin.again_help",
        digits=Digits(6, 12),
        leads_to=(State.NEW_PIN, State.MAIN),
    ),
    State.MAIN: Step(
        ask=(Prompt("main.ask"),),
        help="main.help",
        choices=(_PAYMENTS, _BALANCE, _OTHER_LANGUAGE, _BYE),
        leads_to=_LISTS,
    ),
    State.PAYMENTS: Step(
        ask=(Prompt("payments.ask"),),
        help="payments.help",
        choices=(_MADE, _SENT, _BACK),
        leads_to=_LISTS,
    ),
    State.ROWS_MORE: Step(
        ask=(Prompt("payments.more"),),
        help="payments.more_help",
        choices=(_MORE, _BACK),
        leads_to=_LISTS,
    ),
    State.ROWS_END: Step(
        ask=(Prompt("payments.end"),),
        help="payments.end_help",
        choices=(_BACK,),
        leads_to=_LISTS,
    ),
}
"""ENDED has no row: nothing is asked of a caller who has gone."""
