"""The portal's cookies: a session's token, the visit that forms before log-in are tied to, the language, what opens
a draft, and that somebody has just left in haste."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from flask import Response, g, request

from eventkit.secret import Secret
from gateway.catalogue import LANGUAGES, Language
from gateway.web.portal import portal, visitor

SESSION, VISIT, LANGUAGE, DRAFT, LEFT = "cc_session", "cc_visit", "cc_language", "cc_draft", "cc_left"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


def name_of(cookie: str) -> str:
    """With HTTPS under the prefix that browsers accept only from this very host, secure and for all paths."""
    return f"__Host-{cookie}" if portal().settings.SECURE_COOKIES else cookie


def session_token() -> Secret | None:
    return Secret(value) if (value := _token(SESSION)) else None


def draft_token() -> Secret | None:
    return Secret(value) if (value := _token(DRAFT)) else None


def language() -> Language | None:
    return next((known for known in LANGUAGES if known == request.cookies.get(name_of(LANGUAGE))), None)


def visit() -> str | None:
    return _token(VISIT)


def left() -> bool:
    """Whether the quick exit was used in this browser, and the portal not opened anew since."""
    return name_of(LEFT) in request.cookies


def leave(response: Response) -> None:
    """Nothing is kept but that the browser has left, until the portal is opened anew."""
    for cookie in (SESSION, VISIT, LANGUAGE, DRAFT):
        _set(response, cookie, "", timedelta(0))
    _set(response, LEFT, "1", None)


def binding() -> str:
    """What the form tokens of this visitor are tied to; begins a visit where there is none."""
    who = visitor()
    if who.session:
        return who.session.token.reveal()
    if who.visit is None:
        who.visit = secrets.token_urlsafe(24)
        g.new_visit = True
    return who.visit


def write(response: Response) -> Response:
    """What of the visitor is to be remembered by the browser."""
    who = visitor()
    if "left_over" in g:
        _set(response, LEFT, "", timedelta(0))
    if "new_visit" in g:
        _set(response, VISIT, who.visit or "", None)
    if who.session and "new_session" in g:
        _set(response, SESSION, who.session.token.reveal(), None)
    if "session_over" in g and not who.session:
        _set(response, SESSION, "", timedelta(0))
    if "draft_token" in g:
        _set(response, DRAFT, g.draft_token.reveal(), _DAY)
    if who.language_chosen:
        _set(response, LANGUAGE, who.language, _YEAR)
    return response


def _set(response: Response, cookie: str, value: str, age: timedelta | None) -> None:
    response.set_cookie(name_of(cookie), value, max_age=age, path="/", secure=portal().settings.SECURE_COOKIES,
                        httponly=True, samesite="Lax")


def _token(cookie: str) -> str | None:
    value = request.cookies.get(name_of(cookie), "")
    return value if _TOKEN.fullmatch(value) else None
