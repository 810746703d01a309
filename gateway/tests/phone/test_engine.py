"""The engine by itself: pure, total, and never anywhere the table does not lead."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventkit.secret import Secret
from gateway.catalogue import LANGUAGES, Catalogue
from gateway.phone.answers import ALWAYS, State, plain
from gateway.phone.dialog import DIALOG
from gateway.phone.driver import Driver
from gateway.phone.engine import step
from gateway.phone.speech import Wording
from gateway.phone.turns import (
    Ask,
    AskAgain,
    Call,
    Dialled,
    HangUp,
    Input,
    Keys,
    NoMatch,
    NotReached,
    Silence,
    Turn,
    Words,
)

from .parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, PIN, SSN, TEMPORARY, Agency

CATALOGUE = Catalogue.load("phone")
WORDING = Wording()
ALL_WORDS = sorted({word for s in DIALOG.values() for c in s.choices for ws in c.words.values() for word in ws})
NUMBERS = (BOTH, PAYOR, PAYEE, NOBODY, SSN, PIN, TEMPORARY, NEW, "123456", "0", "*", "12")

inputs: st.SearchStrategy[Input] = st.one_of(
    st.sampled_from([Silence(), NoMatch(), AskAgain(), Dialled()]),
    st.sampled_from([*"0123456789*#", *NUMBERS]).map(lambda keys: Keys(Secret(keys))),
    st.sampled_from(ALL_WORDS).map(lambda words: Words(Secret(words))),
    st.text(max_size=20).map(lambda words: Words(Secret(words))),
    st.text(max_size=20).map(lambda keys: Keys(Secret(keys))),
)

ways_in = st.sampled_from(
    [(), ("9",), ("1", BOTH, PIN), ("9", "1", PAYOR, PIN), ("1", PAYEE, TEMPORARY), ("1", NOBODY, PIN)]
)


@settings(max_examples=300, deadline=None)
@given(ways_in, st.lists(inputs, max_size=12))
def test_whatever_a_caller_does_the_table_leads_there_and_there_are_words(
    way: tuple[str, ...], rest: list[Input]
) -> None:
    driver, call = Driver(Agency()), Call()
    for given_ in (Dialled(), *(Keys(Secret(keys)) for keys in way), *rest):
        before = call.state
        call, turn = driver.advance(call, given_)
        if before is not State.ENDED:
            assert call.state in {before, State.ENDED, *DIALOG[before].leads_to}
        assert turn.lines
        assert all(WORDING.sentence(line) for line in turn.lines)
        assert (turn.listen is None) == (call.state is State.ENDED)
        spoken_in = {line.language for line in turn.lines if line.key != "greeting.spanish"}
        assert spoken_in == {call.language} == {turn.language}


@given(ways_in, st.lists(inputs, max_size=6))
def test_the_same_call_and_input_give_the_same_turn(way: tuple[str, ...], rest: list[Input]) -> None:
    one = two = Call()
    driver, other = Driver(Agency()), Driver(Agency())
    for given_ in (Dialled(), *(Keys(Secret(keys)) for keys in way), *rest):
        one, said = driver.advance(one, given_)
        two, also = other.advance(two, given_)
        assert (one, said) == (two, also)


def test_every_state_leads_only_to_states_of_the_table() -> None:
    for state, here in DIALOG.items():
        assert set(here.leads_to) <= DIALOG.keys()
        assert bool(here.choices) != bool(here.digits), state


@pytest.mark.parametrize("state", DIALOG)
def test_keys_and_words_of_a_state_are_told_apart(state: State) -> None:
    choices = (*DIALOG[state].choices, *ALWAYS)
    assert len({choice.key for choice in choices}) == len(choices)
    for language in LANGUAGES:
        heard = [plain(word) for choice in choices for word in set(map(plain, choice.words[language]))]
        assert len(set(heard)) == len(heard)
        assert all(heard)


def test_every_choice_has_a_key_and_words_in_both_languages() -> None:
    for choice in (*(c for s in DIALOG.values() for c in s.choices), *ALWAYS):
        assert len(choice.key) == 1
        assert all(choice.words[language] for language in LANGUAGES)


def test_every_text_of_the_catalogue_is_said_somewhere() -> None:
    asked = {prompt.key for here in DIALOG.values() for prompt in here.ask}
    asked |= {here.help for here in DIALOG.values()}
    of_rows = ("payments.", "balance.", "cases.", "dates.", "office.", "trouble.", "weekday.")
    beside = {key for key in CATALOGUE.keys() - asked if not key.startswith(of_rows)}
    assert beside == {
        "login.not_accepted", "new_pin.different", "new_pin.weak", "new_pin.changed", "pin_request.done",
        "pin_mail.done", "new_pin.temporary", "slowly.done", "agent.closed", "agent.transfer", "goodbye.bye",
    }  # fmt: skip


def test_a_call_that_ended_stays_ended() -> None:
    ended, _ = step(Call(participant=BOTH, state=State.MAIN), HangUp())
    for given_ in (Dialled(), Keys(Secret("1")), Words(Secret("pagos")), Silence()):
        assert step(ended, given_)[0] == ended


def test_a_caller_whose_agent_did_not_answer_is_told_so() -> None:
    ended, _ = step(Call(language="es", state=State.MAIN), HangUp())
    call, out = step(ended, NotReached())
    assert isinstance(out, Turn) and out.listen is None and call == ended
    assert [line.key for line in out.lines] == ["agent.closed", "office.hours"]


def test_payments_are_asked_for_only_once_the_caller_is_known() -> None:
    call, out = step(Call(state=State.MAIN), Keys(Secret("1")))
    assert call.state is State.IDENTIFIER
    assert not isinstance(out, Ask)


def test_the_identifier_is_forgotten_with_the_log_in() -> None:
    call, out = step(replace(Call(), state=State.PIN, identifier=Secret(SSN)), Keys(Secret(PIN)))
    assert isinstance(out, Ask)
    assert call.identifier is None


