"""Turns of JSON: by their contract, and the function for Amazon Connect against a server of the gateway."""

import importlib.util
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.serving import make_server

from eventkit.secret import Secret
from gateway.catalogue import LANGUAGES, Language
from gateway.phone.adapters.adapter import Request
from gateway.phone.adapters.turns import Turns
from gateway.phone.answers import State
from gateway.phone.callers.caller import CallFailed, VirtualCaller
from gateway.phone.callers.turns import TurnsPlatform
from gateway.phone.calls import calls
from gateway.phone.dialog import DIALOG
from gateway.phone.routes import Lines, phone_blueprint
from gateway.phone.speech import Wording
from gateway.phone.switchboard import Switchboard
from gateway.phone.turns import AskAgain, HangUp, Input, Keys, NoMatch, NotReached, Silence, Words

from .parts import BOTH, DESK, HOUSE, PIN, Agency, Clock, Says, logged_in, over
from .test_trouble import every_question, reach, spoken

both_languages = pytest.mark.parametrize("language", LANGUAGES)
ROOT = Path(__file__).parents[3]
CONTRACT = json.loads((ROOT / "gateway/contracts/phone-turns.schema.json").read_bytes())
LAMBDA = ROOT / "infra/docs/phone/amazon-connect/lambda.py"
PASSWORD = Secret("the platform's password")
TURNS = Turns()


@pytest.fixture
def platform(client: FlaskClient) -> TurnsPlatform:
    return TurnsPlatform(over(client))


@pytest.fixture
def caller(platform: TurnsPlatform) -> VirtualCaller:
    return VirtualCaller(platform)


def check(name: str, value: Any) -> None:
    rules = {**CONTRACT, "$ref": f"#/$defs/{name}"}
    rules.pop("anyOf")
    jsonschema.Draft202012Validator(rules).validate(value)


def by_the_contract(platform: TurnsPlatform) -> None:
    for name, told in (("Turn", platform.documents), ("Event", platform.sent)):
        for one in told:
            check(name, json.loads(one))


def turn(platform: TurnsPlatform) -> dict[str, Any]:
    last: dict[str, Any] = json.loads(platform.documents[-1])
    return last


def rows(engine: sa.Engine) -> int:
    with engine.connect() as conn:
        return int(conn.scalar(sa.select(sa.func.count()).select_from(calls)) or 0)


def test_the_contract_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(CONTRACT)


@both_languages
@every_question
@pytest.mark.parametrize("how", ["keep_silent", "mumble"])
def test_all_turns_of_all_states_keep_the_contract(
    caller: VirtualCaller, platform: TurnsPlatform, says: Says, state: State, language: Language, how: str
) -> None:
    language = spoken(state, language)
    reach(caller, state, language)
    assert caller.heard[-1].text == says(language, DIALOG[state].ask[-1].key)
    for _ in range(3):
        getattr(caller, how)()
    assert not caller.connected and turn(platform)["next"] is None
    caller.hang_up()
    by_the_contract(platform)


@both_languages
@every_question
def test_what_is_expected(caller: VirtualCaller, platform: TurnsPlatform, state: State, language: Language) -> None:
    reach(caller, state, spoken(state, language))
    told, keyed = turn(platform)["expect"], DIALOG[state].digits
    secret = keyed is not None and keyed.secret
    assert told["digits"] == ({"least": keyed.least, "most": keyed.most, "secret": keyed.secret} if keyed else None)
    assert (told["words"] == []) == secret
    assert {"*", "0"} <= set(told["keys"])
    assert (told["wait_seconds"], told["between_seconds"]) == (10 if keyed else 7, 5)
    assert turn(platform)["language"] == {"en": "en-US", "es": "es-US"}[spoken(state, language)]


