"""Court dates and appointments: what is to come, with where and what to bring, and what is past."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from marshmallow import fields

from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, CaseName, OfTheView, Said, coded, many, of_the_view, part, said, word
from gateway.shown import Text
from gateway.view import my_dates, reading
from gateway.view.my_dates import Appointment, Date, Hearing
from gateway.web.portal import portal, signed_in

resource = Resource("dates", __name__, "Court dates of the customer's cases, and the customer's own appointments.")


class PastDate(Answer):
    kind = word("`hearing` or `appointment`.")
    type = said("What it is.", "dates.hearing.type", "dates.appointment.type")
    status = said("Whether it will take place, or did.", "dates.hearing.status", "dates.appointment.status")
    starts_at = fields.DateTime(required=True, metadata={"description": "When it begins (UTC)."})
    case = part(CaseName, "The case; null where it is of none.", or_none=True)


class CourtDate(Answer):
    court = word("The court.")
    department = word("Its department; null where none is known.", or_none=True)
    address = word("Of the court.")
    attend = said("How the customer attends; null: the notice of the court says.", or_none=True)


class Meeting(Answer):
    place = word("Where; null where it is online, or is to be asked by phone.", or_none=True)
    link = word("Where it is online, if it is.", or_none=True)
    must_attend = fields.Boolean(required=True, metadata={"description": "Whether the customer must be there."})
    bring = many(Said, "What to bring.")


class ComingDate(PastDate):
    id = word("Tells dates apart.")
    minutes = fields.Integer(required=True, metadata={"description": "How long, in minutes."})
    hearing = part(CourtDate, "Of a hearing that will take place; else null.", or_none=True)
    appointment = part(Meeting, "Of an appointment that will take place; else null.", or_none=True)


class Dates(OfTheView):
    coming = many(ComingDate, "Soonest first; also what was called off.")
    past = many(PastDate, "Latest first.")


@resource.endpoint("GET", "/dates", Reach.OWN_PIN, Dates)
def dates() -> Mapping[str, Any]:
    """My court dates and appointments"""
    parts, viewer = portal(), signed_in()
    with parts.engine.connect() as conn:
        found = my_dates.dates_of(conn, viewer.participant_id)
        as_of = reading.as_of(conn, "cases")
    coming, past = my_dates.split(found, parts.clock())
    return of_the_view(as_of, coming=[_coming(date) for date in coming], past=[_said(date) for date in past])


def _said(date: Date) -> Mapping[str, Any]:
    return {
        "kind": date.kind, "type": coded(f"dates.{date.kind}.type", date.type),
        "status": coded(f"dates.{date.kind}.status", date.status), "starts_at": date.starts_at.astimezone(UTC),
        "case": {"id": date.case_id, "label": date.label} if date.case_id else None,
    }


def _coming(date: Date) -> Mapping[str, Any]:
    found = {**_said(date), "id": date.id, "minutes": date.minutes, "hearing": None, "appointment": None}
    return found if date.off else {**found, date.kind: _hearing(date) if isinstance(date, Hearing) else _meeting(date)}


def _hearing(of: Hearing) -> Mapping[str, Any]:
    return {"court": of.court, "department": of.department, "address": of.court_address,
            "attend": coded("dates.attend", of.mode) if of.mode else None}


def _meeting(of: Appointment) -> Mapping[str, Any]:
    shown, viewer = portal().shown, signed_in().participant_id
    return {"place": _text(shown.appointment(viewer, of.place_enc)),
            "link": _text(shown.appointment(viewer, of.link_enc)), "must_attend": of.attendance_required,
            "bring": [coded("dates.bring", code) for code in of.bring]}


def _text(value: Text) -> str | None:
    return value if isinstance(value, str) else None
