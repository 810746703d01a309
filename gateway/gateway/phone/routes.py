"""The phone over HTTP: what a VoiceXML platform fetches, as a Flask blueprint.

    GET|POST /phone/vxml/start          a call comes in
    GET|POST /phone/vxml/<token>/<seq>  the caller's answer to the turn before

The token in the path stands for the call; there are no cookies, so the blueprint takes no part in the portal's
sessions and must be exempt from its CSRF check (nothing here is trusted because of a browser). Browsers have
been seen to put the fields of a POST into the query, so both are read, and neither is ever logged: whoever
configures an access log in front of this must leave out the addresses: path (the token) and query.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from eventkit.secret import Secret
from gateway.catalogue import Catalogue, Language
from gateway.phone import vxml
from gateway.phone.calls import CallStore
from gateway.phone.driver import Backend, Driver, FindsAgent
from gateway.phone.sealing import CallCipher
from gateway.phone.switchboard import CallOver, StillAtWork, Switchboard, WrongTurn
from gateway.phone.turns import HangUp

PREFIX: Final = "/phone/vxml"
LARGEST_REQUEST: Final = 8 * 1024
METHODS: Final = ("GET", "POST")


def phone_blueprint(
    backend: Backend,
    calls: CallStore,
    catalogue: Catalogue,
    *,
    server_secret: Secret,
    find_agent: FindsAgent = lambda: None,
    platform_password: Secret | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Blueprint:
    """The routes of the VoiceXML adapter.

    `find_agent` gives the tel: address of an agent, None out of hours. `platform_password`, if set, is asked of
    the telephone platform by HTTP Basic authentication, whatever the user name. `clock` gives aware UTC.
    """
    board = Switchboard(
        calls,
        CallCipher(server_secret),
        Driver(backend, find_agent),
        lambda turn, token, seq: vxml.document(turn, catalogue, _address(token, seq)),
        clock,
    )
    line = _VxmlLine(board, catalogue)
    blueprint = Blueprint("phone", __name__, url_prefix=PREFIX)
    blueprint.before_request(_limit)
    blueprint.before_request(lambda: _refusal(platform_password))
    blueprint.after_request(_headers)
    blueprint.register_error_handler(CallOver, lambda _: _plain(404, "no such call"))
    blueprint.register_error_handler(WrongTurn, lambda _: _plain(409, "not the next turn of this call"))
    blueprint.register_error_handler(HTTPException, lambda error: _plain(error.code or 500, error.name))
    blueprint.add_url_rule("/start", "start", line.start, methods=METHODS)
    blueprint.add_url_rule("/<token>/<int:seq>", "turn", line.turn, methods=METHODS)
    return blueprint


@dataclass(frozen=True)
class _VxmlLine:
    board: Switchboard
    catalogue: Catalogue

    def start(self) -> Response:
        _, reply = self.board.start()
        return _document(reply)

    def turn(self, token: str, seq: int) -> Response:
        given = vxml.heard(_field(vxml.EVENT), _field(vxml.ANSWER))
        if isinstance(given, HangUp):
            self.board.hang_up(token)
            return _document(vxml.farewell())
        reply = self.board.take(token, seq, given)
        if isinstance(reply, StillAtWork):
            language = cast(Language, reply.language)
            return _document(vxml.moment(language, self.catalogue, _address(token, seq)))
        return _document(reply)


def _address(token: str, seq: int) -> str:
    return f"{request.script_root}{PREFIX}/{token}/{seq}"


def _field(name: str) -> str:
    return request.form.get(name) or request.args.get(name) or ""


def _document(reply: bytes) -> Response:
    return Response(reply, mimetype=vxml.MIMETYPE)


def _plain(status: int, text: str) -> Response:
    return Response(text, status, mimetype="text/plain")


def _limit() -> None:
    request.max_content_length = LARGEST_REQUEST


def _refusal(password: Secret | None) -> Response | None:
    if password is None:
        return None
    given = (request.authorization.password if request.authorization else None) or ""
    if hmac.compare_digest(given.encode(), password.reveal().encode()):
        return None
    refusal = _plain(401, "the telephone platform must identify itself")
    refusal.headers["WWW-Authenticate"] = 'Basic realm="phone"'
    return refusal


def _headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