def test_the_turns_beside_the_dialog_keep_the_contract(
    caller: VirtualCaller, platform: TurnsPlatform, agent: dict[str, str | None], wording: Wording, client: FlaskClient
) -> None:
    agent["tel"] = "tel:+15555550100"
    logged_in(caller, BOTH, "es").press("0")
    assert turn(platform)["ended"] and turn(platform)["next"].endswith("/6")
    assert caller.transferred_to == "tel:+15555550100"
    desk = {"Authorization": f"Bearer {DESK.reveal()}"}
    assert client.get(f"/phone/transfers/{caller.context}", headers=desk).get_json()["participant_id"] == BOTH
    platform.transfer_ends("busy")
    platform.documents += [TURNS.moment(wording.moment("es", "normal"), "/x/1"), TURNS.over()]
    by_the_contract(platform)


def test_a_text_telephone_is_known_by_the_number_that_was_dialled(
    caller: VirtualCaller, platform: TurnsPlatform
) -> None:
    assert caller.dial("+1" + HOUSE.tty.replace("-", "")[1:]).heard[-1].text.endswith(" GA")
    assert turn(platform)["pace"] == "tty" and turn(platform)["expect"]["words"] == []


@pytest.mark.parametrize(("told", "given"), [
    ({"event": "answer", "keys": "1"}, Keys), ({"event": "answer", "words": "Yes."}, Words),
    ({"event": "answer", "words": "482913"}, Words), ({"event": "answer"}, Silence), ({"event": "silence"}, Silence),
    ({"event": "nomatch"}, NoMatch), ({"event": "hangup"}, HangUp), ({"event": "again"}, AskAgain),
    ({"event": "unreached"}, NotReached), ({"event": "dance"}, NoMatch), ({}, NoMatch), ([], NoMatch),
    ({"event": "answer", "keys": 1}, Silence), ({"event": "answer", "keys": "1" * 81}, NoMatch),
    ({"event": []}, NoMatch),
])
def test_what_a_platform_says_was_heard(clock: Clock, told: object, given: type[Input]) -> None:
    assert isinstance(TURNS.heard(Request("POST", "http://x/", {}, json.dumps(told).encode(), {}, clock())), given)


def test_an_event_sent_again_gets_the_same_turn_and_has_no_second_effect(
    caller: VirtualCaller, client: FlaskClient, platform: TurnsPlatform, agency: Agency
) -> None:
    caller.dial().press("1").press(f"{BOTH}#")
    path, told = turn(platform)["next"], {"call_id": platform.call, "event": "answer", "keys": PIN}
    first, again = (client.post(path, json=told) for _ in range(2))
    assert b"Main menu" in first.data and first.data == again.data and first.mimetype == "application/json"
    assert agency.log_ins == 1


def test_a_call_that_begins_twice_is_one_call(client: FlaskClient, engine: sa.Engine) -> None:
    first, again = (client.post("/phone/turns/start", json={"call_id": "7", "event": "start"}) for _ in range(2))
    assert first.status_code == 200 and first.data == again.data
    assert rows(engine) == 1


def test_a_caller_who_hangs_up_leaves_nothing(caller: VirtualCaller, client: FlaskClient, platform: TurnsPlatform,
                                              engine: sa.Engine) -> None:
    """In a turn, or beside it."""
    logged_in(caller, BOTH, "en")
    path = turn(platform)["next"]
    caller.hang_up()
    assert rows(engine) == 0
    gone = client.post(path, json={"call_id": platform.call, "event": "answer", "keys": "1"})
    assert gone.status_code == 404 and gone.get_json()["ended"]
    caller.dial()
    assert client.post(turn(platform)["next"], json={"event": "hangup"}).get_json()["ended"]
    assert rows(engine) == 0


def test_a_platform_without_the_password_is_refused_and_nothing_kept(guarded: Flask, engine: sa.Engine) -> None:
    client = guarded.test_client()
    for auth in (None, ("connect", "wrong")):
        assert client.post("/phone/turns/start", json={"event": "start"}, auth=auth).status_code == 401
    assert rows(engine) == 0
    assert client.post("/phone/turns/start", json={}, auth=("connect", PASSWORD.reveal())).status_code == 200


def test_the_caller_notices_a_turn_that_leads_nowhere(client: FlaskClient) -> None:
    platform = TurnsPlatform(over(client))
    caller = VirtualCaller(platform).dial()
    platform.documents[-1] = json.dumps({**turn(platform), "next": "/phone/turns/other/1"}).encode()
    with pytest.raises(CallFailed, match="404"):
        caller.press("1")


