"""The call engine: `step(call, input)` gives the call as it now stands and what to say, or to ask outside.

Pure: no clock, no I/O, no catalogue. What it needs from outside it returns as `Ask`; the answer comes back as
an `Answer` input of the next step. Tries are counted here, since the counters of telephone platforms differ.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from eventkit.secret import Secret
from gateway.catalogue import Language
from gateway.phone.answering import answered, refused
from gateway.phone.answers import ALWAYS, Act, Choice, State
from gateway.phone.asked import ChoosePin, FindAgent, FindOffice, LogIn, MailPin, ReplacePin, RequestPin
from gateway.phone.asking import Step, caller, end, enter, failed, go, load
from gateway.phone.dialog import DIALOG
from gateway.phone.told import Answer
from gateway.phone.turns import (
    Ask,
    AskAgain,
    Call,
    Dialled,
    HangUp,
    Input,
    Keys,
    Line,
    Listing,
    NoMatch,
    NotReached,
    Silence,
    Words,
)


def step(call: Call, given: Input) -> Step:
    """One move of the call. After ENDED nothing moves: the goodbye is said again, or that no agent answered."""
    if isinstance(given, NotReached):
        return end(call, Line("agent.closed", call.language), Line("office.hours", call.language))
    if isinstance(given, HangUp) or call.state is State.ENDED:
        return end(call)
    match given:
        case Answer(result):
            return answered(call, result)
        case Dialled(pace):
            return enter(replace(call, pace=pace) if call.pace == "normal" else call)
        case AskAgain():
            return enter(call)
        case Silence():
            return failed(call, "silence")
        case NoMatch():
            return failed(call, "no_match")
        case Keys(pressed):
            return _keyed(call, pressed)
        case Words(said):
            return _keyed(call, typed) if (typed := _typed(call, said)) else _said(call, said)


# What the caller typed, keyed or said


def _typed(call: Call, said: Secret) -> Secret | None:
    """On a text telephone words are typed and never heard: digits among them are as good as keys. GA ends a turn."""
    line = re.sub(r"\b(ga|sk)\b|[\s-]", "", said.reveal().casefold())
    return Secret(line) if call.pace == "tty" and re.fullmatch(r"[0-9*#]+", line) else None


def _keyed(call: Call, pressed: Secret) -> Step:
    typed = re.sub(r"[\s#]", "", pressed.reveal())
    expected = DIALOG[call.state].digits
    if expected is None:
        return _chosen(call, _by_key(call, typed), call.language)
    kept = typed.rpartition("*")[2]  # a star takes back what was keyed before it
    if not kept:
        return enter(call) if typed else failed(call, "silence")
    if kept == "0":
        return _act(call, Act.AGENT)
    if not (kept.isascii() and kept.isdigit() and expected.least <= len(kept) <= expected.most):
        return failed(call, "no_match")
    return _DIGITS[call.state](call, Secret(kept))


def _said(call: Call, said: Secret) -> Step:
    here = DIALOG[call.state]
    if here.digits and here.digits.secret:
        return failed(call, "no_match")  # a number that is a secret is never taken from speech
    own: Language = call.language
    words = re.sub(r"\s+(ga|sk)\s*$", "", said.reveal(), flags=re.IGNORECASE) if call.pace == "tty" else said.reveal()
    tries: tuple[tuple[Language, Language], ...] = ((own, own), ("es", "es"), ("en", own))
    for spoken, answer_in in tries:
        for choice in (*here.choices, *ALWAYS):
            if choice.means(words, spoken):
                return _chosen(call, choice, answer_in)
    return (call, Ask(FindOffice(said))) if here.counties else failed(call, "no_match")


def _by_key(call: Call, key: str) -> Choice | None:
    return next((c for c in (*DIALOG[call.state].choices, *ALWAYS) if c.key == key), None)


def _chosen(call: Call, choice: Choice | None, language: Language) -> Step:
    if choice is None:
        return failed(call, "no_match")
    call = replace(call, language=language)
    return go(call, choice.does) if isinstance(choice.does, State) else _act(call, choice.does)


_READS: Final[Mapping[Act, Listing | None]] = {
    Act.LIST_PAYMENTS: None, Act.MADE: "made", Act.SENT: "sent", Act.BALANCE: "balance", Act.CASES: "cases",
    Act.DATES: "dates", Act.OWN_OFFICE: "office",
}


def _act(call: Call, act: Act) -> Step:
    if act in _READS:
        return load(replace(call, listing=_READS[act], after=None, last=None))
    match act:
        case Act.REPEAT:
            return enter(call)
        case Act.AGENT:
            return call, Ask(FindAgent())
        case Act.SPANISH | Act.ENGLISH | Act.OTHER_LANGUAGE:
            return _in_language(call, act)
        case Act.SLOWLY:
            slower = replace(call, pace="slow" if call.pace == "normal" else call.pace)
            return enter(slower, Line("slowly.done", call.language))
        case Act.MORE:
            return load(replace(call, after=call.last))
        case Act.MAIL_PIN:
            known = caller(call)
            return (call, Ask(MailPin(known))) if known else go(call, State.IDENTIFIER)
        case _:
            return end(call)


def _in_language(call: Call, act: Act) -> Step:
    to_spanish = act is Act.SPANISH or (act is Act.OTHER_LANGUAGE and call.language == "en")
    state = State.PARENT if call.state is State.GREETING else call.state
    return go(replace(call, language="es" if to_spanish else "en"), state)


# Digits, by the state that expects them


def _identifier(call: Call, typed: Secret) -> Step:
    return go(replace(call, identifier=typed), State.PIN)


def _pin(call: Call, typed: Secret) -> Step:
    if call.identifier is None:
        return go(call, State.IDENTIFIER)
    return replace(call, identifier=None), Ask(LogIn(call.identifier, typed, call.line))


def _current_pin(call: Call, typed: Secret) -> Step:
    return go(replace(call, current_pin=typed), State.NEW_PIN)


def _new_pin(call: Call, typed: Secret) -> Step:
    return go(replace(call, new_pin=typed), State.NEW_PIN_AGAIN)


def _new_pin_again(call: Call, typed: Secret) -> Step:
    first, call = call.new_pin, replace(call, new_pin=None)
    known = caller(call)
    if first is None or known is None or first.reveal() != typed.reveal():
        return refused(call, State.NEW_PIN, "new_pin.different")
    if call.current_pin is not None:
        return call, Ask(ReplacePin(known, call.current_pin, typed))
    return call, Ask(ChoosePin(known.participant, call.proof, typed))


def _pin_request(call: Call, typed: Secret) -> Step:
    return call, Ask(RequestPin(typed, call.line))


def _office(call: Call, typed: Secret) -> Step:
    return call, Ask(FindOffice(typed))


_DIGITS: Final[Mapping[State, Callable[[Call, Secret], Step]]] = {
    State.OFFICE_WHERE: _office,
    State.IDENTIFIER: _identifier,
    State.PIN: _pin,
    State.CURRENT_PIN: _current_pin,
    State.NEW_PIN: _new_pin,
    State.NEW_PIN_AGAIN: _new_pin_again,
    State.PIN_REQUEST: _pin_request,
}
