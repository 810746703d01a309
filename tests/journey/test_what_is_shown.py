"""After the journey on the web: all pages, files, answers to an app and calls of each party, and in none the other's
address, telephone number or employer. What was typed here is then searched for by test_zz_canaries.py as well."""

from __future__ import annotations

import pytest
from caller import CALLER_PIN, a_pin_for, dial
from people import CASE, PAYEE, PAYOR, TOLD, Person
from surfing import App, Surfer

from eventkit.testing.processes import wait_until

PINS = ("483916", CALLER_PIN)
"""As chosen in test_web.py, else on the phone."""


@pytest.fixture(scope="module")
def shown(agency) -> dict[Person, dict[str, str]]:
    """After both have told the agency more about themselves than its files did."""
    pins, apps = {}, {}
    for person in (PAYOR, PAYEE):
        a_pin_for(agency, person)
        pins[person] = next(pin for pin in PINS if Surfer(agency.address).log_in(person.participant_id, pin))
        apps[person] = app = App(agency.address)
        app.log_in(person.participant_id, pins[person])
        told = TOLD[person]
        app.tell("/profile/phones", phone_mobile=told.phone)
        app.tell("/profile/employer", employer_name=told.employer)
        wait_until(lambda app=app, told=told: told.phone[-4:] in app.ask("GET", "/profile"), within=30, every=0.5)
    return {person: _all(agency, person, pin, apps[person]) for person, pin in pins.items()}


def _all(agency, person: Person, pin: str, app: App) -> dict[str, str]:
    surfer = Surfer(agency.address)
    assert surfer.log_in(person.participant_id, pin)
    caller = dial(agency).press("1").press(f"{person.participant_id}#").press(f"{pin}#").press("1")
    return {**surfer.everything(), **{f"app {path}": said for path, said in app.everything().items()},
            "call": " ".join(heard.text for heard in caller.heard)}


@pytest.mark.parametrize("person", [PAYOR, PAYEE])
def test_all_kinds_of_what_there_is_were_looked_at(shown, person):
    own = "made-by-me" if person is PAYOR else "sent-to-me"
    for path in ("/my-profile", "/dates", "/my-payments/balances", f"/my-cases/{CASE['case_id']}",
                 f"/my-payments/{own}/list.pdf", f"/my-payments/{own}/list.csv", "app /profile", "app /cases"):
        assert shown[person][path], path
    assert "dollars" in shown[person]["call"] and "$" in shown[person][f"/my-payments/{own}/list.pdf"]
    assert TOLD[person].phone[-4:] in shown[person]["/my-profile"], "one's own is there, masked"


@pytest.mark.parametrize(("person", "other"), [(PAYOR, PAYEE), (PAYEE, PAYOR)])
def test_nothing_of_the_other_party_is_shown(shown, person, other):
    told = TOLD[other]
    canaries = {*other.canaries(), other.participant_id, told.phone, told.phone[-8:], f"•{told.phone[-5:]}",
                *told.employer.split()}
    for path, page in shown[person].items():
        assert not [canary for canary in canaries if canary in page], path
