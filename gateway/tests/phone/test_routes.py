"""The routes as a telephone platform, or someone else, meets them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventkit.secret import Secret
from gateway.phone.callers.caller import CallFailed, VirtualCaller
from gateway.phone.callers.vxml import VxmlPlatform
from gateway.phone.routes import Lines, phone_blueprint
from gateway.phone.switchboard import Switchboard

from .parts import BOTH, PIN, Clock, over
from .test_calls import next_path


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_call_starts_by_get_or_post(client: FlaskClient, method: str) -> None:
    reply = client.open("/phone/vxml/start", method=method)
    assert reply.status_code == 200
    assert reply.mimetype == "application/voicexml+xml"
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in reply.headers


def test_a_browser_that_puts_everything_into_the_query_is_served(client: FlaskClient) -> None:
    caller = VirtualCaller(VxmlPlatform(over(client, in_query=True))).dial()
    caller.press("1").press(f"{BOTH}#").press(f"{PIN}#")
    assert caller.text.startswith("Main menu.")


def test_a_browser_that_ignores_its_grammars_is_checked_again(
    caller: VirtualCaller, client: FlaskClient
) -> None:
    """Five where one, two, seven, eight or nine was asked; a word where a PIN was; a number far too long."""
    reply = client.post(next_path(caller.dial()), data={"event": "answer", "answer": "5"})
    assert "Sorry, I did not understand." in reply.text
    caller.dial().press("1").press(f"{BOTH}#")
    reply = client.post(next_path(caller), data={"event": "answer", "answer": "four eight two nine one three"})
    assert "Sorry, I did not understand." in reply.text
    caller.dial().press("1")
    reply = client.post(next_path(caller), data={"event": "answer", "answer": "1" * 16})
    assert "Sorry, I did not understand." in reply.text


@pytest.mark.parametrize(
    "answer", ["\x00", "१२३४५६७८९०", "1" * 4000, "<script>", "'; drop table calls", "🙂", "*" * 50, "#"]
)
def test_nothing_that_is_sent_breaks_a_call(caller: VirtualCaller, client: FlaskClient, answer: str) -> None:
    for keys in ((), ("1",)):
        caller.dial()
        for key in keys:
            caller.press(key)
        reply = client.post(next_path(caller), data={"event": "answer", "answer": answer})
        assert reply.status_code == 200


def test_a_large_request_is_refused(caller: VirtualCaller, client: FlaskClient) -> None:
    assert client.post(next_path(caller.dial()), data={"answer": "1" * 100_000}).status_code == 413


@pytest.mark.parametrize("path", ["/phone/vxml/", "/phone/vxml/x", "/phone/vxml/x/-1", "/phone/vxml/x/y"])
def test_other_addresses_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_behind_a_prefix_the_answers_go_to_the_prefix(client: FlaskClient) -> None:
    reply = client.get("/phone/vxml/start", environ_overrides={"SCRIPT_NAME": "/connect"})
    assert '<submit next="/connect/phone/vxml/' in reply.text


def test_a_platform_without_the_password_is_refused(board: Switchboard, clock: Clock) -> None:
    app = Flask("guarded")
    app.register_blueprint(phone_blueprint(board, Lines({"vxml": Secret("open")}), clock))
    client = app.test_client()
    assert client.get("/phone/vxml/start").status_code == 401
    assert client.get("/phone/vxml/start", auth=("platform", "wrong")).status_code == 401
    assert client.get("/phone/vxml/start", auth=("platform", "open")).status_code == 200
    assert client.get("/phone/twiml/start", auth=("platform", "open")).status_code == 404


def test_the_virtual_caller_notices_a_line_that_is_dead(client: FlaskClient) -> None:
    platform = VxmlPlatform(over(client))
    caller = VirtualCaller(platform).dial()
    platform.documents[-1] = platform.documents[-1].replace(b"/phone/vxml/", b"/phone/other/")
    with pytest.raises(CallFailed, match="404"):
        caller.press("1")
