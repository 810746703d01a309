"""The states of the forms that tell the agency something: no word of the other language in any of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eventkit.decider import Rejected
from gateway.catalogue import LANGUAGES, Language

from .cases_service import CasesService
from .foreign import left_in
from .parts import BOTH, PAYEE, Visitor, words_of


def states(visitor: Visitor, desk: CasesService, language: str) -> dict[str, str]:
    visitor.log_in(BOTH)
    visitor.get(f"/my-cases?lang={language}")
    update, other, another = "/my-profile/update", "/my-profile/other-party", "/dates/appointments/A1/another-time"
    found = {"address": visitor.post(f"{update}/address", state="XX", zip="1"),
             "phones": visitor.post(f"{update}/phones", phone_home="1"),
             "both": visitor.post(f"{update}/email", email="x@y.example", remove_email="yes"),
             "nothing": visitor.post(f"{update}/email"), "employer": visitor.post(f"{update}/employer"),
             "preferences": visitor.post(f"{update}/preferences"),
             "other": visitor.post(other, ssn="1", phone="1", email="x", birth_month="x", vehicle="x" * 101),
             "empty": visitor.post(other, case_id="C1"), "time": visitor.post(another, reason="x"),
             "requests": visitor.get("/my-profile/requests")}
    desk.refuse = Rejected("nothing_changed")
    found["refused"] = visitor.post(f"{update}/email", email="x@y.example")
    desk.refuse = Rejected("not_open")
    found["changed"] = visitor.post(another, times="x")
    desk.refuse, desk.away = None, True
    found["away"] = visitor.post(f"{update}/email", email="x@y.example")
    desk.away, desk.silent = False, True
    found["received"] = visitor.post(f"{update}/email", email="x@y.example")
    found["other received"] = visitor.post(other, case_id="C1", employer="x")
    desk.silent = False
    found["saved"] = visitor.post(f"{update}/email", email="z@y.example")
    found["other done"] = visitor.post(other, case_id="C1", employer="z")
    found["asked"] = visitor.post(another, times="z")
    return {name: words_of(page) for name, page in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_other_language_is_left_in_a_form(new_visitor: Callable[..., Visitor], desk: CasesService,
                                                         language: Language) -> None:
    said = states(new_visitor(language), desk, language)
    assert not {name: words for name, text in said.items() if (words := left_in(text, language))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_on_a_page(new_visitor: Callable[..., Visitor], desk: CasesService, language: Language) -> None:
    for person in (BOTH, PAYEE):
        visitor = new_visitor(language)
        visitor.log_in(person)
        for path in ("/my-cases", "/my-cases/C1", "/dates", "/my-profile", "/my-profile/update/phones",
                     "/my-profile/other-party", "/my-profile/update/preferences"):
            assert not left_in(words_of(visitor.get(f"{path}?lang={language}")), language), path
