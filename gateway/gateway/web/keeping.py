"""Forms that outlive a session: what was typed when it ended is kept, and is there again after the next log-in.

So is what was one too many for a day (errors.py), until it may be sent.

    @pages.page("/my-thing", Access.SESSION, "POST", keeps=("subject", "text"))
    def submit(): ...            # at its end, when all went well: keeping.done()

    @pages.page("/my-thing", Access.SESSION)
    def form(): ...              # typed = keeping.typed(), the values to fill the fields with

A form and the page that takes it have one path; each path is a form of its own. In the template:
`<form data-keeps="{{ keeps("my_page.submit") }}" ...>`: the script sends it in when the session ends.
"""

from __future__ import annotations

from flask import current_app, g, request
from werkzeug.datastructures import MultiDict

from eventkit.secret import Secret
from gateway.drafts import Draft, new_token
from gateway.web import access, cookies
from gateway.web.csrf import FIELD
from gateway.web.portal import portal, signed_in

ONLY_KEEP = "only_keep"
"""Sent along by the script when the session is about to end: the form is kept and nothing else is done."""


def keep(session_token: Secret | None) -> bool:
    """Whether the form of this request was kept: it names fields that may be, and was filled in in that session."""
    fields = access.keeps(current_app.view_functions.get(request.endpoint or ""))
    parts = portal()
    if not fields or session_token is None:
        return False
    if not parts.form_tokens.fits(request.form.get(FIELD, ""), session_token.reveal()):
        return False
    typed = {name: request.form.getlist(name) for name in fields if any(request.form.getlist(name))}
    if not typed:
        return False
    g.draft_token = cookies.draft_token() or new_token()
    with parts.engine.begin() as conn:
        participant_id = parts.sessions.whose(conn, session_token)
        if participant_id is not None:
            draft = Draft(request.path, typed)
            parts.drafts.keep(conn, participant_id, draft, g.draft_token, parts.clock())
    return participant_id is not None


def typed() -> MultiDict[str, str]:
    """What the person had typed into the form of this path; empty where nothing was kept."""
    token, parts = cookies.draft_token(), portal()
    if token is None:
        return MultiDict()
    with parts.engine.connect() as conn:
        draft = parts.drafts.of_form(conn, signed_in().participant_id, request.path, token, parts.clock())
    return MultiDict({name: list(said) for name, said in draft.fields.items()} if draft else {})


def done() -> None:
    """The form was sent in: its draft is forgotten."""
    if cookies.draft_token() is None:
        return
    with portal().engine.begin() as conn:
        portal().drafts.forget(conn, signed_in().participant_id, request.path)


def path_to_go_on(participant_id: str) -> str | None:
    """Where the person was when the session ended."""
    token, parts = cookies.draft_token(), portal()
    if token is None:
        return None
    with parts.engine.connect() as conn:
        draft = parts.drafts.newest(conn, participant_id, token, parts.clock())
    return draft.path if draft else None
