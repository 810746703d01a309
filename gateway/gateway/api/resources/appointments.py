"""Answers to an appointment: that the customer will come, or a wish for another time."""

from collections.abc import Mapping
from typing import Any

from gateway.api.fields import Typed
from gateway.api.problems import Refusal
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.telling import PROBLEMS, Telling, Told, told, typed
from gateway.cases_desk import Refused
from gateway.view.my_dates import Appointment
from gateway.web import answering_dates, sending
from gateway.web.answering_dates import WISH, appointment_of_mine
from gateway.web.typed import TEXT

resource = Resource("appointments", __name__, "Answer an appointment; `/dates` lists them.")
PLACE = {"appointment_id": "The `id` of an appointment in `/dates`. One of somebody else is not found."}
OF_BOTH = (*PROBLEMS, "appointment_changed")


class Confirmation(Telling):
    pass


class Wish(Telling):
    times = Typed("Days and times that suit the customer, in their own words.", longest=TEXT, required=True)
    reason = Typed("Why the appointed time does not suit.", longest=TEXT)


@resource.endpoint("POST", "/appointments/<appointment_id>/confirmation", Reach.OWN_PIN, Told, body=Confirmation,
                   problems=OF_BOTH, place=PLACE)
def confirm(body: Mapping[str, Any], appointment_id: str) -> Mapping[str, Any]:
    """Confirm an appointment"""
    answer = answering_dates.confirm(_mine(appointment_id), body["command_id"])
    return told(_accepted(answer), typed({}, ()), "dates.done.confirm_appointment")


@resource.endpoint("POST", "/appointments/<appointment_id>/another-time", Reach.OWN_PIN, Told, body=Wish,
                   problems=OF_BOTH, place=PLACE)
def another_time(body: Mapping[str, Any], appointment_id: str) -> Mapping[str, Any]:
    """Ask for another time

    Until the agency answers, the appointed time still counts.
    """
    said = typed(body, WISH)
    answer = answering_dates.ask_another_time(_mine(appointment_id), said, body["command_id"])
    return told(_accepted(answer), said, "dates.done.request_reschedule")


def _mine(appointment_id: str) -> Appointment:
    found = appointment_of_mine(appointment_id)
    if found is None:
        raise Refusal("not_found")
    return found


def _accepted(answer: sending.Sent | Refused | None) -> sending.Sent | None:
    if isinstance(answer, Refused):
        raise Refusal("not_found" if answer.code == "unknown_appointment" else "appointment_changed")
    return answer
