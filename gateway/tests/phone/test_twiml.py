"""TwiML: every document within what all platforms know, and what they send: retries, silence, speech, transfers."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from lxml import etree
from lxml.etree import _Element

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.adapters.adapter import Request
from gateway.phone.adapters.twiml import TwiMl
from gateway.phone.answers import State
from gateway.phone.callers.caller import CallFailed, VirtualCaller
from gateway.phone.callers.twiml import TwimlPlatform, check
from gateway.phone.calls import calls
from gateway.phone.dialog import DIALOG
from gateway.phone.said import Said, Sentence
from gateway.phone.turns import AskAgain, HangUp, Input, Keys, NoMatch, NotReached, Silence, Words

from .parts import BOTH, DESK, HOUSE, PIN, Agency, Clock, Says, logged_in, over
from .test_trouble import every_question, reach, spoken, way

both_languages = pytest.mark.parametrize("language", LANGUAGES)
TWIML = TwiMl()


@pytest.fixture
def platform(client: FlaskClient) -> TwimlPlatform:
    return TwimlPlatform(over(client))


@pytest.fixture
def caller(platform: TwimlPlatform) -> VirtualCaller:
    return VirtualCaller(platform)


def last(platform: TwimlPlatform) -> _Element:
    root: _Element = etree.fromstring(platform.documents[-1])
    return root


def gather(platform: TwimlPlatform) -> dict[str, str]:
    return {str(name): str(value) for name, value in last(platform)[0].attrib.items()}


def rows(engine: sa.Engine) -> int:
    with engine.connect() as conn:
        return int(conn.scalar(sa.select(sa.func.count()).select_from(calls)) or 0)


@both_languages
@every_question
@pytest.mark.parametrize("how", ["keep_silent", "mumble"])
def test_every_state_is_reached_and_left_within_the_subset(
    caller: VirtualCaller, says: Says, state: State, language: Language, how: str
) -> None:
    """The platform itself refuses what is not in it."""
    language = spoken(state, language)
    reach(caller, state, language)
    assert caller.heard[-1].text == says(language, DIALOG[state].ask[-1].key)
    assert caller.heard[-1].language == {"en": "en-US", "es": "es-US"}[language]
    for _ in range(3):
        getattr(caller, how)()
    assert not caller.connected
    assert caller.heard[-1].text == says(language, "goodbye.bye")


@both_languages
@every_question
def test_what_a_platform_is_told(
    caller: VirtualCaller, platform: TwimlPlatform, state: State, language: Language
) -> None:
    reach(caller, state, spoken(state, language))
    told, keyed = gather(platform), DIALOG[state].digits
    secret = keyed is not None and keyed.secret
    assert told["input"] == ("dtmf" if secret else "dtmf speech")
    assert ("hints" in told) == ("speechTimeout" in told) == (not secret)
    assert told["timeout"] == ("10" if keyed else "7")
    assert told["language"] == {"en": "en-US", "es": "es-US"}[spoken(state, language)]
    assert (told.get("finishOnKey"), told.get("numDigits")) == (("#", None) if keyed else (None, "1"))
    assert told["action"].startswith("/phone/twiml/") and "?" not in told["action"]
    assert last(platform)[1].text == told["action"] + "?empty=1"


def test_the_greeting_is_said_in_two_voices(caller: VirtualCaller) -> None:
    assert [heard.language for heard in caller.dial().heard] == ["en-US", "es-US", "en-US"]


def test_words_that_are_expected_are_hinted_at(caller: VirtualCaller) -> None:
    caller.dial()
    assert caller.can_say("Yes") and caller.can_say("sí") and not caller.can_say("elephant")
    assert caller.say("None").text.startswith("Other options")


@both_languages
def test_who_wants_more_time_gets_it(caller: VirtualCaller, platform: TwimlPlatform, language: Language) -> None:
    for keys in way(State.OPTIONS, language):
        caller = caller.press(keys) if caller.connected else caller.dial().press(keys)
    caller.press("5").press("1")
    assert gather(platform)["timeout"] == "30"


def test_a_text_telephone_is_known_by_the_number_that_was_dialled(
    caller: VirtualCaller, platform: TwimlPlatform
) -> None:
    assert caller.dial("+1" + HOUSE.tty.replace("-", "")[1:]).heard[-1].text.endswith(" GA")
    assert gather(platform)["input"] == "dtmf" and gather(platform)["timeout"] == "21"


@pytest.mark.parametrize(("was", "becomes"), [
    (b"<Gather ", b'<Gather actionOnEmptyResult="true" '), (b"<Say ", b"<Prompt "), (b"<Redirect ", b"<Leave "),
    (b'numDigits="1"', b'digits="1"'), (b"?empty=1", b""), (b"Response", b"response"),
])
def test_the_platform_would_notice_what_not_all_of_them_know(
    caller: VirtualCaller, platform: TwimlPlatform, was: bytes, becomes: bytes
) -> None:
    good = caller.dial().press("9").connected and platform.documents[-1]
    assert good and was in good
    with pytest.raises(CallFailed):
        check(etree.fromstring(good.replace(was, becomes).replace(b"</Say>", b"</Prompt>" if b"Prompt" in becomes
                                                                  else b"</Say>")
                               .replace(b"</Redirect>", b"</Leave>" if b"Leave" in becomes else b"</Redirect>")))


def test_text_is_escaped() -> None:
    said = Said("en", "normal", (Sentence("en", "<b>&: ]]>."),), None)
    assert etree.fromstring(TWIML.document(said, "/x/0", "/x/1"))[0].text == "<b>&: ]]>."


# What comes in


@pytest.mark.parametrize(("fields", "given"), [
    ({"Digits": "1"}, Keys), ({"Digits": "*"}, Keys), ({"SpeechResult": "Yes.", "Confidence": "0.9"}, Words),
    ({"SpeechResult": "482913"}, Words), ({"Digits": "", "SpeechResult": ""}, Silence), ({}, Silence),
    ({"empty": "1"}, Silence), ({"empty": "1", "Digits": "1"}, Silence), ({"again": "1"}, AskAgain),
    ({"Digits": "1" * 81}, NoMatch), ({"SpeechResult": "a" * 81}, NoMatch), ({"CallStatus": "completed"}, HangUp),
    ({"CallStatus": "in-progress", "Digits": "1"}, Keys), ({"DialCallStatus": "completed"}, HangUp),
    ({"DialCallStatus": "busy"}, NotReached), ({"DialCallStatus": "no-answer", "CallStatus": "completed"}, HangUp),
])
def test_what_a_platform_says_was_heard(clock: Clock, fields: dict[str, str], given: type[Input]) -> None:
    assert isinstance(TWIML.heard(Request("POST", "http://x/", fields, b"", {}, clock())), given)


@pytest.mark.parametrize("word", ["anonymous", "restricted", "blocked", "unknown", "unavailable"])
def test_a_number_that_is_withheld_is_none(clock: Clock, word: str) -> None:
    """Else all who withhold theirs would share the few tries of one telephone."""
    keys = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
    keypad = {letter: key for key, letters in keys.items() for letter in letters}
    fields = {"CallSid": "7", "From": "+" + "".join(keypad[letter] for letter in word)}
    assert TWIML.ring(Request("POST", "http://x/", fields, b"", {}, clock())).caller == ""


def test_a_pin_that_is_spoken_is_not_taken(caller: VirtualCaller, client: FlaskClient, platform: TwimlPlatform,
                                           agency: Agency) -> None:
    """Even where a platform listens that was not told to."""
    caller.dial().press("1").press(f"{BOTH}#")
    fields = {"CallSid": platform.call, "SpeechResult": PIN, "Confidence": "1"}
    reply = client.post(gather(platform)["action"], data=fields)
    assert "did not understand" in reply.text
    assert agency.log_ins == 0


def test_a_request_sent_again_gets_the_same_reply_and_has_no_second_effect(
    caller: VirtualCaller, client: FlaskClient, platform: TwimlPlatform, agency: Agency
) -> None:
    caller.dial().press("1").press(f"{BOTH}#")
    path, fields = gather(platform)["action"], {"CallSid": platform.call, "CallStatus": "in-progress", "Digits": PIN}
    first, again = (client.post(path, data=fields) for _ in range(2))
    assert b"Main menu" in first.data and first.data == again.data
    assert agency.log_ins == 1


def test_a_call_that_begins_twice_is_one_call(client: FlaskClient, engine: sa.Engine) -> None:
    fields = {"CallSid": "CA7", "To": "+18669013212", "CallStatus": "ringing"}
    first, again = (client.post("/phone/twiml/start", data=fields) for _ in range(2))
    assert first.status_code == 200 and first.data == again.data
    assert first.mimetype == "text/xml" and first.headers["Cache-Control"] == "no-store"
    assert rows(engine) == 1


def test_a_call_that_has_gone_on_does_not_begin_again(caller: VirtualCaller, client: FlaskClient,
                                                      platform: TwimlPlatform) -> None:
    caller.dial().press("1")
    reply = client.post("/phone/twiml/start", data={"CallSid": platform.call})
    assert reply.status_code == 200 and etree.fromstring(reply.data)[0].tag == "Hangup"


def test_another_call_cannot_speak_in_this_one(caller: VirtualCaller, client: FlaskClient,
                                               platform: TwimlPlatform) -> None:
    caller.dial()
    reply = client.post(gather(platform)["action"], data={"CallSid": "CA-another", "Digits": "1"})
    assert [verb.tag for verb in etree.fromstring(reply.data)] == ["Hangup"]
    assert caller.press("1").connected


@pytest.mark.parametrize("status", ["completed", "busy", "failed", "no-answer", "canceled"])
def test_a_caller_who_hangs_up_leaves_nothing(caller: VirtualCaller, client: FlaskClient, platform: TwimlPlatform,
                                              engine: sa.Engine, status: str) -> None:
    logged_in(caller, BOTH, "en")
    action = gather(platform)["action"]
    for told, left in (("ringing", 1), ("in-progress", 1), (status, 0)):
        reply = client.post("/phone/twiml/ended", data={"CallSid": platform.call, "CallStatus": told})
        assert (reply.status_code, rows(engine)) == (204, left)
    reply = client.post(action, data={"CallSid": platform.call, "Digits": "1"})
    assert [verb.tag for verb in etree.fromstring(reply.data)] == ["Hangup"]


def test_three_wrong_log_ins_end_the_call_in_the_words_of_an_unknown_id(
    caller: VirtualCaller, says: Says, agency: Agency
) -> None:
    caller.dial().press("1")
    said = []
    for identifier in (BOTH, "9999999999", BOTH):
        caller.press(f"{identifier}#").press("111222#")
        said.append(caller.heard[0].text)
    assert set(said) == {says("en", "login.not_accepted")}
    assert not caller.connected and agency.log_ins == 3


# Transfers


@both_languages
def test_a_transfer_to_a_number(caller: VirtualCaller, agent: dict[str, str | None], platform: TwimlPlatform,
                                says: Says, language: Language) -> None:
    agent["tel"] = "tel:+15555550100"
    logged_in(caller, BOTH, language).press("0")
    assert (caller.transferred_to, caller.context) == ("tel:+15555550100", None)
    assert [heard.text for heard in caller.heard] == [says(language, "agent.transfer")]
    assert platform.documents[-1].count(b"+15555550100") == 1


def test_a_transfer_by_sip_carries_who_is_calling(caller: VirtualCaller, agent: dict[str, str | None],
                                                  client: FlaskClient, platform: TwimlPlatform) -> None:
    agent["tel"] = "sip:agents@desk.example.gov"
    logged_in(caller, BOTH, "en").press("0")
    assert caller.transferred_to == "sip:agents@desk.example.gov"
    desk = {"Authorization": f"Bearer {DESK.reveal()}"}
    told = client.get(f"/phone/transfers/{caller.context}", headers=desk).get_json()
    assert told["participant_id"] == BOTH
    assert BOTH.encode() not in platform.documents[-1]
