"""The forced change: who has logged in with a temporary PIN chooses a PIN of their own before anything else."""

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eventkit.secret import Secret
from gateway.web import keeping
from gateway.web.access import Access, Pages
from gateway.web.entering import PinIsSet, change_pin
from gateway.web.forms import Errors

pages = Pages("change_pin", __name__)


@pages.page("/new-pin", Access.MUST_CHANGE)
def form() -> Response:
    return _form({})


@pages.page("/new-pin", Access.MUST_CHANGE, "POST")
def submit() -> AnyResponse:
    new, again = Secret(request.form.get("new_pin", "").strip()), Secret(request.form.get("again", "").strip())
    if new.reveal() and new != again:
        return _form({"again": "change_pin.different"})
    found = change_pin(new)
    if not isinstance(found, PinIsSet):
        return _form(found)
    return redirect(keeping.path_to_go_on(found.session.participant_id) or url_for("overview.show"), 303)


def _form(errors: Errors) -> Response:
    return make_response(render_template("change_pin.html", errors=errors), 422 if errors else 200)
