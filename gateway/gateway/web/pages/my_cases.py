"""My cases: what each one is, where it stands, its orders, and who to call."""

from collections.abc import Sequence

from flask import abort, render_template

from gateway.offices import Office
from gateway.view import my_cases as reading_cases
from gateway.view import my_dates, reading
from gateway.view.my_cases import Case
from gateway.web.access import Access, Pages
from gateway.web.portal import portal, signed_in

pages = Pages("my_cases", __name__)


@pages.page("/my-cases", Access.SESSION)
def listed() -> str:
    parts, viewer = portal(), signed_in()
    with parts.engine.connect() as conn:
        found = reading_cases.cases_of(conn, viewer.participant_id)
        as_of = reading.as_of(conn, "cases")
    return render_template("my_cases.html", cases=found, as_of=as_of, dependents=_dependents(found))


@pages.page("/my-cases/<case_id>", Access.SESSION)
def one(case_id: str) -> str:
    parts, viewer = portal(), signed_in()
    now = parts.clock()
    with parts.engine.connect() as conn:
        case = reading_cases.case_of(conn, viewer.participant_id, case_id)
        if case is None:
            abort(404)
        orders = reading_cases.orders_of(conn, case_id)
        monthly = reading_cases.monthly_of(conn, case_id, now.astimezone(parts.zone).date())
        dates = [date for date in my_dates.dates_of(conn, viewer.participant_id) if date.case_id == case_id]
        as_of, money_as_of = reading.as_of(conn, "cases"), reading.as_of(conn, "payments")
    coming = [date for date in my_dates.split(dates, now)[0] if not date.off]
    return render_template("my_case.html", case=case, orders=orders, monthly=monthly, office=_office(case), as_of=as_of,
                           money_as_of=money_as_of, next_date=next(iter(coming), None), dependents=_dependents([case]))


def _office(case: Case) -> Office | None:
    return portal().offices.find(case.lcsa)


def _dependents(found: Sequence[Case]) -> dict[str, object]:
    shown = portal().shown
    return {case.case_id: shown.dependents(case.case_id, case.dependents_enc) for case in found if case.dependents_enc}
