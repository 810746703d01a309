"""Every page and state of the portal, and how to get there in a browser."""

from __future__ import annotations

import os
from typing import Any

from ..web.parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, SSN, TEMPORARY
from .agency import Agency
from .conftest import log_in
from .reaching import Reach, goto, logged_in, opened, submitted
from .states_at_length import OF_MUCH
from .states_of_cases import OF_CASES
from .states_of_trouble import OF_TROUBLE


def _auth_away(page: Any, agency: Agency) -> None:
    agency.auth.away = True
    submitted("/log-in", identifier=BOTH, pin="482913")(page, agency)


def _again_while_away(page: Any, agency: Agency) -> None:
    _auth_away(page, agency)
    page.goto("/log-in")


def _too_many(page: Any, _agency: Agency) -> None:
    page.goto("/request-a-pin")
    for _ in range(11):
        submitted("/request-a-pin", identifier=BOTH)(page, _agency)


def _weak_pin(page: Any, agency: Agency) -> None:
    log_in(page, NEW, TEMPORARY)
    submitted("/new-pin", new_pin="123456", again="123456")(page, agency)


def _changed(page: Any, agency: Agency) -> None:
    log_in(page, NEW, TEMPORARY)
    submitted("/new-pin", new_pin="640275", again="640275")(page, agency)


def _expired(page: Any, agency: Agency) -> None:
    log_in(page, BOTH)
    agency.auth.pin_changed(BOTH)
    page.goto("/my-payments")


def _logged_out(page: Any, agency: Agency) -> None:
    log_in(page, BOTH)
    page.locator(".log-out button").click()
    page.wait_for_load_state()


def _own_pin(current: str, new: str) -> Reach:
    def reach(page: Any, _agency: Agency) -> None:
        log_in(page, BOTH)
        submitted("/my-profile/change-pin", current_pin=current, new_pin=new, again=new)(page, _agency)

    return reach


def _two_sessions(page: Any, _agency: Agency) -> None:
    log_in(page, BOTH)
    page.context.clear_cookies(name="cc_session")
    log_in(page, BOTH)
    page.goto("/my-profile/where-logged-in")


def _warned(page: Any, _agency: Agency) -> None:
    """As if 13 minutes had passed."""
    page.clock.install()
    log_in(page, BOTH)
    page.route("**/session", lambda route: route.fulfill(json={"seconds": 145, "words": ""}))
    page.clock.fast_forward(755_000)
    page.locator("#session-warning").wait_for()


STATES: dict[str, Reach] = {
    **OF_CASES,
    **OF_TROUBLE,
    **OF_MUCH,
    "home": goto("/"),
    "log_in": goto("/log-in"),
    "log_in_wrong": submitted("/log-in", identifier=BOTH, pin="739284"),
    "log_in_incomplete": submitted("/log-in", identifier=SSN[:4], pin=""),
    "request_pin": goto("/request-a-pin"),
    "request_pin_wrong": submitted("/request-a-pin", identifier="12"),
    "request_pin_done": goto("/request-a-pin/done"),
    "new_pin": lambda page, _agency: log_in(page, NEW, TEMPORARY),
    "new_pin_weak": _weak_pin,
    "new_pin_saved": _changed,
    "payments_made": logged_in(BOTH, "/my-payments/made-by-me"),
    "payments_made_held": logged_in(PAYOR, "/my-payments/made-by-me"),
    "payments_made_open": opened(BOTH, "/my-payments/made-by-me"),
    "payments_made_divided": opened(PAYOR, "/my-payments/made-by-me"),
    "payments_received": logged_in(PAYEE, "/my-payments/received-for-my-case"),
    "payments_received_open": opened(PAYEE, "/my-payments/received-for-my-case"),
    "payments_sent_open": opened(PAYEE, "/my-payments/sent-to-me"),
    "payments_refund_open": opened(PAYOR, "/my-payments/sent-to-me"),
    "balances": logged_in(BOTH, "/my-payments/balances"),
    "balances_payee": logged_in(PAYEE, "/my-payments/balances"),
    "balances_empty": logged_in(NOBODY, "/my-payments/balances"),
    "statements": logged_in(BOTH, "/my-payments/statements"),
    "statements_payee": logged_in(PAYEE, "/my-payments/statements"),
    "statements_empty": logged_in(NOBODY, "/my-payments/statements"),
    "statement_payor": logged_in(BOTH, "/my-payments/statements/C1/2026-10"),
    "statement_payee": logged_in(PAYEE, "/my-payments/statements/C1/2026-10"),
    "statement_nothing_paid": logged_in(BOTH, "/my-payments/statements/C1/2026-09"),
    "statement_paid_ahead": logged_in(PAYOR, "/my-payments/statements/C2/2026-10"),
    "payments_received_empty": logged_in(NOBODY, "/my-payments/received-for-my-case"),
    "payments_sent": logged_in(PAYEE, "/my-payments/sent-to-me"),
    "payments_empty": logged_in(NOBODY),
    "overview": logged_in(BOTH, "/overview"),
    "overview_payor": logged_in(PAYOR, "/overview"),
    "overview_payee": logged_in(PAYEE, "/overview"),
    "overview_empty": logged_in(NOBODY, "/overview"),
    "payments_made_filtered": logged_in(BOTH, "/my-payments/made-by-me?from=2026-03-01&to=9/30/2026&how=UIB&case=C1"),
    "payments_made_chosen": logged_in(BOTH, "/my-payments/made-by-me?from=2026-03-01&to=9/30/2026&months=24"),
    "payments_made_wrong_days": logged_in(PAYOR, "/my-payments/made-by-me?from=2026-02-30&to=soon&case=C2"),
    "own_pin": logged_in(BOTH, "/my-profile/change-pin"),
    "own_pin_wrong": _own_pin("", "123456"),
    "own_pin_done": _own_pin("482913", "640275"),
    "where_logged_in": logged_in(BOTH, "/my-profile/where-logged-in"),
    "where_logged_in_twice": _two_sessions,
    "session_warning": _warned,
    "help": goto("/help"),
    "help_word": goto("/help#past_due"),
    "contact": goto("/contact"),
    "offices": goto("/offices"),
    "offices_found": goto("/offices?county=san"),
    "offices_none": goto("/offices?county=Nowhere"),
    "privacy": goto("/privacy"),
    "accessibility": goto("/accessibility"),
    "safety": goto("/safety"),
    "logged_out": _logged_out,
    "session_expired": _expired,
    "not_found": goto("/nothing-here"),
    "auth_away": _auth_away,
    "log_in_away": _again_while_away,
    "too_many": _too_many,
    "api_docs": goto("/api/docs"),
}
EVERYWHERE = os.environ.get("CC_PAGES") == "all"
"""`make pages`: all there is of everything. Else what tells most, for a machine of two cores has forty minutes."""
USUAL = [state for state in STATES if EVERYWHERE or state not in OF_TROUBLE | OF_MUCH]
"""What is looked at in further ways; axe and the smallest screen go over all of them each time (`test_pages.py`)."""
