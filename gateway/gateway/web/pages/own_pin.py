"""Changing the PIN of one's own will: with the one in force."""

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eventkit.secret import Secret
from gateway.web.access import Access, Pages
from gateway.web.entering import PinIsSet, change_pin
from gateway.web.forms import Errors
from gateway.web.portal import portal, signed_in

pages = Pages("own_pin", __name__)


@pages.page("/my-profile/change-pin", Access.SESSION)
def form() -> Response:
    return _form({})


@pages.page("/my-profile/change-pin", Access.SESSION, "POST")
def submit() -> AnyResponse:
    current, new, again = (Secret(request.form.get(name, "").strip()) for name in ("current_pin", "new_pin", "again"))
    errors: Errors = {} if current.reveal() else {"current_pin": "own_pin.current.missing"}
    if not new.reveal():
        errors["new_pin"] = "change_pin.missing"
    elif new != again:
        errors["again"] = "change_pin.different"
    if errors:
        return _form(errors)
    found = change_pin(new, current)
    return redirect(url_for("own_pin.done"), 303) if isinstance(found, PinIsSet) else _form(found)


@pages.page("/my-profile/change-pin/done", Access.SESSION)
def done() -> str:
    session, parts = signed_in(), portal()
    if session.notice:
        with parts.engine.begin() as conn:
            parts.sessions.notice_shown(conn, session)
    return render_template("own_pin_done.html", notice=session.notice or "change_pin.done")


def _form(errors: Errors) -> Response:
    return make_response(render_template("own_pin.html", errors=errors), 422 if errors else 200)
