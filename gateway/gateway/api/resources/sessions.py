"""Sessions: log in, see that one is still logged in, log out."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import fields

from eventkit.secret import Secret
from gateway.api.fields import Sent, Typed
from gateway.api.problems import Refusal
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, word
from gateway.sessions import Session
from gateway.web.entering import log_in
from gateway.web.portal import portal, signed_in
from gateway.web.visits import end_session

resource = Resource("session", __name__, "Log in and out. A session is a bearer token: send it as "
                    "`Authorization: Bearer <token>`, keep it in memory or the keychain, never in an address.")
IDENTIFIER = "^[ -]*([0-9][ -]*){9,15}$"


class LogIn(Sent):
    identifier = Typed("Participant ID number (10 to 15 digits) or SSN (9 digits); spaces and dashes are fine.",
                       required=True, metadata={"pattern": IDENTIFIER, "example": "1000000001"})
    pin = Typed("The PIN: the first time, the temporary one from the letter.", required=True,
                metadata={"format": "password", "example": "482913"})


class SessionState(Answer):
    must_change_pin = fields.Boolean(required=True, metadata={
        "description": "Logged in with a temporary PIN: only `PUT /pin/first` and `DELETE /session` are open."})
    language = word("The language of the session, `en` or `es`: of answers to requests that name none.")
    idle_seconds = fields.Integer(required=True, metadata={
        "description": "The session ends this long after the last request."})
    longest_seconds = fields.Integer(required=True, metadata={
        "description": "The session ends this long after log-in, whatever is asked. It also ends when the PIN is "
                       "changed anywhere, and when the agency disables the account."})


class Begun(SessionState):
    token = fields.String(required=True, metadata={
        "description": "Random, and nowhere else: we keep only its hash.", "format": "password"})


@resource.endpoint("POST", "/session", Reach.ANYONE, Begun, status=201, body=LogIn,
                   problems=("not_accepted", "too_many", "auth_away"))
def begin(typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Log in

    Unknown number, wrong PIN and locked account have one answer, in the same time. Tries count together with those on
    the web and by phone.
    """
    found = log_in(Secret(typed["identifier"]), Secret(typed["pin"].strip()), "app")
    if isinstance(found, Session):
        return begun(found)
    raise Refusal("not_accepted") if "" in found else Refusal("invalid", found)


@resource.endpoint("GET", "/session", Reach.LOGGED_IN, SessionState)
def show() -> Mapping[str, Any]:
    """Is this session still on

    Like every request, asking keeps it on.
    """
    return _state(signed_in())


@resource.endpoint("DELETE", "/session", Reach.LOGGED_IN, None, status=204)
def end() -> Response:
    """Log out"""
    end_session()
    return Response(status=204)


def begun(session: Session) -> Mapping[str, Any]:
    return {**_state(session), "token": session.token.reveal()}


def _state(session: Session) -> Mapping[str, Any]:
    lives = portal().sessions.lifetimes
    return {"must_change_pin": session.state == "must_change", "language": session.language,
            "idle_seconds": round(lives.idle.total_seconds()), "longest_seconds": round(lives.longest.total_seconds())}
