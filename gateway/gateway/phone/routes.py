"""The phone over HTTP: what a telephone platform fetches, as a Flask blueprint; `<adapter>` is its language.

    GET|POST /phone/<adapter>/start          a call comes in
    GET|POST /phone/<adapter>/<token>/<seq>  the caller's answer to the turn before
    POST     /phone/<adapter>/ended          what the platform reports of a call that is over
    GET      /phone/transfers/<context>      an agent's desk asks who was transferred

The token in the path stands for the call; there are no cookies, so the blueprint takes no part in the portal's
sessions and must be exempt from its CSRF check (nothing here is trusted because of a browser). Fields are read from
query and body, and neither is ever logged: whoever configures an access log in front of this must leave out the
addresses: path (the token) and query.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from eventkit.secret import Secret
from gateway.phone.adapters import ADAPTERS
from gateway.phone.adapters.adapter import Adapter, Request, same
from gateway.phone.said import Said
from gateway.phone.switchboard import CallOver, StillAtWork, Switchboard, WrongTurn
from gateway.phone.turns import HangUp

PREFIX: Final = "/phone"
LARGEST_REQUEST: Final = 64 * 1024
"""Platforms send more than the caller's answer: the whole SIP message that began the call, all a recogniser heard."""
METHODS: Final = ("GET", "POST")


@dataclass(frozen=True)
class Lines:
    """Which adapters answer, each with the secret its platform must know: None where nobody else can reach us.

    `public_url`: how platforms reach this gateway, since signatures are made of the whole address; without it, as the
    request says. `desk`: the token of the agents' desk, without which nobody may ask who was transferred."""

    secrets: Mapping[str, Secret | None] = field(default_factory=lambda: dict.fromkeys(ADAPTERS))
    public_url: str = ""
    desk: Secret | None = None


def phone_blueprint(board: Switchboard, lines: Lines, clock: Callable[[], datetime]) -> Blueprint:
    """`clock` gives aware UTC."""
    line = _Line(board, lines, clock)
    blueprint = Blueprint("phone", __name__, url_prefix=PREFIX)
    blueprint.before_request(_limit)
    blueprint.after_request(_headers)
    blueprint.register_error_handler(WrongTurn, lambda _: _plain(409, "not the next turn of this call"))
    blueprint.register_error_handler(HTTPException, _in_plain_words)
    blueprint.add_url_rule("/<adapter>/start", "start", line.start, methods=METHODS)
    blueprint.add_url_rule("/<adapter>/ended", "ended", line.ended, methods=("POST",))
    blueprint.add_url_rule("/<adapter>/<token>/<int:seq>", "turn", line.turn, methods=METHODS)
    blueprint.add_url_rule("/transfers/<context>", "transfer", line.transfer)
    return blueprint


@dataclass(frozen=True)
class _Line:
    board: Switchboard
    lines: Lines
    clock: Callable[[], datetime]

    def start(self, adapter: str) -> Response:
        spoken, given = self._admitted(adapter)
        try:
            token, said = self.board.start(spoken.ring(given))
        except CallOver:
            return _over(spoken)
        here, following = self._address(spoken, token, 0), self._address(spoken, token, 1)
        return _document(spoken, spoken.document(said, here, following))

    def turn(self, adapter: str, token: str, seq: int) -> Response:
        spoken, given = self._admitted(adapter)
        name = spoken.ring(given).name
        if name and self.board.token(name) != token:
            return _over(spoken)  # the platform speaks of another call than the address does
        heard = spoken.heard(given)
        if isinstance(heard, HangUp):
            self.board.hang_up(token)
            return _document(spoken, spoken.over())
        try:
            reply = self.board.take(token, seq, heard)
        except CallOver:
            return _over(spoken)
        return _document(spoken, self._written(spoken, token, seq, reply))

    def ended(self, adapter: str) -> Response:
        spoken, given = self._admitted(adapter)
        name = spoken.ring(given).name
        if name and spoken.has_ended(given):
            self.board.hang_up(self.board.token(name))
        return Response(status=204)

    def transfer(self, context: str) -> Response:
        desk = self.lines.desk
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if desk is not None and not same(given, desk):
            return _plain(401, "the desk must identify itself")
        found = self.board.contexts.find(context, self.clock()) if desk is not None else None
        return _plain(404, "no such transfer, or it was long ago") if found is None else jsonify(found)

    def _written(self, spoken: Adapter, token: str, seq: int, reply: Said | StillAtWork) -> bytes:
        here = self._address(spoken, token, seq)
        if isinstance(reply, StillAtWork):
            return spoken.moment(reply.said, here)
        return spoken.document(reply, here, self._address(spoken, token, seq + 1))

    def _address(self, spoken: Adapter, token: str, seq: int) -> str:
        return f"{request.script_root}{PREFIX}/{spoken.name}/{token}/{seq}"

    def _admitted(self, name: str) -> tuple[Adapter, Request]:
        if name not in self.lines.secrets:
            raise _Refused(404, "no such line")
        adapter, given = ADAPTERS[name], self._request()
        secret = self.lines.secrets[name]
        if secret is not None and not adapter.is_genuine(given, secret):
            raise _Refused(adapter.status_when_refused, "the telephone platform must identify itself")
        return adapter, given

    def _request(self) -> Request:
        body = request.get_data(cache=True)
        fields = {**request.args.to_dict(), **request.form.to_dict()}
        path = request.full_path.removesuffix("?")
        url = f"{self.lines.public_url or request.host_url.rstrip('/')}{request.script_root}{path}"
        password = (request.authorization.password if request.authorization else None) or ""
        return Request(request.method, url, fields, body, dict(request.headers), self.clock(), password)


class _Refused(HTTPException):
    def __init__(self, code: int, text: str) -> None:
        super().__init__(response=_refusal(code, text))


def _in_plain_words(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response
    return _plain(error.code or 500, error.name)


def _refusal(code: int, text: str) -> Response:
    response = _plain(code, text)
    if code == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="phone"'
    return response


def _over(spoken: Adapter) -> Response:
    response = _document(spoken, spoken.over())
    response.status_code = spoken.status_when_over
    return response


def _document(spoken: Adapter, reply: bytes) -> Response:
    return Response(reply, mimetype=spoken.mimetype)


def _plain(status: int, text: str) -> Response:
    return Response(text, status, mimetype="text/plain")


def _limit() -> None:
    request.max_content_length = LARGEST_REQUEST


def _headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
