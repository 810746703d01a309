"""Court dates and appointments: what to bring, saying yes, asking for another time, the calendar."""

from __future__ import annotations

from playwright.sync_api import expect

from ...web.parts import BOTH, PAYEE, PAYOR
from .task import task
from .visitor import Visitor


def opens_dates(visitor: Visitor, person: str) -> None:
    visitor.logs_in(person)
    visitor.goes_to("dates.nav")
    visitor.is_at("dates.title")


@task("dates.listed")
def see_when_and_where_to_be_and_what_to_bring(visitor: Visitor) -> None:
    opens_dates(visitor, BOTH)
    for said in ("dates.appointment.type.interview", "dates.bring.pay_stubs", "dates.attend.must",
                 "dates.attend.in_person", "dates.hearing.off", "dates.past"):
        visitor.sees(said)
    visitor.reads("Stanley Mosk Courthouse, Dept. 2F", f"CANARYplace{BOTH}")


@task("dates.listed")
def learn_that_an_appointment_is_off(visitor: Visitor) -> None:
    opens_dates(visitor, PAYOR)
    visitor.sees("dates.appointment.off")
    expect(visitor.main.get_by_role("button")).to_have_count(0)


@task("dates.listed")
def confirm_an_appointment(visitor: Visitor) -> None:
    opens_dates(visitor, BOTH)
    visitor.presses("dates.confirm")
    visitor.sees("dates.done.confirm_appointment.seen")
    visitor.sees("dates.appointment.status.confirmed")
    expect(visitor.main.get_by_role("button")).to_have_count(0)
    assert [name for name, _ in visitor.agency.desk.done] == ["confirm_appointment"]


@task("dates.another_time")
def ask_for_another_time(visitor: Visitor) -> None:
    opens_dates(visitor, PAYEE)
    visitor.follows("dates.another_time")
    visitor.is_at("another_time.title")
    visitor.fills("another_time.reason", "Work")
    visitor.presses("another_time.button")
    visitor.must_mend("another_time.times.missing")
    visitor.has_typed("another_time.reason", "Work")
    visitor.fills("another_time.times", "Los lunes")
    visitor.presses("another_time.button")
    visitor.sees("dates.done.request_reschedule.seen")
    visitor.reads("CC-7K3M-9QP1")
    visitor.sees("dates.appointment.status.reschedule_requested")
    visitor.sees("dates.still_stands")
    assert visitor.agency.desk.done == [("request_reschedule", {"times": "Los lunes", "reason": "Work"})]


@task("dates.appointment_file", "dates.hearing_file")
def take_dates_to_the_calendar(visitor: Visitor) -> None:
    opens_dates(visitor, BOTH)
    visitor.sees("dates.calendar.says")
    for nth in range(2):
        name, content = visitor.takes_along("dates.calendar", nth)
        assert name == "date.ics" and b"BEGIN:VEVENT" in content
        assert f"SUMMARY:{visitor.says('calendar.title')}" in content.decode()
