"""Log in: with a Participant ID or SSN, and a PIN."""

from flask import Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from eventkit.secret import Secret
from gateway.catalogue import LANGUAGES, Language
from gateway.credentials import LoggedIn, cleaned, is_identifier, is_participant_id
from gateway.sessions import Beginning
from gateway.view.tables import participants
from gateway.web import keeping
from gateway.web.access import Access, Pages
from gateway.web.forms import Errors, knock
from gateway.web.portal import portal, visitor
from gateway.web.visits import begin_session

pages = Pages("log_in", __name__)


@pages.page("/log-in", Access.PUBLIC)
def form() -> AnyResponse:
    session = visitor().session
    if session:
        return redirect(url_for("overview.show" if session.state == "full" else "change_pin.form"), 303)
    return _form({})


@pages.page("/log-in", Access.PUBLIC, "POST")
def submit() -> AnyResponse:
    knock("log_in")
    identifier, pin = Secret(request.form.get("identifier", "")), Secret(request.form.get("pin", "").strip())
    errors: Errors = {}
    if not is_identifier(identifier):
        errors["identifier"] = "log_in.identifier.wrong"
    if not pin.reveal():
        errors["pin"] = "log_in.pin.missing"
    if errors:
        return _form(errors, identifier)
    answer = portal().auth.log_in(identifier, pin, "web")
    if not isinstance(answer, LoggedIn):
        return _form({"": "log_in.not_accepted"}, identifier)
    return _enter(answer)


def _enter(answer: LoggedIn) -> AnyResponse:
    begin_session(Beginning(
        answer.participant_id, "must_change" if answer.must_change else "full", answer.version,
        _language(answer.participant_id), proof=answer.proof if answer.must_change else None))
    if answer.must_change:
        return redirect(url_for("change_pin.form"), 303)
    return redirect(keeping.path_to_go_on(answer.participant_id) or url_for("overview.show"), 303)


def _language(participant_id: str) -> Language:
    """What the reader has been reading here; where nothing told, what the agency knows of them."""
    who = visitor()
    if who.language_known:
        return who.language
    query = select(participants.c.language).where(participants.c.viewer_id == participant_id)
    with portal().engine.connect() as conn:
        known = conn.execute(query).scalar_one_or_none()
    return next((language for language in LANGUAGES if language == known), who.language)


def _form(errors: Errors, identifier: Secret | None = None) -> Response:
    """A Participant ID is not typed twice; an SSN is never shown again, and a PIN neither."""
    kept = cleaned(identifier).reveal() if identifier and is_participant_id(identifier) else ""
    return make_response(render_template("log_in.html", errors=errors, kept=kept), 422 if errors else 200)
