"""A list to take along: the file says what the page says, all of it, and no cell of it can become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from gateway.view import reading
from gateway.web.cells import FOR_PROGRAMS
from gateway.web.spreadsheet import MARK, guarded, spreadsheet

from ..facts import Facts, share
from .parts import BOTH, NOBODY, PAYEE, PAYOR, Clock, Visitor

LISTS = ("made-by-me", "sent-to-me", "received-for-my-case")
CANARY = "canary"


def rows_of(answer: TestResponse) -> list[list[str]]:
    text = answer.get_data().decode("utf-8")
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


def words_in_pdf(content: bytes) -> str:
    """What a reader's program finds in it."""
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_a_file_has_all_rows_that_the_page_would_show(visitor: Visitor, engine: Engine) -> None:
    visitor.log_in(BOTH)
    heading, *rows = rows_of(visitor.get("/my-payments/made-by-me/list.csv"))
    assert heading == ["Received on", "How it was paid", "Case", "What became of it", "Note", "Counts", "Amount",
                       "Records as of"]
    assert rows[0][:-1] == ["2026-10-21", "Withheld from pay", "FL-22-0001", "Reversed",
                       "Returned by the bank, 2026-11-02", "No", "200.29"]
    with engine.connect() as conn:
        found = reading.payments(conn, BOTH, "made", limit=99).rows
    assert [(row[0], row[-2]) for row in rows] == [
        (one.on.isoformat(), FOR_PROGRAMS.amount(one.amount_cents)) for one in found]


