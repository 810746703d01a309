"""The slow profile and the text telephone: more time, short plain lines, GA, no speech, never hung up on too soon."""

import pytest
from flask.testing import FlaskClient
from lxml import etree

from gateway.catalogue import LANGUAGES, Language
from gateway.phone import tty
from gateway.phone.adapters.elements import NAMESPACE
from gateway.phone.answers import State
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.vxml import VxmlPlatform
from gateway.phone.dialog import DIALOG
from gateway.phone.speech import Wording
from gateway.phone.turns import Line

from .parts import BOTH, HOUSE, PIN
from .test_trouble import way

TTY = HOUSE.tty
both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_question = pytest.mark.parametrize("state", DIALOG)


def timeout(platform: VxmlPlatform) -> int:
    root = etree.fromstring(platform.documents[-1])
    return int(root.xpath("//v:property[@name='timeout']/@value", namespaces={"v": NAMESPACE})[0].removesuffix("s"))


def reach(caller: VirtualCaller, state: State, language: Language) -> None:
    caller.dial(TTY)
    for keys in way(state, language):
        caller.press(keys)


@both_languages
@every_question
def test_lines_a_text_telephone_can_show(caller: VirtualCaller, state: State, language: Language) -> None:
    """Those of each question, and of each failure: short, plain, without a word about saying something, ended by GA."""
    reach(caller, state, language)
    for _ in range(3):
        written = [heard.text for heard in caller.heard]
        assert written[-1].endswith(" GA")
        for line in written:
            assert len(line) < 60 and set(line) <= tty.SIGNS, line
            assert not {"SAY", "SAY:", "DIGA", "DIGA:"} & set(line.split()), line
        assert sum(line.endswith(" GA") for line in written) == 1
        caller.keep_silent()
    assert caller.heard[-1].text.endswith(" SK") and not caller.connected


@every_question
def test_nothing_is_expected_to_be_spoken(caller: VirtualCaller, platform: VxmlPlatform, state: State) -> None:
    reach(caller, state, "en")
    assert b'mode="voice"' not in platform.documents[-1]


@pytest.mark.parametrize(("pace", "state"), [
    *(("tty", state) for state in DIALOG),
    # the first questions come before anybody can ask for more time
    *(("relay", state) for state in DIALOG if state not in (State.GREETING, State.PARENT)),
])
def test_three_times_the_waiting_time_and_a_minute_of_silence(caller: VirtualCaller, platform: VxmlPlatform,
                                                              state: State, pace: str) -> None:
    caller.dial()
    for keys in way(state, "en"):
        caller.press(keys)
    normal = timeout(platform)
    if pace == "tty":
        reach(caller, state, "en")
    else:
        caller.dial().press("7").press("5")
        for keys in (keys for keys in way(state, "en") if keys != "7"):
            caller.press(keys)
    waited = timeout(platform)
    assert waited == 3 * normal
    silence = 0
    while caller.connected:
        silence += timeout(platform)
        caller.keep_silent()
    assert silence >= 60


def test_amounts_and_dates_are_figures(caller: VirtualCaller) -> None:
    caller.dial(TTY).press("1").press(f"{BOTH}#").press(f"{PIN}#").press("1").press("1")
    assert [heard.text for heard in caller.heard][:3] == [
        "YOUR LATEST 5 PAYMENTS MADE:", "NOV 1: $101.00.", "OCT 18: $102.00."]
    assert "AS OF NOV 3 10:15 AM." in [heard.text for heard in caller.heard]


@both_languages
def test_every_text_that_names_the_voice_has_one_for_the_eye(wording: Wording, language: Language) -> None:
    for key in sorted(wording.voice.keys()):
        forms = wording.voice.texts[language][key]
        if any(word in form for form in forms for word in ("say:", "say the", "diga", "T T Y")):
            assert key in wording.short.texts[language], key
    assert wording.short.keys() <= wording.voice.keys()


def test_the_brochures_number_for_customers_who_cannot_hear_or_speak(caller: VirtualCaller) -> None:
    """Para clientes con problemas de audición o de habla ... TTY: 1-866-399-4096."""
    for dialled in (TTY, "+18663994096", "8663994096"):
        caller.dial(dialled)
        assert [heard.text for heard in caller.heard][-1].endswith(" GA")
    caller.dial("18669013212")
    assert not caller.text.endswith("GA")


def test_the_last_line_alone_says_whose_turn_it_is(wording: Wording) -> None:
    long = wording.sentence(Line("identifier.help", "es"), "tty")
    assert all(len(line) + len(" GA") < 60 for line in tty.lines("es", long))


def typing(client: FlaskClient, number: str, *lines: str) -> list[str]:
    """What is said after the last of the lines, where a platform hands on what was typed (or heard)."""
    told = client.post("/phone/turns/start", json={"event": "start", "number": number}).json
    for line in lines:
        told = client.post(told["next"], json={"event": "answer", "words": line}).json
    return [sentence["text"] for sentence in told["say"]]


@both_languages
def test_digits_and_words_may_be_typed(client: FlaskClient, language: Language) -> None:
    """As good as keys, secrets too, for nobody can overhear them."""
    first = ("9 GA",) if language == "es" else ()
    log_in = (*first, "1 GA", f"{BOTH[:4]}-{BOTH[4:]} GA", f"{PIN} ga")
    assert typing(client, TTY, *log_in)[0].startswith({"en": "MAIN MENU.", "es": "MENU PRINCIPAL."}[language])
    payments = typing(client, TTY, *log_in, {"en": "PAYMENTS GA", "es": "PAGOS GA"}[language], "1")
    assert {"en": "NOV 1: $101.00.", "es": "1 NOV: $101.00."}[language] in payments


def test_spoken_digits_are_no_keys_where_a_voice_can_be_overheard(client: FlaskClient) -> None:
    assert typing(client, "18669013212", "yes", BOTH)[0] == "Sorry, I did not understand."
