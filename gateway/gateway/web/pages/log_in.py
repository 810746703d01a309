"""Log in: with a Participant ID or SSN, and a PIN."""

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eventkit.secret import Secret
from gateway.credentials import cleaned, is_participant_id
from gateway.sessions import Session
from gateway.web import keeping
from gateway.web.access import Access, Pages
from gateway.web.entering import log_in
from gateway.web.forms import Errors
from gateway.web.portal import visitor

pages = Pages("log_in", __name__)


@pages.page("/log-in", Access.PUBLIC)
def form() -> AnyResponse:
    session = visitor().session
    if session:
        return redirect(url_for("overview.show" if session.state == "full" else "change_pin.form"), 303)
    return _form({})


@pages.page("/log-in", Access.PUBLIC, "POST")
def submit() -> AnyResponse:
    identifier, pin = Secret(request.form.get("identifier", "")), Secret(request.form.get("pin", "").strip())
    found = log_in(identifier, pin)
    if not isinstance(found, Session):
        return _form(found, identifier)
    if found.state == "must_change":
        return redirect(url_for("change_pin.form"), 303)
    return redirect(keeping.path_to_go_on(found.participant_id) or url_for("overview.show"), 303)


def _form(errors: Errors, identifier: Secret | None = None) -> Response:
    """A Participant ID is not typed twice; an SSN is never shown again, and a PIN neither."""
    kept = cleaned(identifier).reveal() if identifier and is_participant_id(identifier) else ""
    return make_response(render_template("log_in.html", errors=errors, kept=kept), 422 if errors else 200)
