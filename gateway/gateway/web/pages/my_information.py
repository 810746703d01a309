"""Update My Information: each part of it is a form of its own, so that nobody types again what has not changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.cases_desk import CasesAway, Command, Refused
from gateway.catalogue import LANGUAGES
from gateway.view import my_profile as reading_profile
from gateway.view.my_profile import Profile
from gateway.web import keeping
from gateway.web.access import Access, Pages
from gateway.web.errors import RETRY_SECONDS
from gateway.web.pages.my_profile import shown
from gateway.web.portal import portal, signed_in
from gateway.web.sending import send
from gateway.web.typed import Typed

pages = Pages("my_information", __name__)
CITY = 80
PHONES = ("phone_mobile", "phone_home", "phone_work")
ADDRESS = ("line1", "line2", "city", "state", "zip")
EMPLOYER = ("employer_name", "employer_phone", "employer_city", "remove_employer")
Changes = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """`changes` checks what was typed, notes what is wrong, and says what is to change."""

    fields: tuple[str, ...]
    changes: Callable[[Typed], Changes]


@pages.page("/my-profile/update/<section>", Access.SESSION)
def form(section: str) -> Response:
    return _form(section, _section(section), Typed(_preferences() if section == "preferences" else keeping.typed()))


@pages.page("/my-profile/update/<section>", Access.SESSION, "POST", keeps=(*ADDRESS, *EMPLOYER))
def submit(section: str) -> AnyResponse:
    about = _section(section)
    typed = Typed.of_form(about.fields)
    changes = about.changes(typed)
    if typed.errors:
        return _form(section, about, typed)
    name = "set_preferences" if section == "preferences" else "update_contact"
    try:
        answer = send(name, changes, lambda command_id: _command(name, command_id, changes))
    except CasesAway:
        return _form(section, about, typed, away=True)
    if isinstance(answer, Refused):
        _refused(section, about, typed, answer)
        return _form(section, about, typed)
    keeping.done()
    return redirect(url_for("my_profile.show", sent=answer.command_id), 303)


def _command(name: str, command_id: str, changes: Changes) -> Command:
    desk, viewer = portal().desk, signed_in().participant_id
    if name == "set_preferences":
        return desk.set_preferences(command_id, viewer, **changes)
    return desk.update_contact(command_id, viewer, changes)


def _section(name: str) -> Section:
    return SECTIONS.get(name) or abort(404)


def _address(typed: Typed) -> Changes:
    for name in ("line1", "city", "state", "zip"):
        typed.needed(name, f"update.missing.{name}")
    typed.not_too_long(("line1", "line2"))
    typed.not_too_long(("city",), CITY)
    state, zip_code = typed.state("state"), typed.zip("zip")
    return {"address": {"line1": typed["line1"], "line2": typed["line2"], "city": typed["city"], "state": state,
                        "zip": zip_code}}


def _phones(typed: Typed) -> Changes:
    changes: Changes = {}
    for name in PHONES:
        changes |= _new_or_none(typed, name, typed.phone(name))
    return _something(typed, changes)


def _email(typed: Typed) -> Changes:
    return _something(typed, _new_or_none(typed, "email", typed.email("email")))


def _employer(typed: Typed) -> Changes:
    fields = ("employer_name", "employer_phone", "employer_city")
    typed.not_too_long(fields[:1])
    typed.not_too_long(("employer_city",), CITY)
    phone = typed.phone("employer_phone")
    if typed["remove_employer"]:
        if any(typed[name] for name in fields):
            typed.wrong("remove_employer", "update.both")
        return {"employer": None}
    typed.needed("employer_name", "update.missing.employer_name")
    return {"employer": {"name": typed["employer_name"], "phone": phone, "city": typed["employer_city"]}}


def _preferred(typed: Typed) -> Changes:
    if typed["language"] not in LANGUAGES:
        typed.wrong("language", "update.missing.language")
    if typed["email_notices"] not in ("yes", "no"):
        typed.wrong("email_notices", "update.missing.email_notices")
    return {"email_notices": typed["email_notices"] == "yes", "language": typed["language"]}


def _new_or_none(typed: Typed, name: str, value: str) -> Changes:
    """A field that is left empty stays as it is; to take away what is on file is a choice of its own."""
    if not typed[f"remove_{name}"]:
        return {name: value} if value else {}
    if typed[name]:
        typed.wrong(name, "update.both")
    return {name: None}


def _something(typed: Typed, changes: Changes) -> Changes:
    if not changes and not typed.errors:
        typed.wrong("", "update.nothing")
    return changes


SECTIONS: Mapping[str, Section] = {
    "address": Section(ADDRESS, _address),
    "phones": Section((*PHONES, *(f"remove_{name}" for name in PHONES)), _phones),
    "email": Section(("email", "remove_email"), _email),
    "employer": Section(EMPLOYER, _employer),
    "preferences": Section(("language", "email_notices"), _preferred),
}


def _refused(section: str, about: Section, typed: Typed, answer: Refused) -> None:
    """What the service does not accept is told at its field, where it has one here."""
    if answer.code == "nothing_changed":
        typed.wrong("", "update.nothing_changed")
        return
    part = answer.field.rpartition(".")[2]
    name = next((name for name in (part, f"{section}_{part}") if name in about.fields), "")
    typed.wrong(name, "typed.not_accepted")


def _profile() -> Profile | None:
    with portal().engine.connect() as conn:
        return reading_profile.profile_of(conn, signed_in().participant_id)


def _preferences() -> dict[str, str]:
    """These are no secret to whoever is logged in, and a choice between two is easier from where it stands."""
    found = _profile()
    return {"language": found.language, "email_notices": "yes" if found.email_notices else "no"} if found else {}


def _form(section: str, about: Section, typed: Typed, *, away: bool = False) -> Response:
    page = render_template("update_section.html", about_what=section, typed=typed, errors=typed.told,
                           away=away, again=request.form.get("form_token") if away else None,
                           shown=shown(_profile()), phones=PHONES)
    if away:
        return make_response(page, 503, {"Retry-After": str(RETRY_SECONDS)})
    return make_response(page, 422 if typed.errors else 200)
