"""The page after the log-in: of each case the last payment and what became of it, what is owed, what comes next.

Other subjects add a block of their own: a module like `overview_dates.py` reads it, a template of that name shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import render_template

from gateway.view import balances as owed
from gateway.view import reading
from gateway.view.balances import Balance
from gateway.view.last_payments import LastPayments, last_payments
from gateway.view.my_cases import alleged_in
from gateway.view.payment_rows import Made, Received, Sent
from gateway.view.reading import MyCase, PinChange
from gateway.web.access import Access, Pages
from gateway.web.pages import overview_dates, overview_profile
from gateway.web.portal import portal, signed_in, today
from gateway.web.told_last import made_last, received_last, sent_last

pages = Pages("overview", __name__)
PIN_CHANGE_TOLD: Final = timedelta(days=14)


@dataclass(frozen=True)
class CaseAtAGlance:
    """`received` is told only where nothing was sent of it yet."""

    case: MyCase
    made: Made | None
    sent: Sent | None
    received: Received | None
    balance: Balance | None


@pages.page("/overview", Access.SESSION)
def show() -> str:
    session, parts = signed_in(), portal()
    viewer = session.participant_id
    with parts.reading.begin() as conn:
        mine, as_of = reading.cases_and_as_of(conn, viewer, "payments")
        alleged = alleged_in(conn, viewer)
        last = last_payments(conn, viewer)
        balances = {balance.case_id: balance for balance in owed.balances(conn, viewer, today())}
        changed = reading.pin_change(conn, viewer)
        dates = overview_dates.coming(conn, viewer, parts.clock())
        attention = overview_profile.needed(conn, viewer, today())
        if session.notice:
            parts.sessions.notice_shown(conn, session)
    return render_template(
        "overview.html", glances=_glances(mine, last, balances), unapplied=_unapplied(last), as_of=as_of,
        notice=session.notice, pin_change=None if session.notice else _lately(changed), dates=dates,
        attention=attention, alleged=alleged, made_last=made_last, sent_last=sent_last, received_last=received_last)


def _glances(mine: Sequence[MyCase], last: LastPayments, balances: dict[str, Balance]) -> list[CaseAtAGlance]:
    """Those the viewer pays in first, as on the page of balances."""
    ordered = sorted(mine, key=lambda case: (case.role != "payor", case.case_id))
    return [CaseAtAGlance(case, last.made.get(case.case_id), last.sent.get(case.case_id),
                          _not_sent_yet(last, case.case_id), balances.get(case.case_id)) for case in ordered]


def _not_sent_yet(last: LastPayments, case_id: str) -> Received | None:
    received, sent = last.received.get(case_id), last.sent.get(case_id)
    return received if received and (sent is None or received.on > sent.on) else None


def _unapplied(last: LastPayments) -> Made | None:
    """What waits is told however old it is; what went back, while it is the last one."""
    found = last.unapplied
    if found is None or found.status in ("held", "received"):
        return found
    return found if all(found.on >= made.on for made in last.made.values()) else None


def _lately(changed: PinChange | None) -> PinChange | None:
    return changed if changed and portal().clock() - changed.at < PIN_CHANGE_TOLD else None
