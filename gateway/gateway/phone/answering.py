"""What the outside answered, and what the caller hears of it."""

from dataclasses import replace

from gateway.phone import readout
from gateway.phone.answers import State
from gateway.phone.asking import TRIES, Step, end, failed, farewell, go, question
from gateway.phone.readout import Reading
from gateway.phone.told import (
    AgentFound,
    Balance,
    Cases,
    Dates,
    FoundOffice,
    LoggedIn,
    LoggedOut,
    NotAccepted,
    Offices,
    Payments,
    PinChanged,
    PinRequested,
    PinTooWeak,
    Result,
    Unavailable,
)
from gateway.phone.turns import Call, Known, Line, Turn


def answered(call: Call, result: Result) -> Step:  # noqa: C901  one case an answer
    match result:
        case LoggedIn():
            return _let_in(call, result)
        case NotAccepted():
            if call.current_pin is not None:
                return refused(replace(call, current_pin=None), State.CURRENT_PIN, "login.not_accepted")
            return refused(_stranger(call), State.IDENTIFIER, "login.not_accepted")
        case PinTooWeak():
            return refused(call, State.NEW_PIN, "new_pin.weak")
        case PinChanged(version):
            call = replace(call, proof=None, current_pin=None, account_version=version, rejections=0)
            return go(call, State.MAIN, Line("new_pin.changed", call.language))
        case PinRequested():
            if call.participant:
                return go(call, State.MAIN, Line("pin_mail.done", call.language))
            return go(call, State.OPTIONS, Line("pin_request.done", call.language))
        case Payments():
            return _payments(call, result)
        case Balance():
            return _read(call, readout.balance(call, result))
        case Cases():
            return _read(call, readout.cases(call, result))
        case Dates():
            return _read(call, readout.dates(call, result))
        case Offices():
            return _read(call, readout.offices(call, result))
        case FoundOffice(office):
            if office is None:
                return failed(call, "no_match")
            return go(replace(call, place=office.place), State.OFFICE, *readout.office(call, office))
        case LoggedOut():
            return go(_stranger(call), State.IDENTIFIER)
        case AgentFound(destination):
            return _agent(call, destination)
        case Unavailable():
            return end(call, Line("trouble.unavailable", call.language), *farewell(call))


def refused(call: Call, state: State, why: str) -> Step:
    """Not accepted: try again from `state`, three times in all."""
    call = replace(call, rejections=call.rejections + 1)
    if call.rejections >= TRIES:
        return end(call, Line(why, call.language), *farewell(call))
    return go(call, state, Line(why, call.language))


def _let_in(call: Call, let: LoggedIn) -> Step:
    call = replace(call, participant=let.participant, proof=let.proof, account_version=let.account_version,
                   rejections=0)
    if let.must_change:
        return go(call, State.NEW_PIN, Line("new_pin.temporary", call.language))
    return go(call, State.MAIN)


def _stranger(call: Call) -> Call:
    return replace(call, participant=None, proof=None, current_pin=None, new_pin=None, listing=None, after=None,
                   last=None)


def _agent(call: Call, destination: str | None) -> Step:
    """Out of hours nobody is promised: the call goes on where it was."""
    if destination is None:
        return call, question(call, Line("agent.closed", call.language), Line("office.hours", call.language))
    known = Known(call.participant, call.language, call.state)
    ended, _ = end(call)
    turn = Turn(call.language, (Line("agent.transfer", call.language),), None, call.pace, destination, known)
    return ended, turn


def _payments(call: Call, rows: Payments) -> Step:
    if not rows.made and not rows.sent:
        return go(call, State.MAIN, Line("payments.none", call.language))
    if call.listing is None and rows.made and rows.sent:
        return go(call, State.PAYMENTS)
    call = replace(call, listing=call.listing or ("made" if rows.made else "sent"))
    return _read(call, readout.payments(call, rows))


def _read(call: Call, reading: Reading) -> Step:
    page = readout.page(call, reading)
    if page is None:
        return go(call, State.MAIN, Line(reading.none, call.language))
    state = State.ROWS_MORE if page.more else State.ROWS_END
    call = replace(call, state=state, last=page.last, tries=0, misses=0)
    return call, question(call, *page.lines)
