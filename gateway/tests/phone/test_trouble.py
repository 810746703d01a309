"""Silence, wrong keys and wrong words at every question: three times, in other words each time, then goodbye."""

from collections.abc import Callable

import pytest

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.answers import State
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.dialog import DIALOG

from .parts import BOTH, NEW, PAYEE, PAYOR, PIN, TEMPORARY, Says

WAYS: dict[State, tuple[str, ...]] = {
    State.GREETING: (),
    State.PARENT: ("9",),
    State.GENERAL: ("9", "2"),
    State.OFFICE_WHERE: ("9", "2", "1"),
    State.OFFICE: ("9", "2", "1", "93101#"),
    State.APPLY: ("9", "2", "2"),
    State.PAY_TO: ("9", "2", "3"),
    State.HOURS: ("9", "2", "4"),
    State.OPTIONS: ("9", "7"),
    State.EMPLOYERS: ("9", "7", "4"),
    State.PIN_REQUEST: ("9", "7", "3"),
    State.IDENTIFIER: ("9", "1"),
    State.PIN: ("9", "1", f"{BOTH}#"),
    State.NEW_PIN: ("9", "1", f"{PAYEE}#", f"{TEMPORARY}#"),
    State.NEW_PIN_AGAIN: ("9", "1", f"{PAYEE}#", f"{TEMPORARY}#", f"{NEW}#"),
    State.MAIN: ("9", "1", f"{BOTH}#", f"{PIN}#"),
    State.PAYMENTS: ("9", "1", f"{BOTH}#", f"{PIN}#", "1"),
    State.ROWS_MORE: ("9", "1", f"{BOTH}#", f"{PIN}#", "1", "1"),
    State.ROWS_END: ("9", "1", f"{PAYOR}#", f"{PIN}#", "1"),
    State.PIN_MENU: ("9", "1", f"{BOTH}#", f"{PIN}#", "5"),
    State.CURRENT_PIN: ("9", "1", f"{BOTH}#", f"{PIN}#", "5", "1"),
}
"""The keys from the first ring to each state, in Spanish; in English the 9 is left out or made an 8."""


def way(state: State, language: Language) -> tuple[str, ...]:
    if language == "es" or state is State.GREETING:
        return WAYS[state]
    return ("9", "8") if state is State.PARENT else WAYS[state][1:]


def test_every_question_of_the_dialog_is_reached() -> None:
    assert WAYS.keys() == DIALOG.keys()


def reach(caller: VirtualCaller, state: State, language: Language) -> VirtualCaller:
    caller.dial()
    for keys in way(state, language):
        caller.press(keys)
    return caller


every_question = pytest.mark.parametrize("state", DIALOG)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def spoken(state: State, language: Language) -> Language:
    return "en" if state is State.GREETING else language


@both_languages
@every_question
@pytest.mark.parametrize("how", ["silence", "no_match"])
def test_three_failures_in_three_ways(
    caller: VirtualCaller, says: Says, state: State, language: Language, how: str
) -> None:
    fail: Callable[[], VirtualCaller] = caller.keep_silent if how == "silence" else caller.mumble
    language = spoken(state, language)
    reach(caller, state, language)

    def text(key: str) -> str:
        return says(language, key)

    fail()
    assert caller.heard[0].text == text(f"trouble.{how}.1")
    assert caller.heard[-1].text == text(DIALOG[state].ask[-1].key)
    fail()
    assert [h.text for h in caller.heard] == [text(f"trouble.{how}.2"), text(DIALOG[state].help)]
    fail()
    assert [h.text for h in caller.heard] == [
        text(f"trouble.{how}.3"), text("office.hours"), text("goodbye.bye"),
    ]  # fmt: skip
    assert not caller.connected


@both_languages
@every_question
def test_after_a_failure_the_answer_still_counts(
    caller: VirtualCaller, state: State, language: Language
) -> None:
    """Keys that fit are taken after silence and after a mumble, and the count starts anew at the next question."""
    reach(caller, state, spoken(state, language)).keep_silent().mumble()
    caller.press("*#" if DIALOG[state].digits else "*")
    assert caller.connected
    assert "trouble" not in caller.text
    caller.keep_silent()
    assert caller.connected


@every_question
def test_keys_and_words_that_were_not_offered_are_a_failure(caller: VirtualCaller, state: State) -> None:
    reach(caller, state, "es")
    assert not caller.can_press("66")
    assert not caller.can_say("elephant")
    caller.press("66")
    caller.say("elephant")
    assert caller.connected
    caller.press("66")
    assert not caller.connected


def test_after_two_misses_only_keys_are_expected(caller: VirtualCaller) -> None:
    caller.dial()
    assert caller.can_say("Yes")
    caller.mumble()
    assert caller.can_say("Yes")
    caller.mumble()
    assert not caller.can_say("Yes")
    assert caller.press("1").connected
    caller.press(f"{BOTH}#").press(f"{PIN}#")
    assert caller.can_say("Payments")


def test_silence_alone_does_not_take_the_voice_away(caller: VirtualCaller) -> None:
    caller.dial().keep_silent().keep_silent()
    assert caller.can_say("Yes")


def test_a_call_does_not_go_on_for_ever_with_two_failures_at_each_question(caller: VirtualCaller) -> None:
    caller.dial()
    for _ in range(8):
        caller.keep_silent().press("*")
    assert caller.connected
    assert not caller.keep_silent().connected


@every_question
def test_numbers_are_never_taken_from_speech(caller: VirtualCaller, state: State) -> None:
    reach(caller, state, "es")
    if (digits := DIALOG[state].digits) and digits.secret:
        assert not caller.can_say("uno")
        assert b'mode="voice"' not in caller.platform.documents[-1]