def test_it_is_in_the_readers_language(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    answer = visitor.get("/my-payments/sent-to-me/list.csv?lang=es")
    assert re.fullmatch(r'attachment; filename="pagos-enviados-2026-11-03\.csv"', answer.headers["Content-Disposition"])
    heading, *rows = rows_of(answer)
    assert heading[0] == "Enviado el" and rows[1][1:4] == ["Depósito directo", "FL-22-0001", "Enviado"]
    assert heading[-1] == "Registro al"


def test_each_row_says_as_of_when_what_the_page_says(visitor: Visitor, engine: Engine) -> None:
    """To the minute on the agency's clock, as a spreadsheet reads a time; a row cut out and mailed on says it still."""
    visitor.log_in(PAYEE)
    with engine.connect() as conn:
        known = reading.as_of(conn, "payments")
    assert known
    here = known.astimezone(ZoneInfo("America/Los_Angeles"))
    for path in ("sent-to-me", "received-for-my-case"):
        _, *rows = rows_of(visitor.get(f"/my-payments/{path}/list.csv"))
        assert {row[-1] for row in rows} == {here.strftime("%Y-%m-%d %H:%M")}
        assert moment_in(visitor.get(f"/my-payments/{path}?lang=en")) == here.strftime("%B %-d, %Y, %-I:%M %p")


def moment_in(page: TestResponse) -> str:
    found = re.search(r"Payment records as of ([^<]+)<", page.text)
    assert found
    return " ".join(found.group(1).split())


def test_it_keeps_to_what_was_chosen(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    _, *rows = rows_of(visitor.get("/my-payments/made-by-me/list.csv?from=2026-03-01&to=3/31/2026"))
    assert [row[0] for row in rows] == ["2026-03-21", "2026-03-11", "2026-03-01"]


@pytest.mark.parametrize("ending", ["csv", "pdf"])
def test_what_cannot_be_chosen_is_named_on_the_page(visitor: Visitor, ending: str) -> None:
    visitor.log_in(BOTH)
    answer = visitor.get(f"/my-payments/made-by-me/list.{ending}?from=never&case=C1")
    assert answer.status_code == 422 and answer.request.path == "/my-payments/made-by-me"
    assert "Write the first day as month, day and year" in answer.text and 'value="never"' in answer.text


def test_who_has_no_payments_gets_a_file_of_none(visitor: Visitor) -> None:
    visitor.log_in(NOBODY)
    for path in LISTS:
        assert len(rows_of(visitor.get(f"/my-payments/{path}/list.csv"))) == 1
        assert visitor.get(f"/my-payments/{path}/list.pdf").get_data().startswith(b"%PDF")


def test_more_rows_than_are_read_at_once(visitor: Visitor, facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.web.pages.payment_files.ROWS_AT_ONCE", 7)
    visitor.log_in(BOTH)
    _, *rows = rows_of(visitor.get("/my-payments/made-by-me/list.csv"))
    assert len(rows) == len({tuple(row) for row in rows}) == 30


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("language", "of"), [("en", "Page 1 of"), ("es", "Página 1 de")])
def test_a_pdf_is_tagged_titled_and_in_the_readers_language(visitor: Visitor, path: str, language: str,
                                                            of: str) -> None:
    visitor.log_in(BOTH)
    answer = visitor.get(f"/my-payments/{path}/list.pdf?lang={language}")
    assert answer.mimetype == "application/pdf"
    found = pypdf.PdfReader(io.BytesIO(answer.get_data()))
    catalog = found.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and str(catalog["/Lang"]).startswith(language)
    assert found.metadata and found.metadata.title and catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert of in words_in_pdf(answer.get_data())


def test_the_pdf_says_what_the_page_says(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    words = words_in_pdf(visitor.get("/my-payments/made-by-me/list.pdf?from=2026-09-01").get_data())
    for told in ("Payments Made By Me", "from September 1, 2026", "Tax refund", "We are finding out which case",
                 "$250.00", "Payment records as of November 3, 2026"):
        assert told in " ".join(words.split()), told


def test_what_is_asked_for_too_often_waits(visitor: Visitor, clock: Clock) -> None:
    visitor.log_in(BOTH)
    asked = [visitor.get("/my-payments/sent-to-me/list.pdf").status_code for _ in range(31)]
    assert asked == [200] * 30 + [429]


OF_THE_PAYOR = re.compile(r"withheld|retenido del sueldo|tax|impuestos|electronic payment\b(?! card)|money order|giro"
                          r"|the bank|el banco|1000000001|R2\d\b|canary", re.I)


def test_the_familys_files_say_nothing_of_how_the_payor_paid(visitor: Visitor, facts: Facts) -> None:
    facts.tell("payments", "collection_received", "receipt-R90", receipt_id="R90", payor_id=BOTH, case_id="C1",
               amount_cents=7_700, received_on="2026-11-02", posted_on="2026-11-02", source="STATE_TAX", method="CHECK",
               employer=CANARY, bank=CANARY, remitter=CANARY)
    facts.distributed("R90", BOTH, {**share("C1", 7_700), "remitter": CANARY})
    visitor.log_in(PAYEE)
    for path in LISTS:
        for language in ("en", "es"):
            for query in ("", "&how=TAX_REFUND", "&how=CHECK"):
                file = visitor.get(f"/my-payments/{path}/list.csv?lang={language}{query}").get_data().decode()
                assert not OF_THE_PAYOR.findall(file), path
            pdf = visitor.get(f"/my-payments/{path}/list.pdf?lang={language}").get_data()
            assert not OF_THE_PAYOR.findall(words_in_pdf(pdf)), path
    received = rows_of(visitor.get("/my-payments/received-for-my-case/list.csv?how=CHECK&lang=en"))
    assert any(row[-2] == "77.00" for row in received), "it does not even choose by what it may not see"


def test_nobody_has_rows_of_a_case_of_others(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor()
    visitor.log_in(PAYEE)
    for path in LISTS:
        answer = visitor.get(f"/my-payments/{path}/list.csv?case=C3")
        assert answer.status_code == 422 and "$" not in answer.text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1"])
def test_what_a_program_would_calculate_is_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


def test_a_case_number_that_is_a_formula(visitor: Visitor, facts: Facts) -> None:
    facts.case("C1", [BOTH], [PAYEE], '=HYPERLINK("x")', name="case_changed")
    visitor.log_in(BOTH)
    rows = rows_of(visitor.get("/my-payments/made-by-me/list.csv"))
    assert rows[1][2] == '\'=HYPERLINK("x")'


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1),
                max_size=5))
def test_any_cells_are_read_back_as_they_were(rows: list[list[str]]) -> None:
    written = "".join(spreadsheet(rows))
    found = list(csv.reader(io.StringIO(written.removeprefix(MARK), newline="")))
    assert found == [[guarded(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for cell in row)


@given(st.dates(), st.integers(0, 10**12))
def test_days_and_amounts_for_programs(on: date, cents: int) -> None:
    assert date.fromisoformat(FOR_PROGRAMS.day(on)) == on
    dollars, _, rest = FOR_PROGRAMS.amount(cents).partition(".")
    assert int(dollars) * 100 + int(rest) == cents and len(rest) == 2
