"""Before every request of an app: who is it by the token, in what language, may they, and is it JSON.

Cookies are not looked at, so no page elsewhere can ask in somebody's name; the pages take no token.
"""

from __future__ import annotations

import re
from typing import Final, cast

from flask import Flask, Response, g, request

from eventkit.secret import Secret
from gateway.api import asks_as_app
from gateway.api.problems import Refusal
from gateway.api.reach import Reach, reaches
from gateway.catalogue import LANGUAGES, Language
from gateway.web.errors import SessionExpired
from gateway.web.portal import Visitor, portal, visitor

BODY: Final = "application/json"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


def install(app: Flask) -> None:
    """Raises NoAccessRule where an endpoint has no rule."""
    rules = reaches(app)

    def arrive() -> None:
        if not asks_as_app(request.path):
            return
        g.visitor = _asking()
        if request.endpoint is None:  # there is no such endpoint
            return
        if (reach := rules[request.endpoint]) is not Reach.ANYONE:
            _recognise(visitor())
            _admit(visitor(), reach)
        if request.method not in ("GET", "HEAD", "DELETE") and request.mimetype != BODY:
            raise Refusal("not_json")

    def leave(response: Response) -> Response:
        if asks_as_app(request.path):
            response.headers["Content-Language"] = visitor().language
            response.vary.add("Accept-Language")
        return response

    app.before_request(arrive)
    app.after_request(leave)


def _asking() -> Visitor:
    chosen = next((known for known in LANGUAGES if known == request.args.get("lang")), None)
    known = chosen or cast(Language | None, request.accept_languages.best_match(LANGUAGES))
    return Visitor(known or "en", had_session="Authorization" in request.headers, language_known=known is not None)


def _recognise(who: Visitor) -> None:
    if (token := _token()) is None:
        return
    parts = portal()
    with parts.engine.begin() as conn:
        who.session = parts.sessions.find(conn, token, parts.clock(), "app")
    if who.session and not who.language_known:
        who.language = who.session.language


def _token() -> Secret | None:
    said = request.authorization
    if said is None or said.type != "bearer" or not _TOKEN.fullmatch(said.token or ""):
        return None
    return Secret(said.token or "")


def _admit(who: Visitor, reach: Reach) -> None:
    if who.session is None:
        if who.had_session:
            raise SessionExpired
        raise Refusal("log_in_first")
    if reach is Reach.OWN_PIN and who.session.state == "must_change":
        raise Refusal("must_change_pin")
    if reach is Reach.TEMPORARY_PIN and who.session.state == "full":
        raise Refusal("has_own_pin")
