"""Provide Other Party's Information: only in, never out. What was typed is in the answer that corrects it, at most."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.cases_desk import CasesAway, Command, Refused
from gateway.view import my_cases
from gateway.view.my_cases import Case
from gateway.web.access import Access, Pages
from gateway.web.errors import RETRY_SECONDS
from gateway.web.portal import portal, signed_in
from gateway.web.sending import outcome, send
from gateway.web.typed import TEXT, Typed

pages = Pages("other_party", __name__)
LINES = ("names_aliases", "phone", "email", "occupation", "vehicle")
TEXTS = ("address", "employer", "property", "relatives", "incarceration_benefits", "other", "source")
FIELDS = ("case_id", "safety_concern", "names_aliases", "birth_month", "birth_day", "birth_year", "ssn", "address",
          "phone", "email", "employer", "occupation", "property", "vehicle", "relatives", "incarceration_benefits",
          "other", "source")
"""In the order of the page."""


@pages.page("/my-profile/other-party", Access.SESSION)
def form() -> Response:
    return _form(Typed({}))


@pages.page("/my-profile/other-party", Access.SESSION, "POST")
def submit() -> AnyResponse:
    typed = Typed.of_form(FIELDS)
    case_id = _chosen(typed)
    report = _report(typed)
    if typed.errors:
        return _form(typed)

    def command(command_id: str) -> Command:
        return portal().desk.report_other_party(command_id, signed_in().participant_id, case_id, report)

    try:
        answer = send("report_other_party", {"case_id": case_id, **report}, command)
    except CasesAway:
        return _form(typed, away=True)
    if isinstance(answer, Refused):
        _refused(typed, answer)
        return _form(typed)
    return redirect(url_for("other_party.done", command_id=answer.command_id), 303)


@pages.page("/my-profile/other-party/done/<command_id>", Access.SESSION)
def done(command_id: str) -> str:
    """The confirmation number, and nothing of what was in it."""
    found = outcome(command_id)
    if found is None or found.name != "report_other_party":
        abort(404)
    return render_template("other_party_done.html", outcome=found)


def _cases() -> list[Case]:
    with portal().engine.connect() as conn:
        return my_cases.cases_of(conn, signed_in().participant_id)


def _chosen(typed: Typed) -> str:
    """The only case need not be chosen. One of somebody else is refused as one that is not there."""
    ids = [case.case_id for case in _cases()]
    if len(ids) == 1 and not typed["case_id"]:
        return ids[0]
    if typed["case_id"] not in ids:
        typed.wrong("case_id", "other_party.case.missing")
    return typed["case_id"]


def _report(typed: Typed) -> dict[str, Any]:
    typed.not_too_long(LINES)
    typed.not_too_long(TEXTS, TEXT)
    today = portal().clock().astimezone(portal().zone).date()
    said = {**{name: typed[name] for name in (*LINES, *TEXTS)}, "phone": typed.any_phone("phone"),
            "email": typed.email("email"), "ssn": typed.ssn("ssn"), "birth_date": typed.birth_date("birth", today)}
    report: dict[str, Any] = {name: value for name, value in said.items() if value}
    if not any(typed[name] for name in FIELDS if name not in ("case_id", "source")):
        typed.wrong("", "other_party.nothing")
    return {**report, "safety_concern": bool(typed["safety_concern"])}


def _refused(typed: Typed, answer: Refused) -> None:
    if answer.code == "unknown_case":
        typed.wrong("case_id", "other_party.case.missing")
    elif answer.code == "nothing_reported":
        typed.wrong("", "other_party.nothing")
    else:
        name = "birth_month" if answer.field == "birth_date" else answer.field
        typed.wrong(name if name in FIELDS else "", "typed.not_accepted")


def _form(typed: Typed, *, away: bool = False) -> Response:
    """A Social Security number is typed again, never shown again."""
    kept = Typed({name: value for name, value in typed.values.items() if name != "ssn"}, typed.errors)
    page = render_template("other_party.html", cases=_cases(), typed=kept, errors=typed.told, away=away,
                           again=request.form.get("form_token") if away else None, retype=bool(typed["ssn"]))
    if away:
        return make_response(page, 503, {"Retry-After": str(RETRY_SECONDS)})
    return make_response(page, 422 if typed.errors else 200)
