"""What a caller can answer: each answer's key, what it does, and the words that mean it in each language.

The brochure's keys are 9 Spanish, 1/Yes, 2/No, 7/None and the word Payments/Pagos. It tells Spanish speakers to
say "Yes", so words of both languages are understood in both.
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
    OFFICE_WHERE = "office_where"
    OFFICE = "office"
    APPLY = "apply"
    PAY_TO = "pay_to"
    HOURS = "hours"
    OPTIONS = "options"
    EMPLOYERS = "employers"
    PIN_REQUEST = "pin_request"
    IDENTIFIER = "identifier"
    PIN = "pin"
    NEW_PIN = "new_pin"
    NEW_PIN_AGAIN = "new_pin_again"
    MAIN = "main"
    PAYMENTS = "payments"
    ROWS_MORE = "rows_more"
    ROWS_END = "rows_end"
    PIN_MENU = "pin_menu"
    CURRENT_PIN = "current_pin"
    ENDED = "ended"


class Act(StrEnum):
    """What an answer does when it is more than going to a state."""

    REPEAT = "repeat"
    AGENT = "agent"
    SPANISH = "spanish"
    ENGLISH = "english"
    OTHER_LANGUAGE = "other_language"
    SLOWLY = "slowly"
    LIST_PAYMENTS = "list_payments"
    MADE = "made"
    SENT = "sent"
    BALANCE = "balance"
    CASES = "cases"
    DATES = "dates"
    OWN_OFFICE = "own_office"
    MORE = "more"
    MAIL_PIN = "mail_pin"
    GOODBYE = "goodbye"


@dataclass(frozen=True)
class Choice:
    """One answer: its key, what it does, and the words that mean it in each language."""

    key: str
    does: State | Act
    words: Mapping[Language, tuple[str, ...]]

    def means(self, said: str, language: Language) -> bool:
        return plain(said) in map(plain, self.words[language])


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

SPANISH: Final = _choice("9", Act.SPANISH, en="spanish, español", es="español")
ENGLISH: Final = _choice("8", Act.ENGLISH, en="english", es="inglés, english")
PARENT: Final = _choice("1", State.IDENTIFIER, en="yes, yes i am, one, parent, guardian, legal guardian",
                        es="sí, yes, uno, sí soy, padre, madre, tutor, tutor legal")
NEITHER: Final = _choice("2", State.GENERAL, en="no, two, neither",
                         es="no, dos, ninguno de los dos, ni padre ni tutor legal")
NONE: Final = _choice("7", State.OPTIONS, en="none, seven, other options, options",
                      es="ninguno, ninguna, none, siete, otras opciones, opciones")
BYE: Final = _choice("8", Act.GOODBYE, en="goodbye, bye, eight", es="adiós, terminar, ocho")

OFFICE_WHERE: Final = _choice("1", State.OFFICE_WHERE, en="office, local office, my office, one",
                              es="oficina, oficina local, mi oficina, uno")
APPLY: Final = _choice("2", State.APPLY, en="apply, how to apply, two", es="solicitar, cómo solicitar, dos")
PAY_TO: Final = _choice("3", State.PAY_TO, en="where to pay, where to send payments, three",
                        es="dónde pagar, adónde enviar pagos, tres")
HOURS: Final = _choice("4", State.HOURS, en="hours, tty, four", es="horario, horas, tty, cuatro")
OWN_CASE: Final = _choice("5", State.IDENTIFIER, en="log in, my case, five", es="ingresar, mi caso, cinco")
MORE_ABOUT: Final = _choice("1", State.GENERAL, en="general information, information, one",
                            es="información general, información, uno")

LOG_IN: Final = _choice("1", State.IDENTIFIER, en="log in, my case, one", es="ingresar, mi caso, uno")
GENERAL: Final = _choice("2", State.GENERAL, en="general information, information, two",
                         es="información general, información, dos")
NEW_PIN: Final = _choice("3", State.PIN_REQUEST, en="new pin, pin, three", es="pin nuevo, nuevo pin, pin, tres")
EMPLOYERS: Final = _choice("4", State.EMPLOYERS, en="employer, employers, four", es="empleador, empleadores, cuatro")
SLOWLY: Final = _choice("5", Act.SLOWLY, en="more time, slowly, relay, five", es="más tiempo, despacio, relevo, cinco")

PAYMENTS: Final = _choice("1", Act.LIST_PAYMENTS, en="payments, my payments, payment, one",
                          es="pagos, mis pagos, pago, uno")
BALANCE: Final = _choice("2", Act.BALANCE, en="balance, balances, my balance, two", es="saldo, saldos, mi saldo, dos")
CASES: Final = _choice("3", Act.CASES, en="case, my case, case information, cases, three",
                       es="caso, mi caso, información de caso, casos, tres")
DATES: Final = _choice("4", Act.DATES, en="court dates, dates, appointments, court, court dates and appointments, four",
                       es="fechas, citas, fechas y citas, fechas del tribunal, fechas y citas del tribunal, cuatro")
PIN_MENU: Final = _choice("5", State.PIN_MENU, en="pin, my pin, change pin, change my pin, five",
                          es="pin, mi pin, cambiar pin, cambiar mi pin, cinco")
OWN_OFFICE: Final = _choice("6", Act.OWN_OFFICE, en="office, my office, six", es="oficina, mi oficina, seis")
OTHER_LANGUAGE: Final = _choice("9", Act.OTHER_LANGUAGE, en="spanish, español, language, nine",
                                es="inglés, english, idioma, nueve")
MADE: Final = _choice("1", Act.MADE, en="payments made by me, made by me, made, one",
                      es="pagos realizados por mí, realizados por mí, realizados, uno")
SENT: Final = _choice("2", Act.SENT, en="payments sent to me, sent to me, sent, two",
                      es="pagos enviados para mí, enviados para mí, enviados, dos")
MORE: Final = _choice("1", Act.MORE, en="more, one", es="más, uno")
BACK: Final = _choice("8", State.MAIN, en="main menu, menu, back, eight", es="menú principal, menú, regresar, ocho")
CHANGE_PIN: Final = _choice("1", State.CURRENT_PIN, en="change pin, change, one", es="cambiar pin, cambiar, uno")
MAIL_PIN: Final = _choice("2", Act.MAIL_PIN, en="new pin, mail, by mail, two", es="pin nuevo, correo, por correo, dos")
