"""The call engine: `step(call, input)` gives the call as it now stands and what to say, or to ask outside.

Pure: no clock, no I/O, no catalogue. What it needs from outside it returns as `Ask`; the answer comes back as
an `Answer` input of the next step. Tries are counted here, since the counters of telephone platforms differ.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, cast

from eventkit.secret import Secret
from gateway.catalogue import Language
from gateway.phone import readout
from gateway.phone.asking import TRIES, Step, end, enter, failed, farewell, go, load, load_balance, question
from gateway.phone.dialog import ALWAYS, DIALOG, Act, Choice, State
from gateway.phone.turns import (
    AgentFound,
    Answer,
    Ask,
    AskAgain,
    Balance,
    Call,
    ChoosePin,
    Dialled,
    FindAgent,
    HangUp,
    Input,
    Keys,
    Line,
    LoggedIn,
    LoggedOut,
    LogIn,
    NoMatch,
    NotAccepted,
    PaymentList,
    Payments,
    PinChanged,
    PinRequested,
    PinTooWeak,
    RequestPin,
    Result,
    Silence,
    Turn,
    Unavailable,
    Words,
)

PAGE: Final = 5
"""Payments read out at once."""


def step(call: Call, given: Input) -> Step:
    """One move of the call. After ENDED nothing moves: the goodbye is said again."""
    if isinstance(given, HangUp) or call.state is State.ENDED:
        return end(call)
    match given:
        case Answer(result):
            return _answered(call, result)
        case Dialled() | AskAgain():
            return enter(call)
        case Silence():
            return failed(call, "silence")
        case NoMatch():
            return failed(call, "no_match")
        case Keys(pressed):
            return _keyed(call, pressed)
        case Words(said):
            return _said(call, said.reveal())


# What the caller keyed or said


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


def _said(call: Call, said: str) -> Step:
    here = DIALOG[call.state]
    if here.digits:
        return failed(call, "no_match")  # a number that is a secret is never taken from speech
    own: Language = call.language
    tries: tuple[tuple[Language, Language], ...] = ((own, own), ("es", "es"), ("en", own))
    for spoken, answer_in in tries:
        for choice in (*here.choices, *ALWAYS):
            if choice.means(said, spoken):
                return _chosen(call, choice, answer_in)
    return failed(call, "no_match")


def _by_key(call: Call, key: str) -> Choice | None:
    return next((c for c in (*DIALOG[call.state].choices, *ALWAYS) if c.key == key), None)


def _chosen(call: Call, choice: Choice | None, language: Language) -> Step:
    if choice is None:
        return failed(call, "no_match")
    call = replace(call, language=language)
    return go(call, choice.does) if isinstance(choice.does, State) else _act(call, choice.does)


def _act(call: Call, act: Act) -> Step:
    match act:
        case Act.REPEAT:
            return enter(call)
        case Act.AGENT:
            return call, Ask(FindAgent())
        case Act.SPANISH | Act.ENGLISH | Act.OTHER_LANGUAGE:
            return _in_language(call, act)
        case Act.LOG_IN:
            return go(call, State.IDENTIFIER)
        case Act.LIST_PAYMENTS:
            return load(replace(call, listing=None, after=None, last=None))
        case Act.BALANCE:
            return load_balance(call)
        case Act.MADE | Act.SENT:
            return load(replace(call, listing=cast(PaymentList, act.value), after=None, last=None))
        case Act.MORE:
            return load(replace(call, after=call.last))
        case Act.GOODBYE:
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
    return replace(call, identifier=None), Ask(LogIn(call.identifier, typed))


def _new_pin(call: Call, typed: Secret) -> Step:
    return go(replace(call, new_pin=typed), State.NEW_PIN_AGAIN)


def _new_pin_again(call: Call, typed: Secret) -> Step:
    first, call = call.new_pin, replace(call, new_pin=None)
    if first is None or call.participant is None or first.reveal() != typed.reveal():
        return _refused(call, State.NEW_PIN, "new_pin.different")
    return call, Ask(ChoosePin(call.participant, call.proof, typed))


def _pin_request(call: Call, typed: Secret) -> Step:
    return call, Ask(RequestPin(typed))


_DIGITS: Final[Mapping[State, Callable[[Call, Secret], Step]]] = {
    State.IDENTIFIER: _identifier,
    State.PIN: _pin,
    State.NEW_PIN: _new_pin,
    State.NEW_PIN_AGAIN: _new_pin_again,
    State.PIN_REQUEST: _pin_request,
}


# What the outside answered


def _answered(call: Call, result: Result) -> Step:  # noqa: C901  one case an answer
    match result:
        case LoggedIn(participant, must_change, proof, version):
            call = replace(call, participant=participant, proof=proof, account_version=version, rejections=0)
            return go(call, State.NEW_PIN if must_change else State.MAIN)
        case NotAccepted():
            return _refused(call, State.IDENTIFIER, "login.not_accepted")
        case PinTooWeak():
            return _refused(call, State.NEW_PIN, "new_pin.weak")
        case PinChanged(version):
            call = replace(call, proof=None, account_version=version, rejections=0)
            return go(call, State.MAIN, Line("new_pin.changed", call.language))
        case PinRequested():
            return go(call, State.OPTIONS, Line("pin_request.done", call.language))
        case Payments():
            return _payments(call, result)
        case Balance():
            return go(call, State.MAIN, *readout.balance(call, result))
        case LoggedOut():
            return go(replace(call, participant=None, listing=None, after=None, last=None), State.IDENTIFIER)
        case AgentFound(None):
            closed = Line("agent.closed", call.language), Line("office.hours", call.language)
            return call, question(call, *closed)
        case AgentFound(destination):
            ended, turn = end(call, Line("agent.transfer", call.language))
            return ended, replace(cast(Turn, turn), transfer=destination)
        case Unavailable():
            return end(call, Line("trouble.unavailable", call.language), *farewell(call))


def _refused(call: Call, state: State, why: str) -> Step:
    """Not accepted: try again from `state`, three times in all."""
    call = replace(call, rejections=call.rejections + 1)
    if call.rejections >= TRIES:
        return end(call, Line(why, call.language), *farewell(call))
    return go(call, state, Line(why, call.language))


# Payments


def _payments(call: Call, rows: Payments) -> Step:
    if not rows.made and not rows.sent:
        return go(call, State.MAIN, Line("payments.none", call.language))
    if call.listing is None and rows.made and rows.sent:
        return go(call, State.PAYMENTS)
    listing: PaymentList = call.listing or ("made" if rows.made else "sent")
    return _page(replace(call, listing=listing), rows)


def _page(call: Call, rows: Payments) -> Step:
    """Read out five payments, newest first, beginning after the last one heard."""
    listed = rows.made if call.listing == "made" else rows.sent
    start = next((n for n, row in enumerate(listed, 1) if row.reference == call.after), 0)
    page = listed[start : start + PAGE]
    if not page:
        return go(call, State.MAIN, Line("payments.none", call.language))
    more = len(listed) > start + len(page)
    call = replace(call, state=State.ROWS_MORE if more else State.ROWS_END, last=page[-1].reference)
    call = replace(call, tries=0, misses=0)
    return call, question(call, *readout.page(call, page, rows.as_of, first=start == 0))