# Amazon Connect


@pytest.fixture
def guarded(board: Switchboard, clock: Clock) -> Flask:
    app = Flask("guarded")
    app.register_blueprint(phone_blueprint(board, Lines({"turns": PASSWORD}), clock))
    return app


@pytest.fixture
def contact(guarded: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., dict[str, str]]]:
    """The function, as a flow invokes it, against a server on this machine."""
    found = importlib.util.spec_from_file_location("connect_function", LAMBDA)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    server = make_server("127.0.0.1", 0, guarded, threaded=True)
    monkeypatch.setenv("GATEWAY_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("PHONE_PASSWORD", PASSWORD.reveal())
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    before: dict[str, str] = {}

    def invoke(**parameters: str) -> dict[str, str]:
        flow = {name: before[name] for name in ("next", "kind") if name in before}
        data = {"ContactId": "c0ffee", "CustomerEndpoint": {"Address": "+15555550123", "Type": "TELEPHONE_NUMBER"},
                "SystemEndpoint": {"Address": "+18669013212", "Type": "TELEPHONE_NUMBER"}, "Attributes": {}}
        got: dict[str, str] = module.handler({"Details": {"ContactData": data, "Parameters": {**flow, **parameters}}})
        assert all(isinstance(value, str) for value in got.values())
        before.update(got)
        return got

    yield invoke
    server.shutdown()
    serving.join()
    server.server_close()


def test_a_flow_of_amazon_connect_makes_a_whole_call(
    contact: Callable[..., dict[str, str]], agent: dict[str, str | None], says: Says, engine: sa.Engine
) -> None:
    greeting = contact()
    assert greeting["kind"] == "key" and greeting["language"] == "en-US" and greeting["most"] == "1"
    spanish = etree.fromstring(greeting["say"]).find("p/lang")
    assert spanish is not None and spanish.text == says("es", "greeting.spanish")
    assert says("en", "trouble.silence.1") in contact(keys="Timeout")["say"]
    asked = contact(keys="1")
    assert (asked["kind"], asked["most"], asked["wait"]) == ("digits", "15", "10")
    contact(keys=BOTH)
    menu = contact(keys=PIN)
    assert menu["kind"] == "key" and says("en", "main.ask") in menu["say"]
    assert contact(words="español")["language"] == "es-US"
    agent["tel"] = "tel:+15555550100"
    transfer = contact(keys="0")
    assert (transfer["kind"], transfer["transfer"], len(transfer["context"])) == ("transfer", "+15555550100", 22)
    unreached = contact(event="unreached")
    assert unreached["kind"] == "end" and says("es", "agent.closed") in unreached["say"]
    assert contact(event="hangup") == {"kind": "end"}
    assert rows(engine) == 0


def test_a_flow_that_comes_too_late_ends(contact: Callable[..., dict[str, str]], clock: Clock) -> None:
    contact()
    clock.passes(4)
    assert contact(keys="1")["kind"] == "end"


def test_a_flow_hears_one_moment_and_then_the_answer(
    contact: Callable[..., dict[str, str]], agency: Agency, board: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact()
    contact(keys="1")
    contact(keys=BOTH)
    log_in, may_go_on = agency.log_in, threading.Event()

    def slow(*given: Any) -> Any:
        assert may_go_on.wait(20)
        return log_in(*given)

    monkeypatch.setattr(agency, "log_in", slow)
    object.__setattr__(board, "patience", 0.2)
    moment = contact(keys=PIN)
    assert moment["kind"] == "moment" and "One moment" in moment["say"]
    may_go_on.set()
    object.__setattr__(board, "patience", 20)
    assert "Main menu" in contact()["say"]
    assert agency.log_ins == 1


def test_a_wrong_password_is_the_flows_error_branch(contact: Callable[..., dict[str, str]],
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONE_PASSWORD", "wrong")
    with pytest.raises(OSError, match="401"):
        contact()
