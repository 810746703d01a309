"""Who may call: signatures as the platforms make them, wrong and old ones, and that nothing is kept of them."""

import hashlib
import hmac
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from eventkit.secret import Secret
from gateway.phone.callers.caller import CallFailed, VirtualCaller
from gateway.phone.callers.jambonz import JambonzPlatform
from gateway.phone.callers.twiml import TwimlPlatform
from gateway.phone.calls import calls
from gateway.phone.routes import Lines, phone_blueprint
from gateway.phone.switchboard import Switchboard

from .parts import BOTH, PIN, Clock, over

TOKEN = Secret("what the platform signs with")
PUBLIC = "https://connect.example.gov"
START = "/phone/twiml/start"
FIELDS = {"CallSid": "CA7", "From": "+15555550123", "To": "+18669013212", "CallStatus": "ringing", "CallerName": "José",
          "ForwardedFrom": ""}
ORACLE = RequestValidator(TOKEN.reveal())

Guarded = Callable[[str], FlaskClient]


@pytest.fixture
def guarded(board: Switchboard, clock: Clock) -> Guarded:
    """A client of a gateway that has secrets, reached at a public address."""

    def at(public_url: str = PUBLIC) -> FlaskClient:
        app = Flask("guarded")
        secrets = {"twiml": TOKEN, "jambonz": TOKEN}
        app.register_blueprint(phone_blueprint(board, Lines(secrets, public_url), clock))
        return app.test_client()

    return at


def rows(engine: sa.Engine) -> int:
    with engine.connect() as conn:
        return int(conn.scalar(sa.select(sa.func.count()).select_from(calls)) or 0)


# TwiML, by the library of who invented it


@pytest.mark.parametrize("header", ["X-Twilio-Signature", "X-SignalWire-Signature"])
@pytest.mark.parametrize("signed", [PUBLIC, f"{PUBLIC}:443"])
def test_a_request_that_is_signed_is_served(guarded: Guarded, engine: sa.Engine, header: str, signed: str) -> None:
    signature = ORACLE.compute_signature(f"{signed}{START}?from=console", FIELDS)
    reply = guarded(PUBLIC).post(f"{START}?from=console", data=FIELDS, headers={header: signature})
    assert (reply.status_code, rows(engine)) == (200, 1)


def test_a_request_by_get_signs_its_query(guarded: Guarded) -> None:
    path = f"{START}?CallSid=CA7&To=%2B18669013212"
    signature = ORACLE.compute_signature(PUBLIC + path, {})
    assert guarded(PUBLIC).get(path, headers={"X-Twilio-Signature": signature}).status_code == 200
    assert guarded(PUBLIC).get(path + "&x=1", headers={"X-Twilio-Signature": signature}).status_code == 403


@pytest.mark.parametrize(("url", "fields", "token"), [
    (PUBLIC + START, FIELDS, "another token"),
    ("http://localhost" + START, FIELDS, TOKEN.reveal()),
    (PUBLIC + "/phone/twiml/ended", FIELDS, TOKEN.reveal()),
    (PUBLIC + START + "?x=1", FIELDS, TOKEN.reveal()),
    (PUBLIC + START, {**FIELDS, "To": "+18663994096"}, TOKEN.reveal()),
    (PUBLIC + START, {**FIELDS, "More": ""}, TOKEN.reveal()),
    (PUBLIC + START, {}, TOKEN.reveal()),
])
def test_a_wrong_signature_is_refused_and_nothing_kept(guarded: Guarded, engine: sa.Engine, url: str,
                                                       fields: dict[str, str], token: str) -> None:
    """Of another secret, another address, another path, or of fields that were changed on the way."""
    signature = RequestValidator(token).compute_signature(url, fields)
    reply = guarded(PUBLIC).post(START, data=FIELDS, headers={"X-Twilio-Signature": signature})
    assert (reply.status_code, rows(engine)) == (403, 0)


@pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "é"}])
def test_no_signature_is_refused_and_nothing_kept(guarded: Guarded, engine: sa.Engine, headers: dict[str, str]) -> None:
    reply = guarded(PUBLIC).post(START, data=FIELDS, headers=headers)
    assert (reply.status_code, rows(engine)) == (403, 0)


@pytest.mark.parametrize("host", ["connect.example.gov:80x", "connect.example.gov:99999", "[::1"])
def test_a_host_that_is_none_is_refused_too(guarded: Guarded, host: str) -> None:
    reply = guarded("").post(START, data=FIELDS, headers={"X-Twilio-Signature": "x", "Host": host})
    assert reply.status_code in (400, 403)


