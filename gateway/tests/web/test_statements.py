"""Statements as they are read: on the page and as PDF, by who pays and who is paid; what neither says."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pypdf
import pytest

from ..facts import Facts
from .parts import BOTH, NOBODY, PAYEE, PAYOR, Clock, Visitor, main_of, words_of
from .test_files import OF_THE_PAYOR, words_in_pdf

ONE = "/my-payments/statements/C1/2026-10"
TOLD = ("Statement for October 2026", "From October 1, 2026 to October 31, 2026", "Issued on November 2, 2026",
        "takes the place of an earlier one", "Previous balance $575.00", "New charges: child support $500.00",
        "New charges: medical support $75.00", "Payments received -$400.55", "Adjustments -$24.90",
        "Interest added $43.12", "Balance on October 31, 2026 $767.67", "Support for October 2026, not paid $575.00",
        "Past due $149.55", "Interest $43.12", "Total owed $767.67")
FOR_THE_PAYOR = ("Asked each month toward what is past due $50.00", "To avoid more interest, pay $724.55",
                 "October 1, 2026 Withheld from pay $200.27", "October 11, 2026 Tax refund $200.28",
                 "October 21, 2026 Check $200.29", "October 21, 2026 (taken back) Check -$200.29",
                 "October 14, 2026 A charge was corrected child support -$15.00", "Adjustment child support -$9.90",
                 "Payment coupon", "Amount due $625.00", BOTH)
FOR_THE_FAMILY = ("October 1, 2026 $200.27", "October 21, 2026 (taken back) -$200.29")
NOT_FOR_THE_FAMILY = re.compile(r"coupon|cupón|PO Box|avoid|evitar|asked|se pide|corrected|corrigió|How it was paid|"
                                r"Cómo se pagó|Tax refund|Check|Cheque|Otro pago|Reembolso", re.I)


def words_of_page(visitor: Visitor, path: str = ONE) -> str:
    return words_of(visitor.get(path))


def words_of_file(visitor: Visitor, path: str = ONE) -> str:
    return " ".join(words_in_pdf(visitor.get(f"{path}/statement.pdf").get_data()).split())


@pytest.mark.parametrize("words", [words_of_page, words_of_file])
def test_page_and_file_say_the_same_to_each_side(visitor: Visitor, words: object) -> None:
    assert callable(words)
    for person, told, not_told in ((BOTH, FOR_THE_PAYOR, FOR_THE_FAMILY[:1]), (PAYEE, FOR_THE_FAMILY, FOR_THE_PAYOR)):
        visitor.log_in(person)
        visitor.get("/overview?lang=en")
        said = words(visitor)
        for sentence in (*TOLD, *told):
            assert sentence in said, sentence
        assert not [sentence for sentence in not_told if sentence in said]
        visitor.log_out()


@pytest.mark.parametrize("words", [words_of_page, words_of_file])
@pytest.mark.parametrize(("method", "english", "spanish"), [
    ("CARD", "Card", "Tarjeta"), ("MONEY_ORDER", "Money order", "Giro postal"),
    ("PIGEON", "Other payment", "Otro pago"), (None, "Other payment", "Otro pago")])
def test_what_was_simply_paid_says_by_what(visitor: Visitor, facts: Facts, method: str | None, english: str,
                                           spanish: str, words: Callable[[Visitor], str]) -> None:
    """As the list of payments does. One issued before the ledger told it has no method."""
    facts.statement("C1", [BOTH], number=3, paid=(("2026-10-21", "OTHER", 12_345), ("2026-10-22", "UIB", 1_000)),
                    method=method)
    visitor.log_in(BOTH)
    for language, told, benefits in (("en", f"October 21, 2026 {english} $123.45", "Unemployment benefits $10.00"),
                                     ("es", f"21 de octubre de 2026 {spanish} $123.45", "desempleo $10.00")):
        visitor.get(f"/overview?lang={language}")
        said = words(visitor)
        assert told in said and benefits in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_family_reads_nothing_of_the_payors_affairs(visitor: Visitor, language: str) -> None:
    visitor.log_in(PAYEE)
    page = main_of(visitor.get(f"{ONE}?lang={language}"))
    for said in (page, words_of_file(visitor)):
        assert not NOT_FOR_THE_FAMILY.findall(said) and not OF_THE_PAYOR.findall(said)


@pytest.mark.parametrize("person", [BOTH, PAYEE])
@pytest.mark.parametrize("language", ["en", "es"])
def test_nobody_is_told_of_assistance_or_of_a_federal_refund(visitor: Visitor, person: str, language: str) -> None:
    visitor.log_in(person)
    page = main_of(visitor.get(f"{ONE}?lang={language}"))
    for said in (page, words_of_file(visitor)):
        assert not re.findall(r"federal|assist|asisten|compromise|government|gobierno|calworks", said, re.I)


@pytest.mark.parametrize(("language", "of"), [("en", "Page 1 of"), ("es", "Página 1 de")])
def test_the_file_is_tagged_titled_and_in_the_readers_language(visitor: Visitor, language: str, of: str) -> None:
    visitor.log_in(BOTH)
    answer = visitor.get(f"{ONE}/statement.pdf?lang={language}")
    assert answer.mimetype == "application/pdf"
    name = {"en": "statement", "es": "estado-de-cuenta"}[language]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-2026-10.pdf"'
    found = pypdf.PdfReader(io.BytesIO(answer.get_data()))
    catalog = found.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and str(catalog["/Lang"]).startswith(language)
    assert found.metadata and found.metadata.title and catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert of in words_in_pdf(answer.get_data()) and "$767.67" in words_in_pdf(answer.get_data())


def test_files_of_statements_wait_as_those_of_lists_do(visitor: Visitor, clock: Clock) -> None:
    visitor.log_in(BOTH)
    for _ in range(29):
        visitor.get("/my-payments/sent-to-me/list.pdf")
    assert [visitor.get(f"{ONE}/statement.pdf").status_code for _ in range(2)] == [200, 429]


def test_the_list_is_newest_first_with_both_sides_and_what_was_owed(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    page = visitor.get("/my-payments/statements")
    rows = re.findall(r'statements/(C\d)/(2026-\d\d)">', page.text)
    assert rows == [("C2", "2026-10"), ("C1", "2026-10"), ("C1", "2026-09")]
    words = words_of(page)
    assert "You pay support in this case." in words and "You receive support in this case." in words
    assert re.findall(r"-?\$[\d.]+", main_of(page)) == ["-$125.00", "$767.67", "$575.00"]


def test_who_has_none_is_told_when_the_first_one_comes(visitor: Visitor) -> None:
    visitor.log_in(NOBODY)
    assert "After the end of each month we make a statement" in words_of_page(visitor, "/my-payments/statements")


def test_the_coupon_says_where_it_goes(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    for said in (main_of(visitor.get(ONE)), words_of_file(visitor)):
        assert "PO Box 989067" in said and "West Sacramento 95798-9067" in said


def test_what_is_paid_ahead_asks_for_nothing(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    said = words_of_page(visitor, "/my-payments/statements/C2/2026-10")
    for sentence in ("More was paid than was owed", "Paid ahead -$125.00", "Total owed -$125.00"):
        assert sentence in said
    assert "coupon" not in said


def test_a_long_list_has_pages(visitor: Visitor, facts: Facts) -> None:
    for month in range(1, 31):
        facts.statement("C1", [BOTH], f"{2022 + month // 12}-{1 + month % 12:02}-01")
    visitor.log_in(BOTH)
    first = visitor.get("/my-payments/statements")
    older = re.search(r'rel="next" href="(\?after=[^"]+)"', first.text)
    assert older and "Older statements" in first.text
    second = visitor.get(f"/my-payments/statements{older.group(1)}")
    assert len(re.findall("statement.pdf", first.text)) == 25 and len(re.findall("statement.pdf", second.text)) == 8
    assert visitor.get("/my-payments/statements?after=nonsense").status_code == 200
