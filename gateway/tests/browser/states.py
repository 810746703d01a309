"""Every page and state of the portal, and how to get there in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..web.parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, SSN, TEMPORARY, AuthService
from .conftest import log_in

Reach = Callable[[Any, AuthService], None]


def _goto(path: str) -> Reach:
    return lambda page, _auth: page.goto(path)


def _logged_in(person: str, path: str = "/my-payments") -> Reach:
    def reach(page: Any, _auth: AuthService) -> None:
        log_in(page, person)
        page.goto(path)

    return reach


def _opened(person: str, path: str) -> Reach:
    """With the stories of the newest payments opened."""

    def reach(page: Any, _auth: AuthService) -> None:
        _logged_in(person, path)(page, _auth)
        for summary in page.locator(".story summary").all()[:4]:
            summary.click()

    return reach


def _submitted(path: str, **fields: str) -> Reach:
    def reach(page: Any, _auth: AuthService) -> None:
        page.goto(path)
        for name, value in fields.items():
            page.locator(f"#{name}").fill(value)
        page.locator("form.card button").click()
        page.wait_for_load_state()

    return reach


def _auth_away(page: Any, auth: AuthService) -> None:
    auth.away = True
    _submitted("/log-in", identifier=BOTH, pin="482913")(page, auth)


def _again_while_away(page: Any, auth: AuthService) -> None:
    _auth_away(page, auth)
    page.goto("/log-in")


def _too_many(page: Any, _auth: AuthService) -> None:
    page.goto("/request-a-pin")
    for _ in range(11):
        _submitted("/request-a-pin", identifier=BOTH)(page, _auth)


def _weak_pin(page: Any, auth: AuthService) -> None:
    log_in(page, NEW, TEMPORARY)
    _submitted("/new-pin", new_pin="123456", again="123456")(page, auth)


def _changed(page: Any, auth: AuthService) -> None:
    log_in(page, NEW, TEMPORARY)
    _submitted("/new-pin", new_pin="640275", again="640275")(page, auth)


def _expired(page: Any, auth: AuthService) -> None:
    log_in(page, BOTH)
    auth.pin_changed(BOTH)
    page.goto("/my-payments")


def _logged_out(page: Any, auth: AuthService) -> None:
    log_in(page, BOTH)
    page.locator(".log-out button").click()
    page.wait_for_load_state()


def _sent(person: str, path: str, button: str = "form.card button", **fields: str) -> Reach:
    """A form of one who is logged in, filled in and sent."""

    def reach(page: Any, _auth: AuthService) -> None:
        _logged_in(person, path)(page, _auth)
        for name, value in fields.items():
            where = page.locator(f"#{name}")
            where.check() if value == "on" else where.fill(value)
        page.locator(button).first.click()
        page.wait_for_load_state()

    return reach


def _own_pin(current: str, new: str) -> Reach:
    def reach(page: Any, _auth: AuthService) -> None:
        log_in(page, BOTH)
        _submitted("/my-profile/change-pin", current_pin=current, new_pin=new, again=new)(page, _auth)

    return reach


def _too_many_today(path: str, **fields: str) -> Reach:
    """As many were sent as a day takes; one more is filled in and sent."""

    def reach(page: Any, _auth: AuthService) -> None:
        _logged_in(PAYEE, path)(page, _auth)
        token = page.locator("form.card [name=form_token]").input_value()
        for number in range(20):
            sent = {name: f"{number}{value}" for name, value in fields.items()}
            page.request.post(path, form={"form_token": token, **sent}, max_redirects=0)
        _submitted(path, **fields)(page, _auth)

    return reach


OF_CASES: dict[str, Reach] = {
    "cases": _logged_in(BOTH, "/my-cases"),
    "cases_empty": _logged_in(NOBODY, "/my-cases"),
    "case_payor": _logged_in(BOTH, "/my-cases/C1"),
    "case_payee": _logged_in(PAYEE, "/my-cases/C1"),
    "case_closed": _logged_in(PAYOR, "/my-cases/C3"),
    "dates": _logged_in(BOTH, "/dates"),
    "dates_payee": _logged_in(PAYEE, "/dates"),
    "dates_cancelled": _logged_in(PAYOR, "/dates"),
    "dates_empty": _logged_in(NOBODY, "/dates"),
    "dates_confirmed": _sent(BOTH, "/dates", button=".do form button"),
    "another_time": _logged_in(BOTH, "/dates/appointments/A1/another-time"),
    "another_time_wrong": _sent(BOTH, "/dates/appointments/A1/another-time", reason="x"),
    "another_time_asked": _sent(BOTH, "/dates/appointments/A1/another-time", times="Mondays"),
    "profile": _logged_in(BOTH, "/my-profile"),
    "profile_bad_address": _logged_in(PAYOR, "/my-profile"),
    "profile_empty": _logged_in(NOBODY, "/my-profile"),
    "update_address": _logged_in(BOTH, "/my-profile/update/address"),
    "update_address_wrong": _sent(BOTH, "/my-profile/update/address", city="Oxnard", state="XX", zip="930"),
    "update_phones": _logged_in(BOTH, "/my-profile/update/phones"),
    "update_email_wrong": _sent(BOTH, "/my-profile/update/email", email="x@y.example", remove_email="on"),
    "update_employer": _logged_in(BOTH, "/my-profile/update/employer"),
    "update_preferences": _logged_in(BOTH, "/my-profile/update/preferences"),
    "update_done": _sent(BOTH, "/my-profile/update/phones", phone_home="805 555 0142"),
    "changes_too_many_today": _too_many_today("/my-profile/update/email", email="x@mail.example"),
    "reports_too_many_today": _too_many_today("/my-profile/other-party", employer="Acme"),
    "requests": _logged_in(BOTH, "/my-profile/requests"),
    "requests_empty": _logged_in(NOBODY, "/my-profile/requests"),
    "other_party": _logged_in(BOTH, "/my-profile/other-party"),
    "other_party_one_case": _logged_in(PAYEE, "/my-profile/other-party"),
    "other_party_wrong": _sent(BOTH, "/my-profile/other-party", ssn="900-00", birth_month="13", phone="12"),
    "other_party_done": _sent(PAYEE, "/my-profile/other-party", employer="Acme", ssn="900 12 3456"),
}


def _two_sessions(page: Any, _auth: AuthService) -> None:
    log_in(page, BOTH)
    page.context.clear_cookies(name="cc_session")
    log_in(page, BOTH)
    page.goto("/my-profile/where-logged-in")


def _warned(page: Any, _auth: AuthService) -> None:
    """As if 13 minutes had passed."""
    page.clock.install()
    log_in(page, BOTH)
    page.route("**/session", lambda route: route.fulfill(json={"seconds": 145, "words": ""}))
    page.clock.fast_forward(755_000)
    page.locator("#session-warning").wait_for()


STATES: dict[str, Reach] = {
    **OF_CASES,
    "home": _goto("/"),
    "log_in": _goto("/log-in"),
    "log_in_wrong": _submitted("/log-in", identifier=BOTH, pin="739284"),
    "log_in_incomplete": _submitted("/log-in", identifier=SSN[:4], pin=""),
    "request_pin": _goto("/request-a-pin"),
    "request_pin_wrong": _submitted("/request-a-pin", identifier="12"),
    "request_pin_done": _goto("/request-a-pin/done"),
    "new_pin": lambda page, _auth: log_in(page, NEW, TEMPORARY),
    "new_pin_weak": _weak_pin,
    "new_pin_saved": _changed,
    "payments_made": _logged_in(BOTH, "/my-payments/made-by-me"),
    "payments_made_held": _logged_in(PAYOR, "/my-payments/made-by-me"),
    "payments_made_open": _opened(BOTH, "/my-payments/made-by-me"),
    "payments_made_divided": _opened(PAYOR, "/my-payments/made-by-me"),
    "payments_received": _logged_in(PAYEE, "/my-payments/received-for-my-case"),
    "payments_received_open": _opened(PAYEE, "/my-payments/received-for-my-case"),
    "payments_sent_open": _opened(PAYEE, "/my-payments/sent-to-me"),
    "payments_refund_open": _opened(PAYOR, "/my-payments/sent-to-me"),
    "balances": _logged_in(BOTH, "/my-payments/balances"),
    "balances_payee": _logged_in(PAYEE, "/my-payments/balances"),
    "balances_empty": _logged_in(NOBODY, "/my-payments/balances"),
    "statements": _logged_in(BOTH, "/my-payments/statements"),
    "statements_payee": _logged_in(PAYEE, "/my-payments/statements"),
    "statements_empty": _logged_in(NOBODY, "/my-payments/statements"),
    "statement_payor": _logged_in(BOTH, "/my-payments/statements/C1/2026-10"),
    "statement_payee": _logged_in(PAYEE, "/my-payments/statements/C1/2026-10"),
    "statement_nothing_paid": _logged_in(BOTH, "/my-payments/statements/C1/2026-09"),
    "statement_paid_ahead": _logged_in(PAYOR, "/my-payments/statements/C2/2026-10"),
    "payments_received_empty": _logged_in(NOBODY, "/my-payments/received-for-my-case"),
    "payments_sent": _logged_in(PAYEE, "/my-payments/sent-to-me"),
    "payments_empty": _logged_in(NOBODY),
    "overview": _logged_in(BOTH, "/overview"),
    "overview_payor": _logged_in(PAYOR, "/overview"),
    "overview_payee": _logged_in(PAYEE, "/overview"),
    "overview_empty": _logged_in(NOBODY, "/overview"),
    "payments_made_filtered": _logged_in(BOTH, "/my-payments/made-by-me?from=2026-03-01&to=9/30/2026&how=UIB&case=C1"),
    "payments_made_chosen": _logged_in(BOTH, "/my-payments/made-by-me?from=2026-03-01&to=9/30/2026&months=24"),
    "payments_made_wrong_days": _logged_in(PAYOR, "/my-payments/made-by-me?from=2026-02-30&to=soon&case=C2"),
    "own_pin": _logged_in(BOTH, "/my-profile/change-pin"),
    "own_pin_wrong": _own_pin("", "123456"),
    "own_pin_done": _own_pin("482913", "640275"),
    "where_logged_in": _logged_in(BOTH, "/my-profile/where-logged-in"),
    "where_logged_in_twice": _two_sessions,
    "session_warning": _warned,
    "help": _goto("/help"),
    "help_word": _goto("/help#past_due"),
    "contact": _goto("/contact"),
    "offices": _goto("/offices"),
    "offices_found": _goto("/offices?county=san"),
    "offices_none": _goto("/offices?county=Nowhere"),
    "privacy": _goto("/privacy"),
    "accessibility": _goto("/accessibility"),
    "safety": _goto("/safety"),
    "logged_out": _logged_out,
    "session_expired": _expired,
    "not_found": _goto("/nothing-here"),
    "auth_away": _auth_away,
    "log_in_away": _again_while_away,
    "too_many": _too_many,
    "api_docs": _goto("/api/docs"),
}
