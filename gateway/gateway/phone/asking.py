"""Asking what the dialog asks: on entering a state, again after a failure, and the goodbye after the third."""

from dataclasses import replace
from typing import Final

from gateway.catalogue import Language
from gateway.phone.dialog import ALWAYS, DIALOG, State, plain
from gateway.phone.turns import Ask, Call, Line, Listen, LoadBalance, LoadPayments, Turn

TRIES: Final = 3
"""Failures at one question, and rejected log-ins or new PINs in one call, before a polite goodbye."""
TRIES_IN_A_CALL: Final = 9
MISSES_BEFORE_KEYS_ONLY: Final = 2
WAIT, WAIT_FOR_DIGITS = 6, 10
"""Seconds of silence."""

Step = tuple[Call, Turn | Ask]


def enter(call: Call, *before: Line) -> Step:
    """Ask the question of the call's state, after what there is to say `before` it; tries start anew."""
    call = replace(call, tries=0, misses=0)
    if call.state in (State.ROWS_MORE, State.ROWS_END):
        return load(call)  # the payments are read out again, as they are now
    return call, question(call, *before)


def go(call: Call, state: State, *before: Line) -> Step:
    return enter(replace(call, state=state), *before)


def question(call: Call, *before: Line) -> Turn:
    asked = (Line(prompt.key, prompt.always or call.language) for prompt in DIALOG[call.state].ask)
    return Turn(call.language, (*before, *asked), _listen(call))


def _listen(call: Call) -> Listen:
    here = DIALOG[call.state]
    choices = (*here.choices, *ALWAYS)
    keys = tuple(choice.key for choice in choices)
    if here.digits:
        return Listen(call.language, keys, digits=here.digits, wait_seconds=WAIT_FOR_DIGITS)
    if call.misses >= MISSES_BEFORE_KEYS_ONLY:
        return Listen(call.language, keys, wait_seconds=WAIT)
    other: Language = "es" if call.language == "en" else "en"
    heard: dict[str, tuple[Language, str]] = {}
    for language in (call.language, other):
        for choice in choices:
            for word in choice.words[language]:
                heard.setdefault(plain(word), (language, word))
    return Listen(call.language, keys, words=tuple(heard.values()), wait_seconds=WAIT)


def end(call: Call, *lines: Line) -> Step:
    """The call is over; what it knew of the caller goes with it."""
    farewell = lines or (Line("goodbye.bye", call.language),)
    return Call(State.ENDED, call.language), Turn(call.language, farewell, None)


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
    return call, Turn(call.language, (sorry, help_), _listen(call))


def farewell(call: Call) -> tuple[Line, Line]:
    return Line("office.hours", call.language), Line("goodbye.bye", call.language)


def load(call: Call) -> Step:
    if call.participant is None:
        return go(call, State.IDENTIFIER)
    return call, Ask(LoadPayments(call.participant, call.account_version))


def load_balance(call: Call) -> Step:
    if call.participant is None:
        return go(call, State.IDENTIFIER)
    return call, Ask(LoadBalance(call.participant, call.account_version))
