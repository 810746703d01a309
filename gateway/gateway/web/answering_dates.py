"""Answers to an appointment: that one will come, or a wish for another time, sent to the cases service."""

from __future__ import annotations

from gateway.cases_desk import Command, Refused
from gateway.view import my_dates
from gateway.view.my_dates import Appointment
from gateway.web.portal import portal, signed_in
from gateway.web.sending import Sent, send
from gateway.web.typed import TEXT, Typed

WISH = ("reason", "times")


def appointment_of_mine(appointment_id: str) -> Appointment | None:
    """That of somebody else is as little found as one that is not there."""
    with portal().engine.connect() as conn:
        return my_dates.appointment_of(conn, signed_in().participant_id, appointment_id)


def confirm(appointment: Appointment, key: str | None = None) -> Sent | Refused:
    """Raises what `send` raises."""
    viewer, appointment_id = signed_in().participant_id, appointment.appointment_id

    def command(command_id: str) -> Command:
        return portal().desk.confirm_appointment(command_id, viewer, appointment_id)

    return send("confirm_appointment", {"appointment_id": appointment_id}, command, key)


def ask_another_time(appointment: Appointment, typed: Typed, key: str | None = None) -> Sent | Refused | None:
    """None where the wish cannot be; `typed` then says what is wrong. Raises what `send` raises."""
    typed.needed("times", "another_time.times.missing")
    typed.not_too_long(WISH, TEXT)
    if typed.errors:
        return None
    viewer, appointment_id = signed_in().participant_id, appointment.appointment_id
    wish = {name: typed[name] for name in WISH}

    def command(command_id: str) -> Command:
        return portal().desk.request_reschedule(command_id, viewer, appointment_id, wish)

    return send("request_reschedule", {"appointment_id": appointment_id, **wish}, command, key)
