"""Provide Other Party's Information: what is told goes in and never comes out."""

from __future__ import annotations

from playwright.sync_api import expect

from ...web.parts import BOTH, PAYEE
from .task import task
from .visitor import Visitor


def opens_the_form(visitor: Visitor, person: str) -> None:
    visitor.logs_in(person)
    visitor.goes_to("my_profile.title")
    visitor.turns_to("other_party.title")
    visitor.sees("other_party.rule.untold")


@task("other_party.form", "other_party.done", "my_profile.requests")
def report_with_a_concern_about_safety(visitor: Visitor) -> None:
    opens_the_form(visitor, PAYEE)
    visitor.ticks("other_party.safety")
    visitor.fills("other_party.names_aliases", "Rob")
    visitor.fills("other_party.employer", "Acme, 12 Dock Street")
    visitor.presses("other_party.button")
    visitor.is_at("other_party.done.title")
    visitor.sees("other_party.done.seen")
    visitor.reads("CC-7K3M-9QP1")
    visitor.does_not_read("Rob", "Acme")
    assert visitor.agency.desk.done == [("report_other_party", {
        "case_id": "C1", "names_aliases": "Rob", "employer": "Acme, 12 Dock Street", "safety_concern": True})]
    visitor.follows("requests.title")
    visitor.reads("CC-7K3M-9QP1")
    visitor.sees("requests.kind.other_party_report")
    visitor.does_not_read("Rob", "Acme")


@task("other_party.form")
def find_nothing_of_it_in_the_form_again(visitor: Visitor) -> None:
    opens_the_form(visitor, PAYEE)
    visitor.fills("other_party.names_aliases", "Rob")
    visitor.presses("other_party.button")
    visitor.is_at("other_party.done.title")
    visitor.goes_back()
    visitor.has_typed("other_party.names_aliases", "")
    visitor.goes_to("my_profile.title")
    visitor.turns_to("other_party.title")
    visitor.has_typed("other_party.names_aliases", "")


@task("other_party.form")
def mend_a_report_and_type_the_ssn_again(visitor: Visitor) -> None:
    opens_the_form(visitor, BOTH)
    visitor.fills("other_party.ssn", "900 12 3456")
    visitor.fills("other_party.phone", "12")
    visitor.fills("typed.date.year", "1985")
    visitor.presses("other_party.button")
    visitor.must_mend("other_party.case.missing")
    visitor.must_mend("typed.any_phone")
    visitor.has_typed("other_party.phone", "12")
    visitor.has_typed("typed.date.year", "1985")
    visitor.has_typed("other_party.ssn", "")
    expect(visitor.page.locator("body")).not_to_contain_text("900 12 3456")
    chosen = f"{visitor.says('payments.of_case', number='C2')}. {visitor.says('balances.role.payee')}"
    visitor.tick(visitor.group("other_party.case").get_by_label(chosen))
    visitor.fills("other_party.phone", "805 555 0142")
    visitor.fills("other_party.ssn", "900 12 3456")
    visitor.presses("other_party.button")
    visitor.is_at("other_party.done.title")
    (_, report), = visitor.agency.desk.done
    assert report["case_id"] == "C2" and report["ssn"] == "900123456" and not report["safety_concern"]


@task("other_party.form")
def cannot_send_an_empty_report(visitor: Visitor) -> None:
    opens_the_form(visitor, PAYEE)
    visitor.presses("other_party.button")
    visitor.must_mend("other_party.nothing")
    assert not visitor.agency.desk.done
