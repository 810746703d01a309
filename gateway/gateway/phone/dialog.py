"""The dialog as a table: in each state what is asked, which keys and words answer it, and where they lead.

Reading a row: on entering the state its `ask` texts are said (keys of the catalogue `phone`); `help` is said
instead after the second failure and names the keys only. A caller answers either with one of `choices`, by key or
by word (answers.py), or, where `digits` is given, with digits ended by `#`. `leads_to` are the states that can
follow. `*` (hear it again) and `0` (an agent) answer everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.catalogue import Language
from gateway.phone import answers
from gateway.phone.answers import Choice, State


@dataclass(frozen=True)
class Digits:
    """How many digits are expected. Those that are `secret` are never a matter for speech."""

    least: int
    most: int
    secret: bool = True


@dataclass(frozen=True)
class Prompt:
    """A text of the catalogue; `always` for the one line that is Spanish in an English greeting."""

    key: str
    always: Language | None = None


@dataclass(frozen=True)
class Step:
    """`counties`: the name of a county is an answer too, where the digits are no secret. `asks_auth`: an answer goes to
    the auth service, and may take long."""

    ask: tuple[Prompt, ...]
    help: str
    leads_to: tuple[State, ...]
    choices: tuple[Choice, ...] = ()
    digits: Digits | None = None
    counties: bool = False
    asks_auth: bool = False


_FIRST = (State.PARENT, State.IDENTIFIER, State.GENERAL, State.OPTIONS)
_LISTS = (State.MAIN, State.PAYMENTS, State.ROWS_MORE, State.ROWS_END, State.PIN_MENU, State.IDENTIFIER)

IDENTIFIER_DIGITS: Final = Digits(9, 15)
"""9 digits are a Social Security number, 10 to 15 a Participant ID."""
ZIP_DIGITS: Final = Digits(5, 5, secret=False)


def _asks_parent(*before: Prompt) -> Step:
    return Step(
        ask=(*before, Prompt("parent.ask")),
        help="parent.help",
        choices=(answers.SPANISH, answers.ENGLISH, answers.PARENT, answers.NEITHER, answers.NONE),
        leads_to=_FIRST,
    )


def _tells(*about: str) -> Step:
    """General information of one kind, and where to go from there."""
    return Step(
        ask=(*map(Prompt, about), Prompt("topic.ask")),
        help="topic.help",
        choices=(answers.SPANISH, answers.MORE_ABOUT, answers.OWN_CASE, answers.NONE, answers.BYE),
        leads_to=(State.GENERAL, State.IDENTIFIER, State.OPTIONS, State.OFFICE, State.APPLY, State.PAY_TO, State.HOURS,
                  State.EMPLOYERS),
    )


def _takes(digits: Digits, *leads_to: State, ask: str, help: str, asks_auth: bool = False) -> Step:
    return Step(ask=(Prompt(ask),), help=help, digits=digits, leads_to=leads_to, asks_auth=asks_auth)


DIALOG: Final[Mapping[State, Step]] = {
    State.GREETING: _asks_parent(Prompt("greeting.welcome"), Prompt("greeting.spanish", always="es")),
    State.PARENT: _asks_parent(),
    # Neither parent nor guardian
    State.GENERAL: Step(
        ask=(Prompt("general.about"), Prompt("general.ask")),
        help="general.help",
        choices=(answers.SPANISH, answers.OFFICE_WHERE, answers.APPLY, answers.PAY_TO, answers.HOURS, answers.OWN_CASE,
                 answers.NONE, answers.BYE),
        leads_to=(State.OFFICE_WHERE, State.APPLY, State.PAY_TO, State.HOURS, State.IDENTIFIER, State.OPTIONS),
    ),
    State.OFFICE_WHERE: Step(
        ask=(Prompt("office_where.ask"),),
        help="office_where.help",
        digits=ZIP_DIGITS,
        counties=True,
        leads_to=(State.OFFICE,),
    ),
    State.OFFICE: _tells(),  # what is told of the office comes before
    State.APPLY: _tells("apply.about"),
    State.PAY_TO: _tells("pay_to.about"),
    State.HOURS: _tells("office.hours", "tty.about"),
    State.OPTIONS: Step(
        ask=(Prompt("options.ask"),),
        help="options.help",
        choices=(answers.SPANISH, answers.LOG_IN, answers.GENERAL, answers.NEW_PIN, answers.EMPLOYERS, answers.SLOWLY,
                 answers.BYE),
        leads_to=(State.IDENTIFIER, State.GENERAL, State.PIN_REQUEST, State.EMPLOYERS, State.OPTIONS),
    ),
    State.EMPLOYERS: _tells("employers.about", "pay_to.about"),
    State.PIN_REQUEST: _takes(IDENTIFIER_DIGITS, State.OPTIONS, ask="pin_request.ask", help="identifier.help",
                              asks_auth=True),
    # Who is calling
    State.IDENTIFIER: _takes(IDENTIFIER_DIGITS, State.PIN, ask="identifier.ask", help="identifier.help"),
    State.PIN: _takes(Digits(4, 12), State.IDENTIFIER, State.NEW_PIN, State.MAIN, ask="pin.ask", help="pin.help",
                      asks_auth=True),
    State.NEW_PIN: _takes(Digits(6, 12), State.NEW_PIN_AGAIN, ask="new_pin.ask", help="new_pin.help"),
    State.NEW_PIN_AGAIN: _takes(Digits(6, 12), State.NEW_PIN, State.CURRENT_PIN, State.MAIN, State.IDENTIFIER,
                                ask="new_pin.again", help="new_pin.again_help", asks_auth=True),
    # The caller's own case
    State.MAIN: Step(
        ask=(Prompt("main.ask"),),
        help="main.help",
        choices=(answers.PAYMENTS, answers.BALANCE, answers.CASES, answers.DATES, answers.PIN_MENU, answers.OWN_OFFICE,
                 answers.OTHER_LANGUAGE, answers.BYE),
        leads_to=_LISTS,
    ),
    State.PAYMENTS: Step(
        ask=(Prompt("payments.ask"),),
        help="payments.help",
        choices=(answers.MADE, answers.SENT, answers.BACK),
        leads_to=_LISTS,
    ),
    State.ROWS_MORE: Step(
        ask=(Prompt("rows.more"),),
        help="rows.more_help",
        choices=(answers.MORE, answers.BACK),
        leads_to=_LISTS,
    ),
    State.ROWS_END: Step(
        ask=(Prompt("rows.end"),),
        help="rows.end_help",
        choices=(answers.BACK,),
        leads_to=_LISTS,
    ),
    State.PIN_MENU: Step(
        ask=(Prompt("pin_menu.ask"),),
        help="pin_menu.help",
        choices=(answers.CHANGE_PIN, answers.MAIL_PIN, answers.BACK),
        leads_to=(State.CURRENT_PIN, State.MAIN, State.IDENTIFIER),
        asks_auth=True,
    ),
    State.CURRENT_PIN: _takes(Digits(4, 12), State.NEW_PIN, ask="current_pin.ask", help="current_pin.help"),
}
"""ENDED has no row: nothing is asked of a caller who has gone."""
