"""Every question of the dialog, walked by a caller in both languages through every adapter: each answer by key and by
word, silence, wrong keys, wrong words, the star, and hanging up. What was walked is counted; the count must be full.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.adapters import ADAPTERS
from gateway.phone.answers import ALWAYS, Act, Choice, State
from gateway.phone.callers import PLATFORMS as CALLERS
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.calls import calls
from gateway.phone.dialog import DIALOG

from .platforms import KEYS_ONLY, PLATFORMS, platform_for
from .test_trouble import way

WALKED: Counter[tuple[State, Language, str, str]] = Counter()
"""State, language, adapter, and what was done there."""
DONE = ("every key", "every word", "silence", "wrong keys", "wrong words", "repeat", "hang up")
REPORT = Path(__file__).parents[3] / "build" / "phone-coverage.txt"

every_adapter = pytest.mark.parametrize("adapter", PLATFORMS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_question = pytest.mark.parametrize("state", DIALOG)
Reach = Callable[[], VirtualCaller]


@pytest.fixture
def where(engine: sa.Engine) -> Callable[[], State]:
    """Where the only call stands; a call that is over may be forgotten already."""

    def read() -> State:
        with engine.connect() as conn:
            found = conn.execute(sa.select(calls.c.state["state"].astext)).scalar_one_or_none()
        return State(found) if found else State.ENDED

    return read


@pytest.fixture
def reach(client: FlaskClient, engine: sa.Engine, adapter: str, state: State, language: Language,
          where: Callable[[], State]) -> Reach:
    """A new call that has come to the question."""

    def come() -> VirtualCaller:
        with engine.begin() as conn:
            conn.execute(sa.delete(calls))
        caller = VirtualCaller(platform_for(adapter, client)).dial()
        for keys in way(state, language):
            caller.press(keys)
        assert where() is state
        return caller

    return come


def is_secret(state: State) -> bool:
    return (digits := DIALOG[state].digits) is not None and digits.secret


def answers(state: State) -> tuple[Choice, ...]:
    return (*DIALOG[state].choices, *ALWAYS)


def key_of(state: State, choice: Choice) -> str:
    return f"{choice.key}#" if DIALOG[state].digits else choice.key


@every_adapter
@both_languages
@every_question
def test_every_answer_by_key(reach: Reach, where: Callable[[], State], state: State, language: Language,
                             adapter: str) -> None:
    for choice in answers(state):
        caller = reach().press(key_of(state, choice))
        assert "trouble" not in caller.text
        assert where() in leads_to(state, choice), choice
    WALKED[state, language, adapter, "every key"] += 1


@every_adapter
@both_languages
@every_question
def test_every_answer_by_word(reach: Reach, where: Callable[[], State], state: State, language: Language,
                              adapter: str) -> None:
    spoken: Language = "en" if state is State.GREETING else language
    for choice in () if is_secret(state) or adapter in KEYS_ONLY else answers(state):
        caller = reach()
        assert caller.can_say(choice.words[spoken][0])
        caller.say(choice.words[spoken][0])
        assert where() in leads_to(state, choice), choice
    if is_secret(state):
        assert not reach().can_say("one"), "a secret is never taken from speech"
    WALKED[state, language, adapter, "every word"] += 1


def leads_to(state: State, choice: Choice) -> set[State]:
    if isinstance(choice.does, State):
        return {choice.does}
    if choice.does is Act.GOODBYE:
        return {State.ENDED}
    if choice.does in (Act.REPEAT, Act.AGENT, Act.SLOWLY):
        return {state}
    return {*DIALOG[state].leads_to, state}


@every_adapter
@both_languages
@every_question
def test_silence_wrong_keys_and_wrong_words_stay_there_and_the_third_is_the_last(
    reach: Reach, where: Callable[[], State], state: State, language: Language, adapter: str
) -> None:
    for first, second, third in (("silence", "keys", "words"), ("words", "words", "silence"), ("keys", "keys", "keys")):
        caller = reach()
        for how in (first, second):
            _fail(caller, how, state)
            assert where() is state and caller.connected
        _fail(caller, third, state)
        assert where() is State.ENDED and not caller.connected
    for done in ("silence", "wrong keys", "wrong words"):
        WALKED[state, language, adapter, done] += 1


def _fail(caller: VirtualCaller, how: str, state: State) -> None:
    """A single wrong key at a menu: many a platform waits for no second one."""
    if how == "silence":
        caller.keep_silent()
    elif how == "keys":
        taken = {choice.key for choice in answers(state)}
        caller.press("66#" if DIALOG[state].digits else next(key for key in "123456789" if key not in taken))
    else:
        caller.say("elephant")


@every_adapter
@both_languages
@every_question
def test_the_star_asks_again_even_after_a_failure(reach: Reach, where: Callable[[], State], state: State,
                                                  language: Language, adapter: str) -> None:
    caller = reach()
    asked = caller.heard[-1]
    caller.keep_silent().press("*#" if DIALOG[state].digits else "*")
    again = caller.heard[-1]
    # what is said before a question may be one sentence with it
    assert asked.text.endswith(again.text) and asked.language == again.language and where() is state
    WALKED[state, language, adapter, "repeat"] += 1


@every_adapter
@both_languages
@every_question
def test_hanging_up_leaves_nothing(reach: Reach, engine: sa.Engine, state: State, language: Language,
                                   adapter: str) -> None:
    reach().hang_up()
    with engine.connect() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(calls)).scalar_one() == 0
    WALKED[state, language, adapter, "hang up"] += 1


def test_the_report_is_full() -> None:
    """After all of the above, in this process: of the whole file, nothing is left out."""
    everywhere = [(state, language, adapter) for state in DIALOG for language in LANGUAGES for adapter in PLATFORMS]
    rows = [f"{state:14} {language} {adapter:8} " + " ".join("x" if WALKED[*place, done] else "-" for done in DONE)
            for place in everywhere for state, language, adapter in (place,)]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join([f"state, language, adapter: {', '.join(DONE)}", *rows]) + "\n", encoding="utf-8")
    if not WALKED:
        pytest.skip("nothing was walked: this is the count of the tests above")
    assert [row for row in rows if "-" in row.split(maxsplit=3)[3]] == []


def test_no_adapter_is_left_out() -> None:
    assert PLATFORMS.keys() == CALLERS.keys() >= ADAPTERS.keys()