def test_without_a_public_address_the_one_that_was_asked_counts(guarded: Guarded) -> None:
    signature = ORACLE.compute_signature("http://localhost" + START, FIELDS)
    assert guarded("").post(START, data=FIELDS, headers={"X-Twilio-Signature": signature}).status_code == 200


def test_a_platform_that_signs_makes_its_whole_call(guarded: Guarded, engine: sa.Engine) -> None:
    caller = VirtualCaller(TwimlPlatform(over(guarded(PUBLIC)), PUBLIC, TOKEN)).dial()
    caller.keep_silent().press("1").press(f"{BOTH}#").press(f"{PIN}#").say("Payments")
    assert caller.connected and "made by you" in caller.text
    caller.hang_up()
    assert rows(engine) == 0


def test_who_is_not_the_platform_ends_no_call(guarded: Guarded, engine: sa.Engine) -> None:
    platform = TwimlPlatform(over(guarded(PUBLIC)), PUBLIC, TOKEN)
    VirtualCaller(platform).dial()
    platform.token = Secret("another")
    with pytest.raises(CallFailed, match="403"):
        platform.hang_up()
    assert rows(engine) == 1


# jambonz, by what its documentation says: hex HMAC-SHA256 of the time, a point and the body


RING = b'{"call_sid": "7", "to": "+18669013212", "call_status": "trying"}'


def hex_of(at: int | str, body: bytes = RING, secret: str = TOKEN.reveal()) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def jambonz_says(client: FlaskClient, signature: str, body: bytes = RING) -> int:
    headers = {"Jambonz-Signature": signature, "Content-Type": "application/json"}
    return client.post("/phone/jambonz/start", data=body, headers=headers).status_code


@pytest.mark.parametrize("seconds", [-299, 0, 299])
def test_a_message_of_the_last_five_minutes_is_served(guarded: Guarded, clock: Clock, engine: sa.Engine,
                                                      seconds: int) -> None:
    at = int(clock().timestamp()) + seconds
    assert jambonz_says(guarded(), f"t={at},v1={hex_of(at)}") == 200
    assert rows(engine) == 1


def test_while_the_secret_is_changed_either_signature_counts(guarded: Guarded, clock: Clock) -> None:
    at = int(clock().timestamp())
    assert jambonz_says(guarded(), f"t={at}, v1={hex_of(at, secret='the new one')}, v1={hex_of(at)}") == 200


@pytest.mark.parametrize("seconds", [-86_400, -301, 301])
def test_an_old_message_is_not_served_again(guarded: Guarded, clock: Clock, engine: sa.Engine, seconds: int) -> None:
    at = int(clock().timestamp()) + seconds
    assert jambonz_says(guarded(), f"t={at},v1={hex_of(at)}") == 403
    assert rows(engine) == 0


def test_an_old_message_with_a_new_time_is_not_served(guarded: Guarded, clock: Clock) -> None:
    at = int(clock().timestamp())
    assert jambonz_says(guarded(), f"t={at},v1={hex_of(at - 301)}") == 403


def test_a_message_that_was_changed_is_not_served(guarded: Guarded, clock: Clock, engine: sa.Engine) -> None:
    at = int(clock().timestamp())
    assert jambonz_says(guarded(), f"t={at},v1={hex_of(at)}", RING.replace(b"3212", b"3213")) == 403
    assert jambonz_says(guarded(), f"t={at},v1={hex_of(at, secret='another')}") == 403
    assert rows(engine) == 0


@pytest.mark.parametrize("signature", ["", "t=,v1=", "t=x,v1=x", "t=²,v1=x", "v1=x", f"t={10**400},v1=x", "t=-1,v1=é"])
def test_what_is_no_signature_is_refused(guarded: Guarded, engine: sa.Engine, signature: str) -> None:
    assert jambonz_says(guarded(), signature) == 403
    assert rows(engine) == 0


def test_a_time_alone_is_no_signature(guarded: Guarded, clock: Clock) -> None:
    assert jambonz_says(guarded(), f"t={int(clock().timestamp())}") == 403


def test_a_jambonz_that_signs_makes_its_whole_call(guarded: Guarded, clock: Clock, engine: sa.Engine) -> None:
    platform = JambonzPlatform(over(guarded()), TOKEN, lambda: clock().timestamp())
    caller = VirtualCaller(platform).dial()
    caller.keep_silent().press("1").press(f"{BOTH}#").press(f"{PIN}#").say("Payments")
    assert caller.connected and "made by you" in caller.text
    caller.hang_up()
    assert rows(engine) == 0
