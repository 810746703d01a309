"""The forced change: who has logged in with a temporary PIN chooses a PIN of their own before anything else."""

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eventkit.secret import Secret
from gateway.credentials import NotAccepted, PinChanged, PinTooWeak
from gateway.sessions import Beginning
from gateway.view.waiting import account_seen
from gateway.web import keeping
from gateway.web.access import Access, Pages
from gateway.web.errors import SessionExpired
from gateway.web.forms import Errors, knock
from gateway.web.portal import portal, signed_in
from gateway.web.visits import begin_session, end_session

pages = Pages("change_pin", __name__)


@pages.page("/new-pin", Access.MUST_CHANGE)
def form() -> Response:
    return _form({})


@pages.page("/new-pin", Access.MUST_CHANGE, "POST")
def submit() -> AnyResponse:
    new, again = Secret(request.form.get("new_pin", "").strip()), Secret(request.form.get("again", "").strip())
    if errors := new_pin_errors(new, again):
        return _form(errors)
    session, parts = signed_in(), portal()
    knock("new_pin", session.participant_id)
    with parts.engine.begin() as conn:
        proof = parts.sessions.proof(conn, session)
    answer = parts.auth.change_pin(session.participant_id, proof, new, "web")
    match answer:
        case PinTooWeak(rule):
            return _form({"new_pin": weak(rule)})
        case NotAccepted():  # the temporary PIN has run out, or was replaced, since the log-in
            end_session()
            raise SessionExpired
        case PinChanged(version):
            start_again_with(version)
            return redirect(keeping.path_to_go_on(session.participant_id) or url_for("overview.show"), 303)


def new_pin_errors(new: Secret, again: Secret) -> Errors:
    if not new.reveal():
        return {"new_pin": "change_pin.missing"}
    return {"again": "change_pin.different"} if new != again else {}


def start_again_with(version: int) -> None:
    """On with a new session, begun with the new PIN; every other one ends when the view sees the change."""
    session = signed_in()
    seen = account_seen(portal().engine, session.participant_id, version)
    notice = "change_pin.done" if seen else "change_pin.received"
    begin_session(Beginning(session.participant_id, "full", version, session.language, notice=notice))


def weak(rule: str) -> str:
    key = f"change_pin.weak.{rule}"
    return key if key in portal().texts.texts["en"] else "change_pin.weak.other"


def _form(errors: Errors) -> Response:
    return make_response(render_template("change_pin.html", errors=errors), 422 if errors else 200)
