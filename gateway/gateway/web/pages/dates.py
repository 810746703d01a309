"""Court dates and appointments: one list, what to bring, confirming, asking for another time, a calendar file."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.cases_desk import CasesAway, Refused
from gateway.view import my_dates, reading
from gateway.view.my_dates import Appointment, Date
from gateway.web import answering_dates, keeping
from gateway.web.access import Access, Pages
from gateway.web.answering_dates import WISH
from gateway.web.calendar_file import calendar_file
from gateway.web.errors import RETRY_SECONDS
from gateway.web.portal import portal, signed_in
from gateway.web.sending import outcome
from gateway.web.typed import Typed

pages = Pages("dates", __name__)


@pages.page("/dates", Access.SESSION)
def listed() -> str:
    return _list()


def _list(*, away: bool = False) -> str:
    parts, viewer = portal(), signed_in()
    now = parts.clock()
    with parts.engine.connect() as conn:
        found = my_dates.dates_of(conn, viewer.participant_id)
        as_of = reading.as_of(conn, "cases")
    coming, past = my_dates.split(found, now)
    return render_template("dates.html", coming=coming, past=past, now=now, as_of=as_of, opened=_opened(coming),
                           away=away, outcome=outcome(request.args.get("sent")))


@pages.page("/dates/appointments/<appointment_id>/confirm", Access.SESSION, "POST")
def confirm(appointment_id: str) -> AnyResponse:
    try:
        answer = answering_dates.confirm(_appointment(appointment_id))
    except CasesAway:
        return _later(_list(away=True))
    return _refused(answer) if isinstance(answer, Refused) else _back(answer.command_id)


@pages.page("/dates/appointments/<appointment_id>/another-time", Access.SESSION)
def another_time(appointment_id: str) -> AnyResponse:
    appointment = _appointment(appointment_id)
    if not appointment.can_be_moved(portal().clock()):
        return redirect(url_for("dates.listed"), 303)
    return _form(appointment, Typed(keeping.typed()))


@pages.page("/dates/appointments/<appointment_id>/another-time", Access.SESSION, "POST", keeps=WISH)
def ask_another_time(appointment_id: str) -> AnyResponse:
    appointment, typed = _appointment(appointment_id), Typed.of_form(WISH)
    try:
        answer = answering_dates.ask_another_time(appointment, typed)
    except CasesAway:
        return _form(appointment, typed, away=True)
    if answer is None:
        return _form(appointment, typed)
    keeping.done()
    return _refused(answer) if isinstance(answer, Refused) else _back(answer.command_id)


@pages.page("/dates/appointments/<appointment_id>/calendar.ics", Access.SESSION)
def appointment_file(appointment_id: str) -> Response:
    return _file(_appointment(appointment_id))


@pages.page("/dates/hearings/<hearing_id>/calendar.ics", Access.SESSION)
def hearing_file(hearing_id: str) -> Response:
    with portal().engine.connect() as conn:
        found = my_dates.hearing_of(conn, signed_in().participant_id, hearing_id)
    return _file(found or abort(404))


def _appointment(appointment_id: str) -> Appointment:
    return answering_dates.appointment_of_mine(appointment_id) or abort(404)


def _opened(dates: list[Date]) -> dict[str, dict[str, Any]]:
    """Place and link of each appointment to come, for its own page."""
    shown, viewer = portal().shown, signed_in().participant_id
    return {one.id: {"place": shown.appointment(viewer, one.place_enc), "link": shown.appointment(viewer, one.link_enc)}
            for one in dates if isinstance(one, Appointment)}


def _file(date: Date) -> Response:
    parts = portal()
    response = make_response(calendar_file(date, parts.settings.SECRET_KEY, parts.clock()))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="date.ics"'
    return response


def _refused(answer: Refused) -> AnyResponse:
    """It was cancelled or moved, or is past, since the page was made: the list says how it is now."""
    if answer.code == "unknown_appointment":
        abort(404)
    return redirect(url_for("dates.listed", changed="1"), 303)


def _back(command_id: str) -> AnyResponse:
    return redirect(url_for("dates.listed", sent=command_id), 303)


def _form(appointment: Appointment, typed: Typed, *, away: bool = False) -> Response:
    page = render_template("another_time.html", appointment=appointment, typed=typed, errors=typed.told, away=away,
                           again=request.form.get("form_token") if away else None)
    return _later(page) if away else make_response(page, 422 if typed.errors else 200)


def _later(page: str) -> Response:
    return make_response(page, 503, {"Retry-After": str(RETRY_SECONDS)})
