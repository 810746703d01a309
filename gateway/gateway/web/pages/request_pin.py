"""Request a PIN by mail. The answer is the same for everyone, so nobody learns who is a customer."""

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eventkit.secret import Secret
from gateway.credentials import cleaned, is_participant_id
from gateway.web.access import Access, Pages
from gateway.web.entering import request_pin
from gateway.web.forms import Errors

pages = Pages("request_pin", __name__)


@pages.page("/request-a-pin", Access.PUBLIC)
def form() -> Response:
    return _form({})


@pages.page("/request-a-pin", Access.PUBLIC, "POST")
def submit() -> AnyResponse:
    identifier = Secret(request.form.get("identifier", ""))
    if errors := request_pin(identifier):
        return _form(errors, identifier)
    return redirect(url_for("request_pin.done"), 303)


@pages.page("/request-a-pin/done", Access.PUBLIC)
def done() -> str:
    return render_template("request_pin_done.html")


def _form(errors: Errors, identifier: Secret | None = None) -> Response:
    kept = cleaned(identifier).reveal() if identifier and is_participant_id(identifier) else ""
    return make_response(render_template("request_pin.html", errors=errors, kept=kept), 422 if errors else 200)
