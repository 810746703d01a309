"""Monthly statements: a list of them, newest first, each as a page and as PDF. Both sides of a case have their own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, render_template, request

from gateway.paper.statement import StatementContent, render
from gateway.view import reading
from gateway.view import statements as issued
from gateway.view.statements import Statement
from gateway.web.access import Access, Pages
from gateway.web.asking import cursor_of, month_of
from gateway.web.forms import knock
from gateway.web.portal import portal, signed_in, text, today, visitor
from gateway.web.statement_words import content
from gateway.web.words import brand

pages = Pages("statements", __name__)


@pages.page("/my-payments/statements", Access.SESSION)
def listed() -> str:
    viewer = signed_in().participant_id
    with portal().reading.connect() as conn:
        mine, as_of = reading.cases_and_as_of(conn, viewer, "payments")
        page = issued.listed(conn, viewer, cursor_of(request.args))
    labels = {case.case_id: case.label for case in mine}
    return render_template("statements.html", page=page, labels=labels, as_of=as_of, query=_query)


@pages.page("/my-payments/statements/<case_id>/<month>", Access.SESSION)
def one(case_id: str, month: str) -> str:
    found, words = _found(case_id, month)
    return render_template("statement.html", statement=found, words=words, month_code=month)


@pages.page("/my-payments/statements/<case_id>/<month>/statement.pdf", Access.SESSION)
def pdf(case_id: str, month: str) -> Response:
    _, words = _found(case_id, month)
    knock("pdf", signed_in().participant_id)
    our = brand()
    foot = [text("files.call", phone=our["phone"], tty=our["tty"])]
    response = Response(render(words, visitor().language, our, foot, text("files.page"), today()),
                        content_type="application/pdf")
    # under a name that says neither whose it is nor of which case: it may lie about
    response.headers["Content-Disposition"] = f'attachment; filename="{text("statements.file_name")}-{month}.pdf"'
    return response


def _found(case_id: str, month: str) -> tuple[Statement, StatementContent]:
    """That of somebody else is as little found as one that is not there."""
    viewer, first = signed_in().participant_id, month_of(month)
    if first is None:
        abort(404)
    with portal().reading.connect() as conn:
        found = issued.statement(conn, viewer, case_id, first)
        labels = reading.case_labels(conn, viewer)
    if found is None:
        abort(404)
    return found, content(found, labels.get(case_id, case_id))


def _query(**place: Any) -> str:
    return f"?{urlencode(place)}"
