"""Asking what the dialog asks: on entering a state, again after a failure, and the goodbye after the third."""

from dataclasses import replace
from typing import Final

from gateway.catalogue import Language
from gateway.phone.answers import ALWAYS, State, plain
from gateway.phone.asked import Caller, FindOffice, LoadBalance, LoadCases, LoadDates, LoadOffices, LoadPayments
from gateway.phone.dialog import DIALOG
from gateway.phone.turns import Ask, Call, Line, Listen, Turn

TRIES: Final = 3
"""Failures at one question, and rejected log-ins or new PINs in one call, before a polite goodbye."""
TRIES_IN_A_CALL: Final = 9
MISSES_BEFORE_KEYS_ONLY: Final = 2
WAIT, WAIT_FOR_DIGITS, BETWEEN_DIGITS = 7, 10, 5
"""Seconds of silence."""
SLOWER: Final = 3
"""Times as long for text telephones, relay calls, and whoever asks for it: three silences are over a minute."""

Step = tuple[Call, Turn | Ask]


def enter(call: Call, *before: Line) -> Step:
    """Ask the question of the call's state, after what there is to say `before` it; tries start anew."""
    call = replace(call, tries=0, misses=0)
    if call.state in (State.ROWS_MORE, State.ROWS_END):
        return load(call)  # it is read out again, as it is now
    if call.state is State.OFFICE and not before:
        return call, Ask(FindOffice(place=call.place))
    return call, question(call, *before)


def go(call: Call, state: State, *before: Line) -> Step:
    return enter(replace(call, state=state), *before)


def question(call: Call, *before: Line) -> Turn:
    asked = (Line(prompt.key, prompt.always or call.language) for prompt in DIALOG[call.state].ask)
    return Turn(call.language, (*before, *asked), listen(call), call.pace)


def listen(call: Call) -> Listen:
    here = DIALOG[call.state]
    choices = (*here.choices, *ALWAYS)
    slower = 1 if call.pace == "normal" else SLOWER
    wait = (WAIT_FOR_DIGITS if here.digits else WAIT) * slower
    silent = Listen(call.language, tuple(choice.key for choice in choices), digits=here.digits, wait_seconds=wait,
                    between_seconds=BETWEEN_DIGITS * slower)
    secret = here.digits is not None and here.digits.secret
    if secret or call.pace == "tty" or call.misses >= MISSES_BEFORE_KEYS_ONLY:
        return silent
    other: Language = "es" if call.language == "en" else "en"
    heard: dict[str, tuple[Language, str]] = {}
    for language in (call.language, other):
        for choice in choices:
            for word in choice.words[language]:
                heard.setdefault(plain(word), (language, word))
    return replace(silent, words=tuple(heard.values()), counties=here.counties)


def end(call: Call, *lines: Line) -> Step:
    """The call is over; what it knew of the caller goes with it."""
    farewell = lines or (Line("goodbye.bye", call.language),)
    return Call(State.ENDED, call.language, call.pace), Turn(call.language, farewell, None, call.pace)


def failed(call: Call, how: str) -> Step:
    """Silence or something not understood: three times, each time with other words."""
    call = replace(
        call, tries=call.tries + 1, failures=call.failures + 1, misses=call.misses + (how == "no_match")
    )
    sorry = Line(f"trouble.{how}.{min(call.tries, TRIES)}", call.language)
    if call.tries >= TRIES or call.failures >= TRIES_IN_A_CALL:
        return end(call, Line(f"trouble.{how}.{TRIES}", call.language), *farewell(call))
    if call.tries == 1:
        return call, question(call, sorry)
    help_ = Line(DIALOG[call.state].help, call.language)
    return call, Turn(call.language, (sorry, help_), listen(call), call.pace)


def farewell(call: Call) -> tuple[Line, Line]:
    return Line("office.hours", call.language), Line("goodbye.bye", call.language)


def caller(call: Call) -> Caller | None:
    return None if call.participant is None else Caller(call.participant, call.account_version)


def load(call: Call) -> Step:
    """What the call's listing reads out; whoever is not known yet is asked who they are."""
    if (known := caller(call)) is None:
        return go(call, State.IDENTIFIER)
    match call.listing:
        case "balance":
            return call, Ask(LoadBalance(known))
        case "cases":
            return call, Ask(LoadCases(known))
        case "dates":
            return call, Ask(LoadDates(known))
        case "office":
            return call, Ask(LoadOffices(known))
        case _:
            return call, Ask(LoadPayments(known))
