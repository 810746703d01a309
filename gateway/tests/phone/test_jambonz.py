"""jambonz: every document and every message by the JSON Schemas of its makers, and what a platform sends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from referencing import Registry, Resource

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.adapters.adapter import Request
from gateway.phone.adapters.jambonz import Jambonz
from gateway.phone.answers import State
from gateway.phone.callers.caller import CallFailed, VirtualCaller
from gateway.phone.callers.jambonz import JambonzPlatform, check
from gateway.phone.calls import calls
from gateway.phone.dialog import DIALOG
from gateway.phone.speech import Wording
from gateway.phone.turns import AskAgain, HangUp, Input, Keys, NoMatch, NotReached, Silence, Words

from .parts import BOTH, DESK, HOUSE, PIN, Agency, Clock, Says, Schemas, logged_in, over
from .test_trouble import every_question, reach, spoken

both_languages = pytest.mark.parametrize("language", LANGUAGES)
JAMBONZ = Jambonz()
BASE = "https://jambonz.org/schema/"

Valid = Callable[[str, Any], list[str]]


@pytest.fixture
def platform(client: FlaskClient) -> JambonzPlatform:
    return JambonzPlatform(over(client))


@pytest.fixture
def caller(platform: JambonzPlatform) -> VirtualCaller:
    return VirtualCaller(platform)


@pytest.fixture(scope="session")
def errors() -> Valid:
    """What is wrong with a value, by the name of its schema."""
    folder: Path | None = Schemas.folder()
    if folder is None or not (folder / "jambonz").is_dir():
        pytest.skip("the JSON Schemas of jambonz are not here; set CC_PHONE_SCHEMAS to the folder that has them")
    found = [json.loads(path.read_bytes()) for path in sorted((folder / "jambonz").rglob("*.schema.json"))]
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in found)

    def of(name: str, value: Any) -> list[str]:
        checker = jsonschema.Draft202012Validator({"$ref": BASE + name}, registry=registry)
        return [error.message for error in checker.iter_errors(value)]

    return of


def verbs(platform: JambonzPlatform) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(platform.documents[-1])
    return read


def gather(platform: JambonzPlatform) -> dict[str, Any]:
    assert verbs(platform)[-1]["verb"] == "gather"
    return verbs(platform)[-1]


def rows(engine: sa.Engine) -> int:
    with engine.connect() as conn:
        return int(conn.scalar(sa.select(sa.func.count()).select_from(calls)) or 0)


def all_errors(errors: Valid, platform: JambonzPlatform) -> list[str]:
    """Of all documents, of the prompts inside them (their schema is open there), and of all that was posted."""
    documents = [json.loads(document) for document in platform.documents]
    said = [{"verb": "say", **verb["say"]} for verbs in documents for verb in verbs if verb["verb"] == "gather"]
    answers = [json.loads(body) for body in platform.sent]
    kinds = ["callbacks/gather" if "reason" in one else "callbacks/call-status" for one in answers]
    return [
        *(wrong for one in documents for wrong in errors("jambonz-app", one)),
        *(wrong for one in said for wrong in errors("verbs/say", one)),
        *(wrong for kind, one in zip(kinds, answers, strict=True) for wrong in errors(kind, one)),
    ]


@both_languages
@every_question
@pytest.mark.parametrize("how", ["keep_silent", "mumble"])
def test_all_documents_of_all_states_are_valid(
    caller: VirtualCaller, platform: JambonzPlatform, errors: Valid, says: Says, state: State, language: Language,
    how: str
) -> None:
    language = spoken(state, language)
    reach(caller, state, language)
    assert caller.text.endswith(says(language, DIALOG[state].ask[-1].key))
    assert caller.heard[-1].language == {"en": "en-US", "es": "es-US"}[language]
    for _ in range(3):
        getattr(caller, how)()
    assert not caller.connected
    assert caller.heard[-1].text == says(language, "goodbye.bye")
    caller.hang_up()
    assert all_errors(errors, platform) == []


@both_languages
def test_the_documents_beside_the_dialog_are_valid(
    caller: VirtualCaller, platform: JambonzPlatform, agent: dict[str, str | None], wording: Wording, errors: Valid,
    language: Language
) -> None:
    for number in ("tel:+15555550100", "sip:agents@desk.example.gov"):
        agent["tel"] = number
        logged_in(caller, BOTH, language).press("0")
        assert errors("callbacks/dial", json.loads(platform.sent[-1])) == []
    platform.documents += [JAMBONZ.moment(wording.moment(language, "normal"), "/x/1"), JAMBONZ.over()]
    assert all_errors(errors, platform) == []


@pytest.mark.parametrize(("was", "becomes"), [
    (b'"gather"', b'"gathers"'), (b'["digits", "speech"]', b'["digits", "mind"]'), (b'"timeout": 7', b'"timeout": "7"'),
    (b'"vendor": "default", "language": "en-US"}}', b'"language": "en-US"}}'),
])
def test_the_schemas_would_notice(caller: VirtualCaller, platform: JambonzPlatform, errors: Valid, was: bytes,
                                  becomes: bytes) -> None:
    caller.dial()
    assert was in platform.documents[-1]
    platform.documents = [platform.documents[-1].replace(was, becomes)]
    assert all_errors(errors, platform)


@pytest.mark.parametrize(("was", "becomes"), [(b'"gather"', b'"gathers"'), (b'"timeout"', b'"partialResultHook"')])
def test_the_caller_knows_only_what_is_needed(caller: VirtualCaller, platform: JambonzPlatform, was: bytes,
                                              becomes: bytes) -> None:
    good = caller.dial() and platform.documents[-1]
    with pytest.raises(CallFailed):
        check(json.loads(good.replace(was, becomes)))


@both_languages
@every_question
def test_what_a_platform_is_told(
    caller: VirtualCaller, platform: JambonzPlatform, state: State, language: Language
) -> None:
    reach(caller, state, spoken(state, language))
    told, keyed = gather(platform), DIALOG[state].digits
    secret = keyed is not None and keyed.secret
    assert told["input"] == (["digits"] if secret else ["digits", "speech"])
    assert ("recognizer" in told) == (not secret)
    if not secret:
        assert told["recognizer"]["language"] == {"en": "en-US", "es": "es-US"}[spoken(state, language)]
    assert told["timeout"] == (10 if keyed else 7)
    ends = {name: told[name] for name in ("numDigits", "minDigits", "interDigitTimeout", "finishOnKey") if name in told}
    assert ends == ({"minDigits": 1, "interDigitTimeout": 5, "finishOnKey": "#"} if keyed else {"numDigits": 1})
    assert told["actionHook"].startswith("/phone/jambonz/")


def test_the_greeting_is_said_in_two_voices_and_can_be_interrupted(
    caller: VirtualCaller, platform: JambonzPlatform, says: Says
) -> None:
    assert [heard.language for heard in caller.dial().heard] == ["en-US", "es-US", "en-US"]
    assert [verb["verb"] for verb in verbs(platform)] == ["config", "say", "say", "config", "gather"]
    assert platform.interrupt("9").heard[-1].text == says("es", "parent.ask")
    assert [verb["verb"] for verb in verbs(platform)] == ["gather"]


def test_words_that_are_expected_are_hinted_at(caller: VirtualCaller) -> None:
    caller.dial()
    assert caller.can_say("Yes") and caller.can_say("sí") and not caller.can_say("elephant")
    assert caller.say("None").text.startswith("Other options")


def test_a_text_telephone_is_known_by_the_number_that_was_dialled(
    caller: VirtualCaller, platform: JambonzPlatform
) -> None:
    for number in (HOUSE.tty, f"sip:+1{HOUSE.tty.replace('-', '')[1:]}@10.0.0.1"):
        assert caller.dial(number).text.endswith(" GA")
        assert (gather(platform)["input"], gather(platform)["timeout"]) == (["digits"], 21)


# What comes in


@pytest.mark.parametrize(("told", "given"), [
    ({"reason": "dtmfDetected", "digits": "1"}, Keys), ({"reason": "dtmfDetected", "digits": ""}, Silence),
    ({"reason": "timeout"}, Silence), ({}, Silence), ({"reason": "error", "details": {}}, NoMatch),
    ({"reason": "speechDetected", "speech": {"alternatives": [{"transcript": "Yes."}, {"transcript": "Yet"}]}}, Words),
    ({"reason": "speechDetected", "speech": {"alternatives": [{"transcript": "482913"}]}}, Words),
    ({"reason": "stt-low-confidence", "speech": {"alternatives": [{"transcript": "yes"}]}}, NoMatch),
    ({"reason": "speechDetected", "speech": {"alternatives": []}}, Silence),
    ({"reason": "speechDetected", "speech": "yes"}, Silence), ({"digits": 12}, Silence),
    ({"digits": "1" * 81}, NoMatch),
    ({"call_status": "completed"}, HangUp), ({"call_status": "in-progress", "digits": "1"}, Keys),
    ({"dial_call_status": "completed"}, HangUp), ({"dial_call_status": "busy"}, NotReached), ([], Silence),
    (7, Silence),
])
def test_what_a_platform_says_was_heard(clock: Clock, told: object, given: type[Input]) -> None:
    request = Request("POST", "http://x/", {}, json.dumps(told).encode(), {}, clock())
    assert isinstance(JAMBONZ.heard(request), given)
    again = Request("POST", "http://x/?again=1", {"again": "1"}, b'{"call_status": "in-progress"}', {}, clock())
    assert isinstance(JAMBONZ.heard(again), AskAgain)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 60_000, b"null"])
def test_what_is_no_json_is_silence(caller: VirtualCaller, client: FlaskClient, platform: JambonzPlatform, says: Says,
                                    body: bytes) -> None:
    caller.dial()
    reply = client.post(gather(platform)["actionHook"], data=body, content_type="application/json")
    assert says("en", "trouble.silence.1") in reply.text


def test_a_pin_that_is_spoken_is_not_taken(caller: VirtualCaller, client: FlaskClient, platform: JambonzPlatform,
                                           agency: Agency) -> None:
    caller.dial().press("1").press(f"{BOTH}#")
    said = {"call_sid": platform.call, "reason": "speechDetected", "speech": {"alternatives": [{"transcript": PIN}]}}
    assert "did not understand" in client.post(gather(platform)["actionHook"], json=said).text
    assert agency.log_ins == 0


def test_a_request_sent_again_gets_the_same_reply_and_has_no_second_effect(
    caller: VirtualCaller, client: FlaskClient, platform: JambonzPlatform, agency: Agency
) -> None:
    """Where the hooks have #rc=2 behind them."""
    caller.dial().press("1").press(f"{BOTH}#")
    hook, told = gather(platform)["actionHook"], {"call_sid": platform.call, "reason": "dtmfDetected", "digits": PIN}
    first, again = (client.post(hook, json=told) for _ in range(2))
    assert b"Main menu" in first.data and first.data == again.data
    assert agency.log_ins == 1


