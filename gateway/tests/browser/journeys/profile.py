"""Update My Information: each part of it by itself, how the agency gets in touch, and what became of each request."""

from __future__ import annotations

from ...web.parts import BOTH, NOBODY, PAYEE
from .task import task
from .visitor import Visitor

CONFIRMED = "CC-7K3M-9QP1"


def opens_change_of(visitor: Visitor, part: str, person: str = BOTH) -> None:
    visitor.logs_in(person)
    visitor.goes_to("my_profile.title")
    visitor.follows("profile.change", what=visitor.says(f"profile.part.{part}"))
    visitor.is_at(f"update.heading.{part}")


def is_told_it_is_saved(visitor: Visitor) -> None:
    visitor.sees("update.done.seen")
    visitor.reads(CONFIRMED)


@task("my_profile.show", "my_information.form")
def change_the_address(visitor: Visitor) -> None:
    opens_change_of(visitor, "address")
    for label, words in (("line1", "450 Main Street"), ("line2", "Apt 4"), ("city", "Oxnard"), ("state", "CA"),
                         ("zip", "930")):
        visitor.fills(f"update.{label}", words)
    visitor.presses("update.button")
    visitor.must_mend("typed.zip")
    visitor.has_typed("update.line1", "450 Main Street")
    visitor.has_typed("update.line2", "Apt 4")
    visitor.fills("update.zip", "93030")
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    assert visitor.agency.desk.done == [("update_contact", {"address": {
        "line1": "450 Main Street", "line2": "Apt 4", "city": "Oxnard", "state": "CA", "zip": "93030"}})]


@task("my_information.form")
def add_a_phone_number_and_remove_another(visitor: Visitor) -> None:
    opens_change_of(visitor, "phones")
    visitor.presses("update.button")
    visitor.must_mend("update.nothing")
    visitor.fills("update.new_number", "(805) 555-0142", visitor.group("profile.phone_home"))
    visitor.ticks("update.remove", visitor.group("profile.phone_mobile"))
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    assert visitor.agency.desk.done == [("update_contact", {"phone_mobile": None, "phone_home": "805-555-0142"})]
    visitor.switches_language()
    is_told_it_is_saved(visitor)


@task("my_information.form")
def change_the_e_mail(visitor: Visitor) -> None:
    opens_change_of(visitor, "email")
    visitor.fills("update.email", "ana")
    visitor.presses("update.button")
    visitor.must_mend("typed.email")
    visitor.has_typed("update.email", "ana")
    visitor.fills("update.email", "ana@mail.example")
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    assert visitor.agency.desk.done == [("update_contact", {"email": "ana@mail.example"})]


@task("my_information.form")
def name_a_new_employer(visitor: Visitor) -> None:
    opens_change_of(visitor, "employer", PAYEE)
    visitor.fills("update.employer_city", "Oxnard")
    visitor.presses("update.button")
    visitor.must_mend("update.missing.employer_name")
    visitor.fills("update.employer_name", "Acme")
    visitor.fills("update.employer_phone", "805 555 0199")
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    assert visitor.agency.desk.done == [
        ("update_contact", {"employer": {"name": "Acme", "phone": "805-555-0199", "city": "Oxnard"}})]


@task("my_information.form")
def remove_the_employer(visitor: Visitor) -> None:
    opens_change_of(visitor, "employer")
    visitor.ticks("update.remove_employer")
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    assert visitor.agency.desk.done == [("update_contact", {"employer": None})]


@task("my_information.form")
def choose_how_the_agency_gets_in_touch(visitor: Visitor) -> None:
    opens_change_of(visitor, "preferences")
    visitor.tick(visitor.group("update.language").get_by_label("Español"))
    visitor.ticks("update.no", visitor.group("update.email_notices"))
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    visitor.sees("profile.language.es")
    visitor.sees("profile.email_notices.no")
    assert visitor.agency.desk.done == [
        ("set_preferences", {"participant_id": BOTH, "language": "es", "email_notices": False})]


@task("my_profile.requests")
def read_the_answer_of_the_agency(visitor: Visitor) -> None:
    visitor.logs_in(BOTH)
    visitor.goes_to("my_profile.title")
    visitor.turns_to("requests.title")
    for said in ("requests.kind.contact_update", "requests.status.answered", "requests.answer.need_more",
                 "requests.kind.reschedule", "requests.status.received"):
        visitor.sees(said)
    visitor.reads("CC-AAAA-2222", f"CANARYanswer{BOTH}")


@task("my_profile.requests", "my_information.form")
def follow_a_change_until_it_is_answered(visitor: Visitor) -> None:
    opens_change_of(visitor, "phones", NOBODY)
    visitor.fills("update.new_number", "805 555 0142", visitor.group("profile.phone_work"))
    visitor.presses("update.button")
    is_told_it_is_saved(visitor)
    visitor.turns_to("requests.title")
    visitor.reads(CONFIRMED)
    visitor.sees("requests.status.received")
    visitor.agency.facts.request(CONFIRMED, NOBODY, status="answered", answer="done")
    visitor.page.reload()
    visitor.sees("requests.answer.done")
