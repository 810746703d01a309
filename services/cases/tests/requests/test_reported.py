"""What may be reported, and wished: much in part, little refused, and what is refused is told by field and reason."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.requests.reported import FIELDS, report, wish
from eventkit.decider import Rejected

TODAY = date(2026, 11, 24)


def refused(check, *arguments):
    with pytest.raises(Rejected) as refusal:
        check(*arguments)
    return refusal.value.code, refusal.value.details


@pytest.mark.parametrize("said", [{}, {"source": "a neighbor"}, {"address": "  \n "}, {"phone": None},
                                  {"safety_concern": False}])
def test_nothing_is_not_reported(said):
    assert refused(report, said, TODAY) == ("nothing_reported", {})


@pytest.mark.parametrize(("said", "field", "why"), [
    ({"birth_date": "1984-02-30"}, "birth_date", "not_a_date"), ({"birth_date": "15.3.84"}, "birth_date", "not_a_date"),
    ({"birth_date": "2090"}, "birth_date", "not_a_birth_date"), ({"birth_date": "0000"}, "birth_date", "not_a_date"),
    ({"birth_date": "1850-01-01"}, "birth_date", "not_a_birth_date"),
    ({"ssn": "12345"}, "ssn", "not_an_ssn"), ({"ssn": "90001777x"}, "ssn", "not_an_ssn"),
    ({"ssn": "٩٠٠٠١٧٧٧٧"}, "ssn", "not_an_ssn"),
    ({"phone": "call him"}, "phone", "not_a_phone"), ({"phone": "12"}, "phone", "not_a_phone"),
    ({"email": "ben"}, "email", "not_an_email"), ({"other": "x" * 2001}, "other", "too_long"),
    ({"vehicle": "x" * 201}, "vehicle", "too_long"), ({"vehicle": "a\x1b[2Jb"}, "vehicle", "control_characters"),
    ({"relatives": "\u202eabc"}, "relatives", "control_characters"),
    ({"relatives": "\ud800"}, "relatives", "control_characters"),
    ({"employer": {"name": "x"}}, "employer", "not_text"),
    ({"safety_concern": "yes"}, "safety_concern", "not_a_choice"),
    ({"safety_concern": None}, "safety_concern", "not_a_choice"), ({"iban": "DE1"}, "report", "unknown_field")])
def test_what_cannot_be_is_said_by_field_and_reason(said, field, why):
    assert refused(report, said, TODAY) == ("invalid", {"field": field, "why": why})


@pytest.mark.parametrize("said", [{"ssn": "7777"}, {"birth_date": "1984"}, {"birth_date": "1984-03-15"},
                                  {"phone": "+52 (55) 1234-5678 x12"}, {"names_aliases": "Benito «El Güero» O’Roe"},
                                  {"relatives": "his sister\nin Reno"}])
def test_what_is_known_only_in_part_is_taken_as_it_was_said(said):
    assert report(said, TODAY) == said | {"safety_concern": False}


@pytest.mark.parametrize(("said", "field", "why"), [
    ({"reason": "x" * 2001}, "reason", "too_long"), ({"times": 3}, "times", "not_text"),
    ({"place": "here"}, "wish", "unknown_field")])
def test_a_wish_that_cannot_be_is_said_by_field(said, field, why):
    assert refused(wish, said) == ("invalid", {"field": field, "why": why})


words = st.text(max_size=30)
anything = st.none() | st.booleans() | st.integers() | words | st.lists(words) | st.dictionaries(words, words)


@given(st.dictionaries(st.sampled_from([*FIELDS, "safety_concern", "else"]), anything))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_is_taken_or_refused_with_a_reason_and_never_repeated(typed):
    try:
        said = report(typed, TODAY)
    except Rejected as refusal:
        assert refusal.code in ("invalid", "nothing_reported")
        assert set(map(str, refusal.details.values())) <= {*FIELDS, "safety_concern", "report"} | {
            "not_text", "too_long", "control_characters", "not_a_date", "not_a_birth_date", "not_an_ssn", "not_a_phone",
            "not_an_email", "not_a_choice", "unknown_field"}
    else:
        assert said["safety_concern"] in (True, False) and said.keys() <= {*FIELDS, "safety_concern"}
        assert report(said, TODAY) == said, "what is kept is what would be kept again"
