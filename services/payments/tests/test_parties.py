"""What payments knows of participants and cases, from the public events of cases."""

import pytest

from payments import parties

PAYOR, PAYEE, BUSY_PAYOR, NEW_PAYEE = "1000000001", "1000000003", "1000000004", "1000000009"


@pytest.fixture
def directory(database):
    def look_up(participants=(), cases=()):
        with database.engine.begin() as conn:
            return parties.look_up(conn, participants, cases)

    return look_up


@pytest.fixture
def hear(database):
    def apply(*events):
        with database.engine.begin() as conn:
            parties.apply(conn, events)

    return apply


def test_open_cases_of_a_payor_are_the_open_ones(known, directory):
    found = directory([PAYOR], [])
    assert found.paying_in == {PAYOR: ("2001",)}
    assert found.open_by_case == {"2001": True, "2002": False, "2005": False}


def test_a_case_with_two_payors_has_no_only_payor(known, directory):
    found = directory([], ["2001", "2005"])
    assert (found.only_payor("2001"), found.only_payor("2005"), found.only_payor("unknown")) == (PAYOR, None, None)


def test_a_named_case_brings_all_cases_of_who_pays_in_it(known, directory):
    """What is known of a line may not depend on the lines beside it."""
    found = directory([], ["2004"])
    assert found.paying_in == {BUSY_PAYOR: ("2003", "2004")}
    assert found.payees == {"2003": (PAYEE,), "2004": (PAYEE,)}


def test_what_is_unknown_is_not_there(known, directory):
    found = directory(["1999999999", PAYOR], ["9999"])
    assert found.participants == {PAYOR}
    assert "9999" not in found.open_by_case


def test_who_left_a_case_is_remembered_as_such(known, hear, directory, case_event):
    hear(case_event(20, "2001", [PAYOR], [NEW_PAYEE], type_="case_changed"))
    found = directory([], ["2001"])
    assert found.had_role("2001", PAYEE, "payee")
    assert found.had_role("2001", NEW_PAYEE, "payee")
    assert not found.had_role("2001", NEW_PAYEE, "payor")


def test_a_closed_case_is_no_longer_open(known, hear, directory, case_event):
    hear(case_event(20, "2001", [PAYOR], [PAYEE], status="closed", type_="case_changed"))
    assert directory([PAYOR], []).paying_in == {}


def test_of_several_events_about_a_case_in_one_batch_the_last_counts(database, hear, directory, case_event):
    hear(case_event(1, "7", [PAYOR], []), case_event(2, "7", [], [PAYEE], status="closed"))
    found = directory([], ["7"])
    assert (found.open_by_case, dict(found.payors)) == ({"7": False}, {})
    assert found.roles == {("7", PAYEE, "payee")}


def test_other_events_are_passed_over(hear, directory, other_event):
    hear(other_event)
    assert directory([PAYOR], ["7"]).participants == frozenset()
