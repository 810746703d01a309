"""Provide Other Party's Information: only in, never out. What was typed is in the answer that corrects it, at most."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.cases_desk import CasesAway
from gateway.web.access import Access, Pages
from gateway.web.errors import RETRY_SECONDS
from gateway.web.reporting import FIELDS, cases, report
from gateway.web.sending import outcome
from gateway.web.typed import Typed

pages = Pages("other_party", __name__)


@pages.page("/my-profile/other-party", Access.SESSION)
def form() -> Response:
    return _form(Typed({}))


@pages.page("/my-profile/other-party", Access.SESSION, "POST")
def submit() -> AnyResponse:
    typed = Typed.of_form(FIELDS)
    try:
        answer = report(typed)
    except CasesAway:
        return _form(typed, away=True)
    if answer is None:
        return _form(typed)
    return redirect(url_for("other_party.done", command_id=answer.command_id), 303)


@pages.page("/my-profile/other-party/done/<command_id>", Access.SESSION)
def done(command_id: str) -> str:
    """The confirmation number, and nothing of what was in it."""
    found = outcome(command_id)
    if found is None or found.name != "report_other_party":
        abort(404)
    return render_template("other_party_done.html", outcome=found)


def _form(typed: Typed, *, away: bool = False) -> Response:
    """A Social Security number is typed again, never shown again."""
    kept = Typed({name: value for name, value in typed.values.items() if name != "ssn"}, typed.errors)
    page = render_template("other_party.html", cases=cases(), typed=kept, errors=typed.told, away=away,
                           again=request.form.get("form_token") if away else None, retype=bool(typed["ssn"]))
    if away:
        return make_response(page, 503, {"Retry-After": str(RETRY_SECONDS)})
    return make_response(page, 422 if typed.errors else 200)
