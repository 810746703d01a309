"""My Payments: made by me, received for my cases, and sent to me, newest first; and what is owed. Only the view is
read: it answers when no service does."""

from collections.abc import Sequence
from itertools import groupby

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.view import balances as owed
from gateway.view import reading
from gateway.view.paging import Cursor
from gateway.view.payment_rows import Made, Received, Sent
from gateway.view.reading import Kind
from gateway.web.access import Access, Pages
from gateway.web.portal import portal, signed_in

pages = Pages("my_payments", __name__)


@pages.page("/my-payments", Access.SESSION)
def choose() -> AnyResponse:
    """The list that has something in it; most customers have only one."""
    with portal().engine.connect() as conn:
        has = reading.has_payments(conn, signed_in().participant_id)
    return redirect(url_for("my_payments.sent" if has["sent"] and not has["made"] else "my_payments.made"), 303)


@pages.page("/my-payments/made-by-me", Access.SESSION)
def made() -> str:
    return _list("made")


@pages.page("/my-payments/received-for-my-case", Access.SESSION)
def received() -> str:
    return _list("received")


@pages.page("/my-payments/sent-to-me", Access.SESSION)
def sent() -> str:
    return _list("sent")


@pages.page("/my-payments/balances", Access.SESSION)
def balances() -> str:
    viewer, parts = signed_in(), portal()
    today = parts.clock().astimezone(parts.zone).date()
    with parts.engine.connect() as conn:
        found = owed.balances(conn, viewer.participant_id, today)
        as_of = reading.as_of(conn, "payments")
    return render_template("balances.html", balances=found, as_of=as_of)


def _list(kind: Kind) -> str:
    viewer, parts = signed_in(), portal()
    with parts.engine.begin() as conn:
        page = reading.payments(conn, viewer.participant_id, kind, _cursor())
        labels = reading.case_labels(conn, viewer.participant_id)
        as_of = reading.as_of(conn, "payments")
        if viewer.notice:
            parts.sessions.notice_shown(conn, viewer)
    return render_template("my_payments.html", kind=kind, page=page, months=_months(page.rows), as_of=as_of,
                           notice=viewer.notice, case_label=lambda case_id: labels.get(case_id, case_id))


def _months(rows: Sequence[Made | Sent | Received]) -> list[list[Made | Sent | Received]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: (row.on.year, row.on.month))]


def _cursor() -> Cursor | None:
    if text := request.args.get("after"):
        return Cursor.decode(text, "after")
    if text := request.args.get("before"):
        return Cursor.decode(text, "before")
    return None