def test_a_call_that_begins_twice_is_one_call(client: FlaskClient, engine: sa.Engine) -> None:
    first, again = (client.post("/phone/jambonz/start", json={"call_sid": "7", "to": "+18669013212"}) for _ in range(2))
    assert first.status_code == 200 and first.data == again.data and first.mimetype == "application/json"
    assert rows(engine) == 1


def test_another_call_cannot_speak_in_this_one(caller: VirtualCaller, client: FlaskClient,
                                               platform: JambonzPlatform) -> None:
    caller.dial()
    reply = client.post(gather(platform)["actionHook"], json={"call_sid": "another", "digits": "1"})
    assert reply.get_json() == [{"verb": "hangup"}]
    assert caller.press("1").connected


@pytest.mark.parametrize("status", ["completed", "busy", "failed", "no-answer"])
def test_a_caller_who_hangs_up_leaves_nothing(caller: VirtualCaller, client: FlaskClient, platform: JambonzPlatform,
                                              engine: sa.Engine, status: str) -> None:
    logged_in(caller, BOTH, "en")
    hook = gather(platform)["actionHook"]
    for told, left in (("trying", 1), ("in-progress", 1), (status, 0)):
        reply = client.post("/phone/jambonz/ended", json={"call_sid": platform.call, "call_status": told})
        assert (reply.status_code, rows(engine)) == (204, left)
    assert client.post(hook, json={"call_sid": platform.call, "digits": "1"}).get_json() == [{"verb": "hangup"}]


# Transfers


@both_languages
@pytest.mark.parametrize("number", ["tel:+15555550100", "sip:agents@desk.example.gov"])
def test_a_transfer_carries_who_is_calling(
    caller: VirtualCaller, agent: dict[str, str | None], client: FlaskClient, platform: JambonzPlatform, says: Says,
    language: Language, number: str
) -> None:
    agent["tel"] = number
    logged_in(caller, BOTH, language).press("0")
    assert caller.transferred_to == number and caller.text == says(language, "agent.transfer")
    desk = {"Authorization": f"Bearer {DESK.reveal()}"}
    told = client.get(f"/phone/transfers/{caller.context}", headers=desk).get_json()
    assert (told["participant_id"], told["language"]) == (BOTH, language)
    assert BOTH.encode() not in platform.documents[-1]
