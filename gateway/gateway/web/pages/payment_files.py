"""A list of payments to take along: as CSV for spreadsheets, as PDF to print or keep. What the page shows, and all
of it, not only the rows of one page.

Rows are read a page at a time, each in a short transaction of its own: neither ten years of payments nor a slow reader
holds memory or a connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Response, redirect, request, stream_with_context, url_for
from werkzeug.wrappers import Response as AnyResponse

from gateway.paper import payment_list
from gateway.view import reading
from gateway.view.choosing import Kind
from gateway.view.payment_rows import Made, Received, Sent
from gateway.web.access import Access, Pages
from gateway.web.asking import Asked, asked
from gateway.web.cells import FOR_PROGRAMS, FOR_READERS, cells, headings, way_said
from gateway.web.forms import knock
from gateway.web.portal import portal, signed_in, text, today, visitor
from gateway.web.spreadsheet import spreadsheet
from gateway.web.words import brand, day

pages = Pages("payment_files", __name__)
ROWS_AT_ONCE = 500
LONGEST_PDF = 1000
"""Rows; who has more chooses days."""


@dataclass(frozen=True)
class Wanted:
    """What is to be in the file, and how the viewer's cases are called."""

    kind: Kind
    asked: Asked
    labels: dict[str, str]
    as_of: datetime | None


@pages.page("/my-payments/made-by-me/list.csv", Access.SESSION)
def made_csv() -> AnyResponse:
    return _csv("made")


@pages.page("/my-payments/sent-to-me/list.csv", Access.SESSION)
def sent_csv() -> AnyResponse:
    return _csv("sent")


@pages.page("/my-payments/received-for-my-case/list.csv", Access.SESSION)
def received_csv() -> AnyResponse:
    return _csv("received")


@pages.page("/my-payments/made-by-me/list.pdf", Access.SESSION)
def made_pdf() -> AnyResponse:
    return _pdf("made")


@pages.page("/my-payments/sent-to-me/list.pdf", Access.SESSION)
def sent_pdf() -> AnyResponse:
    return _pdf("sent")


@pages.page("/my-payments/received-for-my-case/list.pdf", Access.SESSION)
def received_pdf() -> AnyResponse:
    return _pdf("received")


def _csv(kind: Kind) -> AnyResponse:
    wanted = _wanted(kind)
    if wanted.asked.errors:
        return _back(wanted)

    known = FOR_PROGRAMS.moment(wanted.as_of) if wanted.as_of else ""

    def lines() -> Iterator[list[str]]:
        """As of when is the last column: seen beside each amount, and no line before the headings to stumble over."""
        yield [*headings(kind), text("files.as_of.column")]
        for row in _rows(wanted):
            yield [*cells(row, wanted.labels, FOR_PROGRAMS), known]

    return _file(Response(stream_with_context(spreadsheet(lines())), content_type="text/csv; charset=utf-8"),
                 wanted, "csv")


def _pdf(kind: Kind) -> AnyResponse:
    wanted = _wanted(kind)
    if wanted.asked.errors:
        return _back(wanted)
    knock("pdf", signed_in().participant_id)
    rows: list[Made | Sent | Received] = []
    for row in _rows(wanted):
        if len(rows) == LONGEST_PDF:
            break
        rows.append(row)
    content = payment_list.PaymentList(
        language=visitor().language, brand=brand(), product=brand()["name"], title=text(f"payments.{kind}.title"),
        shown=_shown(wanted), headings=headings(kind), struck=[not row.counts for row in rows],
        rows=[cells(row, wanted.labels, FOR_READERS) for row in rows], written_on=today(),
        notes=[*([text("files.as_of", moment=FOR_READERS.moment(wanted.as_of))] if wanted.as_of else []),
               *([text("files.longest", count=LONGEST_PDF)] if len(rows) == LONGEST_PDF else []),
               text("files.call", phone=brand()["phone"], tty=brand()["tty"])], page=text("files.page"))
    return _file(Response(payment_list.render(content), content_type="application/pdf"), wanted, "pdf")


def _wanted(kind: Kind) -> Wanted:
    viewer = signed_in().participant_id
    with portal().reading.connect() as conn:
        mine, as_of = reading.cases_and_as_of(conn, viewer, "payments")
    return Wanted(kind, asked(request.args, kind, mine), {case.case_id: case.label for case in mine}, as_of)


def _rows(wanted: Wanted) -> Iterator[Made | Sent | Received]:
    viewer, cursor, engine = signed_in().participant_id, None, portal().reading
    while True:
        with engine.connect() as conn:
            page = reading.payments(conn, viewer, wanted.kind, cursor, ROWS_AT_ONCE, wanted.asked.choice)
        yield from page.rows
        if page.older is None:
            return
        cursor = page.older


def _shown(wanted: Wanted) -> list[str]:
    """What was chosen, in words."""
    choice = wanted.asked.choice
    found = [text("filters.chosen.from", date=day(choice.since))] if choice.since else []
    found += [text("filters.chosen.to", date=day(choice.until))] if choice.until else []
    found += [text("payments.of_case", number=wanted.labels[choice.case_id])] if choice.case_id else []
    return found + ([way_said(choice.how)] if choice.how else [])


def _back(wanted: Wanted) -> AnyResponse:
    """To the page, which names what is wrong."""
    return redirect(url_for(f"my_payments.{wanted.kind}") + wanted.asked.query(), 303)


def _file(response: Response, wanted: Wanted, ending: str) -> Response:
    """Under a name that says neither whose it is nor of which case: it may lie about."""
    name = text(f"files.name.{wanted.kind}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{today()}.{ending}"'
    return response
