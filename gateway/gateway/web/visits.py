"""What happens before every page: who is it, in what language, may they, and is the form theirs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import cast

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from gateway.api import asks_as_app
from gateway.catalogue import LANGUAGES, Language
from gateway.sessions import Beginning, Session
from gateway.web import cookies
from gateway.web.access import Access, is_quiet
from gateway.web.csrf import FIELD
from gateway.web.errors import FormExpired, SessionExpired
from gateway.web.keeping import ONLY_KEEP, keep
from gateway.web.portal import Visitor, portal, visitor

LEAVE = "leaving.leave"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask, access: dict[str, Access]) -> None:
    def arrive() -> AnyResponse | None:
        """Refuses what has no rule: a route cannot be open by mistake."""
        if asks_as_app(request.path):
            return None
        g.visitor = _stranger()
        rule = access[request.endpoint] if request.endpoint else Access.PUBLIC  # there is no such page
        if rule is Access.MACHINE:
            return None
        if request.endpoint != LEAVE and _goes_back_after_leaving():
            return redirect(url_for(LEAVE), 303)
        safe = request.method in SAFE_METHODS
        with suppress(*([SQLAlchemyError] if safe and rule is Access.PUBLIC else [])):
            _recognise(g.visitor, quiet=is_quiet(current_app.view_functions.get(request.endpoint or "")))
        if not safe and request.endpoint:
            _check_form()
            if ONLY_KEEP in request.form:  # and the session lives, against what the script was told
                keep(cookies.session_token())
                return redirect(request.path, 303)
        return _admit(rule)

    def leave(response: Response) -> Response:
        is_a_page = access.get(request.endpoint or "") is not Access.MACHINE and not asks_as_app(request.path)
        if not is_a_page or "visitor" not in g:
            return response
        return cookies.write(response)

    app.before_request(_names_something)
    app.before_request(arrive)
    app.after_request(leave)


def _names_something() -> None:
    """No database keeps this character, so nothing has such a name; PostgreSQL's driver refuses to ask for it."""
    if any("\x00" in str(name) for name in (request.view_args or {}).values()):
        g.visitor = _stranger()
        abort(404)


def begin_session(what: Beginning) -> Session:
    """Logs the visitor in under a fresh token; the session before, if any, is over."""
    who, parts = visitor(), portal()
    what = replace(what, device="phone" if "Mobi" in request.user_agent.string else "computer")
    with parts.engine.begin() as conn:
        who.session = parts.sessions.begin(conn, what, parts.clock(), who.session.token if who.session else None)
    g.new_session = True
    return who.session


def end_session() -> None:
    """With all drafts. The browser forgets first: that works even where the database does not answer."""
    who, parts = visitor(), portal()
    session, who.session, g.session_over = who.session, None, True
    if session:
        with parts.engine.begin() as conn:
            parts.sessions.end(conn, session.token)
            parts.drafts.forget(conn, session.participant_id)


def _stranger() -> Visitor:
    """From what the browser says alone: nothing is asked of the database."""
    chosen = next((known for known in LANGUAGES if known == request.args.get("lang")), None)
    known = chosen or cookies.language()
    known = known or cast(Language | None, request.accept_languages.best_match(LANGUAGES))
    return Visitor(known or "en", had_session=cookies.session_token() is not None, visit=cookies.visit(),
                   language_chosen=chosen is not None, language_known=known is not None)


def _goes_back_after_leaving() -> bool:
    """After the quick exit, "Back" leads away again: browsers say of such a request that it came from one of our pages.

    Who types the address or follows a bookmark comes from nowhere, and is welcome again.
    """
    if not cookies.left() or request.method not in SAFE_METHODS:
        return False
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and request.headers.get("Sec-Fetch-Mode") == "navigate":
        return True
    g.left_over = True
    return False


def _recognise(who: Visitor, *, quiet: bool) -> None:
    token, parts = cookies.session_token(), portal()
    if token is None:
        return
    with parts.reading.begin() as conn:
        who.session = parts.sessions.find(conn, token, parts.clock(), seen=not quiet)
        if who.session is None:
            if not quiet:
                g.session_over = True
            return
        if who.language_chosen and who.language != who.session.language:
            parts.sessions.speak(conn, who.session, who.language)
    if not who.language_chosen:
        who.language = who.session.language


def _check_form() -> None:
    who = visitor()
    binding = who.session.token.reveal() if who.session else who.visit
    if not portal().form_tokens.fits(request.form.get(FIELD, ""), binding):
        if who.had_session and not who.session:
            raise SessionExpired(kept=keep(cookies.session_token()))
        raise FormExpired


def _admit(rule: Access) -> AnyResponse | None:
    who = visitor()
    if rule is Access.PUBLIC:
        return None
    if who.session is None:
        if who.had_session:
            raise SessionExpired
        return redirect(url_for("log_in.form"), 303)
    if rule is Access.SESSION and who.session.state == "must_change":
        return redirect(url_for("change_pin.form"), 303)
    if rule is Access.MUST_CHANGE and who.session.state == "full":
        return redirect(url_for("overview.show"), 303)
    return None
