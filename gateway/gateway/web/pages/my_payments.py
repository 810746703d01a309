"""My Payments: made by me, received for my cases, and sent to me, newest first; and what is owed. Only the view is
read: it answers when no service does."""

from datetime import date

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.view import balances as owed
from gateway.view import reading
from gateway.view.choosing import Choice, Kind, sums_by_month
from gateway.view.paging import Page
from gateway.view.payment_rows import Made, Received, Sent
from gateway.web.access import Access, Pages
from gateway.web.asking import METHODS, MONTHS, SOURCES, asked, cases_listed
from gateway.web.cells import way_said
from gateway.web.chart import HEIGHT, WIDTH, chart, said
from gateway.web.lines import Lines
from gateway.web.portal import portal, signed_in, today, visitor
from gateway.web.words import stories

pages = Pages("my_payments", __name__)
NOTHING: Page[Made | Sent | Received] = Page((), None, None)


@pages.page("/my-payments", Access.SESSION)
def choose() -> AnyResponse:
    """The list that has something in it; most customers have only one."""
    with portal().reading.connect() as conn:
        has = reading.has_payments(conn, signed_in().participant_id)
    return redirect(url_for("my_payments.sent" if has["sent"] and not has["made"] else "my_payments.made"), 303)


@pages.page("/my-payments/made-by-me", Access.SESSION)
def made() -> Response:
    return _list("made")


@pages.page("/my-payments/received-for-my-case", Access.SESSION)
def received() -> Response:
    return _list("received")


@pages.page("/my-payments/sent-to-me", Access.SESSION)
def sent() -> Response:
    return _list("sent")


@pages.page("/my-payments/balances", Access.SESSION)
def balances() -> str:
    viewer = signed_in().participant_id
    with portal().reading.connect() as conn:
        found = owed.balances(conn, viewer, today())
        as_of = reading.as_of(conn, "payments")
    return render_template("balances.html", balances=found, as_of=as_of)


def _list(kind: Kind) -> Response:
    viewer = signed_in().participant_id
    with portal().reading.connect() as conn:
        mine, as_of = reading.cases_and_as_of(conn, viewer, "payments")
        query = asked(request.args, kind, mine)
        page, sums = NOTHING, []
        if not query.errors:
            page = reading.payments(conn, viewer, kind, query.cursor, choice=query.choice)
            sums = list(sums_by_month(conn, viewer, kind, query.choice))
    labels = {case.case_id: case.label for case in mine}
    drawn = chart(sums, _last_month(query.choice), query.months) if sums else None
    answer = render_template(
        "my_payments.html", kind=kind, asked=query, page=page, as_of=as_of,
        months=Lines(stories(), labels).by_month(page.rows),
        chart=drawn, bars=said(drawn, visitor().language) if drawn else (), size=(WIDTH, HEIGHT),
        spans=MONTHS, cases=[(case.case_id, case.label) for case in cases_listed(kind, mine)],
        ways=[(how, way_said(how)) for how in (*SOURCES, *METHODS)], way_said=way_said,
        case_label=lambda case_id: labels.get(case_id, case_id))
    return make_response(answer, 422 if query.errors else 200)


def _last_month(choice: Choice) -> date:
    """The chart ends with the last day that was chosen, or today."""
    return min(choice.until, today()) if choice.until else today()
