"""Update My Information: each part of it is a form of its own, so that nobody types again what has not changed."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.cases_desk import CasesAway
from gateway.view import my_profile as reading_profile
from gateway.view.my_profile import Profile
from gateway.web import keeping
from gateway.web.access import Access, Pages
from gateway.web.errors import RETRY_SECONDS
from gateway.web.my_contact import ADDRESS, EMPLOYER, PHONES, SECTIONS, Section, change
from gateway.web.pages.my_profile import shown
from gateway.web.portal import portal, signed_in
from gateway.web.typed import Typed

pages = Pages("my_information", __name__)


@pages.page("/my-profile/update/<section>", Access.SESSION)
def form(section: str) -> Response:
    _section(section)
    return _form(section, Typed(_preferences() if section == "preferences" else keeping.typed()))


@pages.page("/my-profile/update/<section>", Access.SESSION, "POST", keeps=(*ADDRESS, *EMPLOYER))
def submit(section: str) -> AnyResponse:
    typed = Typed.of_form(_section(section).fields)
    try:
        answer = change(section, typed)
    except CasesAway:
        return _form(section, typed, away=True)
    if answer is None:
        return _form(section, typed)
    keeping.done()
    return redirect(url_for("my_profile.show", sent=answer.command_id), 303)


def _section(name: str) -> Section:
    return SECTIONS.get(name) or abort(404)


def _profile() -> Profile | None:
    with portal().engine.connect() as conn:
        return reading_profile.profile_of(conn, signed_in().participant_id)


def _preferences() -> dict[str, str]:
    """These are no secret to whoever is logged in, and a choice between two is easier from where it stands."""
    found = _profile()
    return {"language": found.language, "email_notices": "yes" if found.email_notices else "no"} if found else {}


def _form(section: str, typed: Typed, *, away: bool = False) -> Response:
    page = render_template("update_section.html", about_what=section, typed=typed, errors=typed.told,
                           away=away, again=request.form.get("form_token") if away else None,
                           shown=shown(_profile()), phones=PHONES)
    if away:
        return make_response(page, 503, {"Retry-After": str(RETRY_SECONDS)})
    return make_response(page, 422 if typed.errors else 200)
