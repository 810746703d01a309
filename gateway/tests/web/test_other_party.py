"""Provide Other Party's Information: it goes in, and nothing of it comes out again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

import pytest
from sqlalchemy import Engine, text

from eventkit.decider import Rejected

from .cases_service import CasesService
from .parts import BOTH, NOBODY, PAYEE, PAYOR, Visitor, filled_in, main_of, words_of

PATH = "/my-profile/other-party"
SSN = "900654321"
REPORT = {
    "names_aliases": "Rob Canary", "address": "77 Canary Row", "phone": "805 555 0177", "email": "rob@canary.example",
    "employer": "Canary Works", "occupation": "canary welder", "vehicle": "yellow canary van",
    "property": "canary bank", "relatives": "aunt canary", "incarceration_benefits": "canary jail",
    "other": "sings like a canary", "source": "a canary told me",
}
BIRTH = {"birth_month": "4", "birth_day": "30", "birth_year": "1985"}


def test_all_that_is_known_goes_in_and_a_number_comes_out(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(PAYEE)
    page = visitor.post(f"{PATH}", **REPORT, **BIRTH, ssn="900-65-4321", safety_concern="yes")
    assert page.request.path.startswith(f"{PATH}/done/") and "CC-7K3M-9QP1" in page.text
    assert desk.done == [("report_other_party", {
        "case_id": "C1", **REPORT, "birth_date": "1985-04-30", "ssn": SSN,
        "safety_concern": True})]


def test_nothing_of_it_is_in_any_answer_any_table_or_any_line_of_the_log(
        new_visitor: Callable[..., Visitor], desk: CasesService, engine: Engine) -> None:
    log = io.StringIO()
    with redirect_stdout(log), redirect_stderr(log):
        visitor = new_visitor("en")
        visitor.log_in(PAYEE)
        answers = [visitor.post(PATH, follow=False, **REPORT, **BIRTH, ssn=SSN)]
        answers += [visitor.get(answers[0].location), visitor.get(PATH), visitor.get("/my-profile"),
                    visitor.get("/my-profile/requests"), visitor.get("/my-cases/C1")]
        other = new_visitor("en")
        other.log_in(BOTH)
        answers += [other.get(path) for path in (
            "/my-profile/requests", "/my-cases/C1", "/dates", PATH, answers[0].location)]
    for answer in answers:
        told = (answer.text + str(answer.headers)).replace("CANARY", "")
        assert not re.search(r"canary|900654321|900-65", told, re.I)
    assert not re.search(r"Canary|900654321", log.getvalue())
    with engine.connect() as conn:
        for table in ("submissions", "sessions", "throttle"):
            assert not re.search(r"Canary|900654321|1985", str(conn.execute(text(f"SELECT * FROM {table}")).all()))


def test_the_other_party_learns_nothing_of_it(new_visitor: Callable[..., Visitor], desk: CasesService) -> None:
    other = new_visitor("en")
    other.log_in(BOTH)
    pages = ("/my-profile/requests", "/my-cases", "/my-cases/C1", "/dates", "/my-profile", PATH)

    def readings() -> list[str]:
        return [re.sub(r"as of .*", "", words_of(other.get(path))) for path in pages]

    before = readings()
    visitor = new_visitor()
    visitor.log_in(PAYEE)
    visitor.post(PATH, employer="Canary Works")
    assert len(desk.done) == 1 and readings() == before


def test_the_form_begins_empty_also_after_it_was_sent(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(PAYEE)
    for _ in range(2):
        page = visitor.get(PATH).text
        assert filled_in(page) == [] and " checked" not in page
        assert not re.search(r"<textarea[^>]*>\s*[^\s<]", page)
        assert 'autocomplete="off"' in page
        visitor.post(PATH, employer="Canary Works")


def test_what_was_typed_is_kept_in_the_answer_that_corrects_it_but_never_an_ssn(visitor: Visitor,
                                                                               desk: CasesService) -> None:
    visitor.log_in(PAYEE)
    page = visitor.post(PATH, employer="Canary Works", phone="12", ssn=SSN, birth_month="4")
    assert page.status_code == 422 and not desk.asked
    assert "Canary Works" in page.text and 'value="12"' in page.text
    assert SSN not in page.text and "Please type it once more" in page.text
    assert "Enter a phone number" in page.text and "Enter a date of birth" in page.text
    assert 'id="birth_month"' in page.text and main_of(page).count(" autofocus") == 1
    assert "Canary Works" not in visitor.get(PATH).text, "in that answer only"


@pytest.mark.parametrize(("typed", "said"), [
    (("", "", "1985"), "1985"), (("4", "", "1985"), "1985-04"), (("04", "30", "1985"), "1985-04-30")])
def test_a_date_of_birth_may_be_known_in_part(visitor: Visitor, desk: CasesService, typed: tuple[str, ...],
                                              said: str) -> None:
    visitor.log_in(PAYEE)
    visitor.post(PATH, **dict(zip(BIRTH, typed, strict=True)))
    assert desk.done[0][1]["birth_date"] == said


@pytest.mark.parametrize("typed", [("13", "1", "1985"), ("2", "30", "1985"), ("", "30", "1985"), ("4", "30", ""),
                                   ("4", "30", "2030"), ("4", "30", "85"), ("x", "y", "z")])
def test_a_date_of_birth_that_cannot_be_one(visitor: Visitor, desk: CasesService, typed: tuple[str, ...]) -> None:
    visitor.log_in(PAYEE)
    page = visitor.post(PATH, **dict(zip(BIRTH, typed, strict=True)))
    assert page.status_code == 422 and "Enter a date of birth" in page.text and not desk.asked


def test_of_somebody_else_one_may_know_the_last_four_digits_or_a_number_abroad(visitor: Visitor,
                                                                              desk: CasesService) -> None:
    visitor.log_in(PAYEE)
    visitor.post(PATH, ssn="4321", phone="+52 55 1234 5678")
    assert (desk.done[0][1]["ssn"], desk.done[0][1]["phone"]) == ("4321", "+52 55 1234 5678")


@pytest.mark.parametrize("ssn", ["12345678", "900-65-43210", "ninehundred"])
def test_an_ssn_that_cannot_be_one_is_not_shown_either(visitor: Visitor, ssn: str) -> None:
    visitor.log_in(PAYEE)
    page = visitor.post(PATH, ssn=ssn)
    assert page.status_code == 422 and "Enter the 9 digits" in page.text and ssn not in page.text


@pytest.mark.parametrize("fields", [{}, {"source": "a friend"}])
def test_something_must_be_told(visitor: Visitor, desk: CasesService, fields: dict[str, str]) -> None:
    visitor.log_in(PAYEE)
    page = visitor.post(PATH, **fields)
    assert page.status_code == 422 and "Fill in at least one thing" in page.text and not desk.asked


def test_that_one_is_afraid_is_enough(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(PAYEE)
    visitor.post(PATH, safety_concern="yes")
    assert desk.done == [("report_other_party", {"case_id": "C1", "safety_concern": True})]


def test_with_several_cases_one_is_chosen(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    page = visitor.post(PATH, employer="Canary Works")
    assert page.status_code == 422 and "Choose one of your cases" in page.text
    visitor.post(PATH, employer="Canary Works", case_id="C2")
    assert desk.done[0][1]["case_id"] == "C2"


@pytest.mark.parametrize("case_id", ["C3", "C99"])
def test_a_case_of_other_people_is_one_that_is_not_there(visitor: Visitor, desk: CasesService, case_id: str) -> None:
    visitor.log_in(BOTH)
    page = visitor.post(PATH, employer="Canary Works", case_id=case_id)
    assert page.status_code == 422 and "Choose one of your cases" in page.text and not desk.asked
    visitor.log_out()
    visitor.log_in(PAYEE)
    assert visitor.post(PATH, employer="Canary Works", case_id=case_id).status_code == 422


def test_without_a_case_there_is_no_form(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(NOBODY)
    assert "No case here yet" in visitor.get(PATH).text
    assert visitor.post(PATH, employer="Canary Works", token=_any_token(visitor)).status_code == 422
    assert not desk.asked


def _any_token(visitor: Visitor) -> str:
    return re.findall(r'name="form_token" value="([^"]+)"', visitor.get("/my-profile").text)[0]


@pytest.mark.parametrize(("refusal", "said"), [
    (Rejected("unknown_case"), "Choose one of your cases"), (Rejected("nothing_reported"), "Fill in at least one"),
    (Rejected("invalid", field="birth_date", why="x"), '<a href="#birth_month">We could not accept this'),
    (Rejected("invalid", field="ssn", why="x"), '<a href="#ssn">We could not accept this')])
def test_what_the_service_refuses(visitor: Visitor, desk: CasesService, refusal: Rejected, said: str) -> None:
    desk.refuse = refusal
    visitor.log_in(PAYOR)
    page = visitor.post(PATH, case_id="C2", employer="Canary Works", ssn=SSN)
    assert page.status_code == 422 and said in page.text and SSN not in page.text


def test_with_the_service_away_what_was_typed_is_there_to_be_sent_again(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(PAYEE)
    desk.lost = 2
    page = visitor.post(PATH, employer="Canary Works", ssn=SSN)
    assert page.status_code == 503 and "Canary Works" in page.text and SSN not in page.text
    token = re.findall(r'name="form_token" value="([^"]+)"', main_of(page))[-1]
    again = visitor.client.post(PATH, data={"form_token": token, "employer": "Canary Works", "ssn": SSN},
                                follow_redirects=True)
    assert "CC-7K3M-9QP1" in again.text and len(desk.done) == 1


def test_the_page_speaks_of_safety_in_both_languages(new_visitor: Callable[..., Visitor]) -> None:
    for language, words in (("en", "Use a safe computer or phone"), ("es", "Use una computadora o un teléfono seguro")):
        visitor = new_visitor(language)
        visitor.log_in(PAYEE)
        assert words in visitor.get(f"{PATH}?lang={language}").text
