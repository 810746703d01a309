"""The states in which something is away, too late or not yet there, and what is between two pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

from sqlalchemy import update

from eventkit.decider import Rejected
from gateway.cases_desk import CasesAway
from gateway.own_tables import submissions
from gateway.web.portal import EXTENSION
from servicekit.process import make_engine

from ..web.parts import BOTH, CHOSEN, NEW, NOBODY, PAYEE, PAYOR, PIN, TEMPORARY
from .agency import Agency
from .conftest import log_in
from .reaching import Reach, fill_in, logged_in, sent

NOWHERE = "postgresql+psycopg2://nobody@127.0.0.1:9/none"
ADDRESS = {"line1": "450 Main Street", "city": "Oxnard", "state": "CA", "zip": "93030"}


def _form_expired(page: Any, _agency: Agency) -> None:
    page.goto("/log-in")
    page.context.clear_cookies(name="cc_visit")
    fill_in(page, identifier=BOTH, pin=PIN)


def _too_large(page: Any, _agency: Agency) -> None:
    page.goto("/log-in")
    page.locator("#identifier").evaluate("one => { one.removeAttribute('maxlength'); one.value = '1'.repeat(20000); }")
    fill_in(page, pin=PIN)


def _already_sent(page: Any, agency: Agency) -> None:
    agency.desk.refuse = Rejected("command_reused")
    sent(BOTH, "/my-profile/update/email", email="ana@mail.example")(page, agency)


def _cannot_be_confirmed(page: Any, agency: Agency) -> None:
    agency.desk.refuse = Rejected("not_open")
    sent(BOTH, "/dates", button=".do form button")(page, agency)


def _kept(page: Any, agency: Agency) -> None:
    logged_in(BOTH, "/my-profile/update/address")(page, agency)
    agency.clock.passes(minutes=16)
    fill_in(page, **ADDRESS)


def _database_away(page: Any, agency: Agency) -> None:
    log_in(page, BOTH)
    parts, nowhere = agency.app.extensions[EXTENSION], make_engine(NOWHERE, pool=1)
    agency.app.extensions[EXTENSION] = replace(parts, engine=nowhere, reading=nowhere)
    page.goto("/overview")


def _breaks(error: Exception) -> Reach:
    """A page that fails in a way that none of ours foresees."""

    def fail() -> NoReturn:
        raise error

    def reach(page: Any, agency: Agency) -> None:
        log_in(page, BOTH)
        agency.app.view_functions["my_payments.balances"] = fail
        page.goto("/my-payments/balances")

    return reach


def _desk_away(reach: Reach) -> Reach:
    def reach_it(page: Any, agency: Agency) -> None:
        agency.desk.away = True
        reach(page, agency)

    return reach_it


def _auth_away(page: Any, agency: Agency) -> None:
    log_in(page, NEW, TEMPORARY)
    agency.auth.away = True
    fill_in(page, new_pin=CHOSEN, again=CHOSEN)


def _not_yet_seen(reach: Reach) -> Reach:
    """As if the view lagged behind; that it is waited for is a test of its own, and takes two seconds."""

    def reach_it(page: Any, agency: Agency) -> None:
        reach(page, agency)
        assert agency.facts.engine
        with agency.facts.engine.begin() as conn:
            conn.execute(update(submissions).values(version=1000))
        page.reload()

    return reach_it


def _told_of_a_new_pin(page: Any, agency: Agency) -> None:
    agency.auth.pin_changed(BOTH)
    logged_in(BOTH, "/overview")(page, agency)


def _older(path: str) -> Reach:
    def reach(page: Any, agency: Agency) -> None:
        logged_in(BOTH, path)(page, agency)
        page.locator(".usa-pagination__link[rel=next]").click()
        page.wait_for_url("**?after=*")

    return reach


OF_TROUBLE: dict[str, Reach] = {
    "form_expired": _form_expired,
    "bad_request": _too_large,
    "already_sent": _already_sent,
    "session_expired_kept": _kept,
    "not_found_logged_in": logged_in(PAYEE, "/my-cases/C2"),
    "down": _database_away,
    "unexpected": _breaks(ZeroDivisionError()),
    "cases_away": _breaks(CasesAway()),
    "new_pin_away": _auth_away,
    "update_away": _desk_away(sent(BOTH, "/my-profile/update/address", **ADDRESS)),
    "another_time_away": _desk_away(sent(BOTH, "/dates/appointments/A1/another-time", times="Mondays")),
    "other_party_away": _desk_away(sent(PAYEE, "/my-profile/other-party", employer="Acme", ssn="900 12 3456")),
    "dates_away": _desk_away(sent(BOTH, "/dates", button=".do form button")),
    "dates_changed": _cannot_be_confirmed,
    "dates_received": _not_yet_seen(sent(BOTH, "/dates", button=".do form button")),
    "another_time_received": _not_yet_seen(sent(BOTH, "/dates/appointments/A1/another-time", times="Mondays")),
    "update_received": _not_yet_seen(sent(BOTH, "/my-profile/update/phones", phone_home="805 555 0142")),
    "other_party_received": _not_yet_seen(sent(PAYEE, "/my-profile/other-party", employer="Acme")),
    "other_party_no_case": logged_in(NOBODY, "/my-profile/other-party"),
    "where_ended": logged_in(BOTH, "/my-profile/where-logged-in?ended="),
    "overview_new_pin": _told_of_a_new_pin,
    "payments_made_older": _older("/my-payments/made-by-me"),
    "payments_made_end_before": logged_in(PAYOR, "/my-payments/made-by-me?from=2026-05-02&to=2026-05-01"),
    "payments_made_unknown": logged_in(PAYOR, "/my-payments/made-by-me?case=C9&how=nothing"),
    "payments_sent_wrong_days": logged_in(PAYEE, "/my-payments/sent-to-me?from=soon"),
    "payments_made_none_chosen": logged_in(BOTH, "/my-payments/made-by-me?from=2030-01-01"),
}
