"""The session itself: how long it still lives, one press to go on, and where else one is logged in."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.web.access import Access, Pages
from gateway.web.portal import portal, signed_in, visitor
from gateway.web.words import ends_in, ends_words

pages = Pages("session", __name__)


@pages.page("/session", Access.PUBLIC, quiet=True)
def left() -> dict[str, Any]:
    """Asked by the script of an open page, which is no sign of anybody being there."""
    return _time()


@pages.page("/session", Access.SESSION, "POST")
def extend() -> dict[str, Any]:
    """That it was asked is what extends the session."""
    return _time()


@pages.page("/my-profile/where-logged-in", Access.SESSION)
def where() -> str:
    parts = portal()
    with parts.engine.connect() as conn:
        found = parts.sessions.of(conn, signed_in(), parts.clock())
    return render_template("where_logged_in.html", sessions=found, ended="ended" in request.args)


@pages.page("/my-profile/where-logged-in", Access.SESSION, "POST")
def end_others() -> AnyResponse:
    """One of them, or all."""
    parts = portal()
    with parts.engine.begin() as conn:
        parts.sessions.end_others(conn, signed_in(), request.form.get("session") or None)
    return redirect(url_for("session.where", ended=""), 303)


def _time() -> dict[str, Any]:
    return {"seconds": ends_in(), "words": ends_words() if visitor().session else ""}
