"""Profiles, cases, dates and requests: each person's own, both sides' where both may see it, nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from gateway.shown import ON_FILE, Shown
from gateway.view import case_tables, my_cases, my_dates, my_profile
from gateway.view.my_cases import Monthly

from ..facts import SHOWN, Facts

PAYOR, PAYEE, OTHER = "1000000001", "1000000002", "1000000003"
NOW = datetime(2026, 11, 3, 18, 20, tzinfo=UTC)
SHOWING = Shown(SHOWN)


@pytest.fixture
def case(facts: Facts) -> Facts:
    facts.case("C1", [PAYOR], [PAYEE], "FL-1")
    facts.details("C1", ("M. R.", 2015), ("J. R.", None), status="reopened", function="locate", assistance="current",
                  court_case_number="FL-1")
    return facts


def test_the_state_of_a_case_is_what_both_sides_see(engine: Engine, case: Facts) -> None:
    with engine.connect() as conn:
        (payors,), (payees,) = my_cases.cases_of(conn, PAYOR), my_cases.cases_of(conn, PAYEE)
    for one in (payors, payees):
        assert (one.label, one.status, one.function, one.lcsa) == ("FL-1", "reopened", "locate", "06037")
    assert (payors.role, payees.role) == ("payor", "payee")


def test_assistance_is_told_to_payees_only(engine: Engine, case: Facts) -> None:
    with engine.connect() as conn:
        (payors,), (payees,) = my_cases.cases_of(conn, PAYOR), my_cases.cases_of(conn, PAYEE)
    assert payors.assistance is None and payees.assistance == "current"
    case.case("C1", [PAYEE], [PAYOR], "FL-1", name="case_changed")
    with engine.connect() as conn:
        (payors,), (payees,) = my_cases.cases_of(conn, PAYEE), my_cases.cases_of(conn, PAYOR)
    assert payors.assistance is None and payees.assistance == "current", "also after the roles have changed"


def test_a_case_whose_details_are_not_told_yet_is_shown_with_what_there_is(engine: Engine, facts: Facts) -> None:
    facts.case("C1", [PAYOR], [PAYEE])
    with engine.connect() as conn:
        found = my_cases.case_of(conn, PAYOR, "C1")
    assert found and (found.label, found.status, found.function, found.dependents_enc) == ("C1", "open", None, None)


def test_a_case_and_its_dates_are_found_by_its_parties_alone(engine: Engine, case: Facts) -> None:
    case.hearing("H1", "C1")
    case.appointment("A1", PAYEE, "C1")
    with engine.connect() as conn:
        assert my_cases.case_of(conn, OTHER, "C1") is None and my_cases.cases_of(conn, OTHER) == []
        assert my_dates.dates_of(conn, OTHER) == [] and my_dates.hearing_of(conn, OTHER, "H1") is None
        assert my_dates.appointment_of(conn, PAYOR, "A1") is None, "not even by the other party of the case"
        assert [date.id for date in my_dates.dates_of(conn, PAYOR)] == ["H1"]
        assert [date.id for date in my_dates.dates_of(conn, PAYEE)] == ["A1", "H1"]


def test_who_leaves_a_case_has_lost_sight_of_it_and_of_its_hearings(engine: Engine, case: Facts) -> None:
    case.hearing("H1", "C1", p1000000002="remote")
    case.appointment("A1", PAYEE, "C1")
    case.case("C1", [PAYOR], [OTHER], name="case_changed")
    with engine.connect() as conn:
        assert my_cases.cases_of(conn, PAYEE) == []
        (left,) = my_dates.dates_of(conn, PAYEE)
        assert isinstance(left, my_dates.Appointment) and (left.case_id, left.label) == (None, None)


def test_how_somebody_attends_is_known_to_them_alone(engine: Engine, case: Facts) -> None:
    case.hearing("H1", "C1", p1000000001="in_person", p1000000002="remote")
    with engine.connect() as conn:
        payors, payees = my_dates.hearing_of(conn, PAYOR, "H1"), my_dates.hearing_of(conn, PAYEE, "H1")
    assert payors and payees and (payors.mode, payees.mode) == ("in_person", "remote")
    case.hearing("H1", "C1", p1000000001="not_required")
    with engine.connect() as conn:
        payors, payees = my_dates.hearing_of(conn, PAYOR, "H1"), my_dates.hearing_of(conn, PAYEE, "H1")
    assert payors and payees and (payors.mode, payees.mode) == ("not_required", None)


def test_dates_to_come_soonest_first_then_past_ones_latest_first(engine: Engine, case: Facts) -> None:
    for id_, starts_at, status in (("H1", "2026-12-03T17:30:00+00:00", "set"),
                                   ("H2", "2026-11-03T18:00:00+00:00", "set"),  # begun, and not over
                                   ("H3", "2026-09-01T17:30:00+00:00", "held"),
                                   ("H4", "2026-12-01T17:30:00+00:00", "vacated"),
                                   ("H5", "2026-10-01T17:30:00+00:00", "reset")):
        case.hearing(id_, "C1", starts_at, status)
    case.appointment("A1", PAYOR, "C1", "2026-11-20T18:00:00+00:00")
    case.appointment("A2", PAYOR, None, "2026-11-03T16:00:00+00:00")
    with engine.connect() as conn:
        coming, past = my_dates.split(my_dates.dates_of(conn, PAYOR), NOW)
    assert [date.id for date in coming] == ["H2", "A1", "H4", "H1"]
    assert [date.id for date in past] == ["A2", "H5", "H3"]
    assert [date.id for date in coming if date.off] == ["H4"]


@pytest.mark.parametrize(("status", "confirm", "move"), [
    ("scheduled", True, True), ("rescheduled", True, True), ("confirmed", False, True),
    ("reschedule_requested", False, False), ("cancelled", False, False), ("attended", False, False),
    ("missed", False, False)])
def test_what_can_be_done_with_an_appointment(engine: Engine, facts: Facts, status: str, confirm: bool,
                                              move: bool) -> None:
    facts.appointment("A1", PAYOR, status=status)
    with engine.connect() as conn:
        found = my_dates.appointment_of(conn, PAYOR, "A1")
    assert found and (found.can_be_confirmed(NOW), found.can_be_moved(NOW)) == (confirm, move)
    over = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    assert not found.can_be_confirmed(over) and not found.can_be_moved(over)


def test_orders_newest_first_and_one_that_is_told_again_is_one(engine: Engine, case: Facts) -> None:
    case.order("C1", "O1", "temporary", "2024-03-01")
    case.order("C1", "O2", "final", "2025-03-01")
    case.order("C1", "O1", "modified", "2024-03-01")
    case.order("C2", "O3")
    with engine.connect() as conn:
        assert [(one.order_id, one.type) for one in my_cases.orders_of(conn, "C1")] == [
            ("O2", "final"), ("O1", "modified")]


def test_monthly_amounts_are_those_in_force(engine: Engine, facts: Facts) -> None:
    facts.obligation("C1", 50_000, "2024-01-01")
    facts.obligation("C1", 60_000, "2026-01-01")
    facts.obligation("C1", 70_000, "2026-12-01")
    facts.obligation("C1", 9_000, kind="SPOUSAL")
    facts.obligation("C1", 7_500, kind="MEDICAL")
    facts.obligation("C1", 1_000, kind="CHILDCARE", ends_on="2026-06-30")
    with engine.connect() as conn:
        assert my_cases.monthly_of(conn, "C1", NOW.date()) == [
            Monthly("CHILD", 60_000), Monthly("MEDICAL", 7_500), Monthly("SPOUSAL", 9_000)]


def test_a_profile_is_masked_and_rests_encrypted(engine: Engine, facts: Facts) -> None:
    facts.profile(PAYOR, "es", address="1••• ••••• St", phone_mobile="•••-•••-0142", email_notices=True)
    with engine.connect() as conn:
        assert "••" not in str(conn.execute(select(case_tables.profiles)).all())
        found = my_profile.profile_of(conn, PAYOR)
        assert my_profile.profile_of(conn, PAYEE) is None
    assert found and (found.language, found.email_notices) == ("es", True)
    texts = SHOWING.profile(PAYOR, found.shown_enc)
    assert (texts["address"], texts["phone_mobile"], texts["email"]) == ("1••• ••••• St", "•••-•••-0142", None)


def test_what_cannot_be_opened_is_on_file_all_the_same(facts: Facts) -> None:
    event = facts.profile(PAYOR, address="1••• ••••• St")
    other = Shown(type(SHOWN)("k9", {"k9": bytes(32)}))
    assert set(other.profile(PAYOR, event.data["shown_enc"]).values()) == {ON_FILE}
    assert set(SHOWING.profile(PAYEE, event.data["shown_enc"]).values()) == {ON_FILE}, "nor that of another person"
    case = facts.details("C1", ("M. R.", 2015))
    assert other.dependents("C1", case.data["dependents_enc"]) is ON_FILE
    assert other.appointment(PAYOR, facts.appointment("A1", PAYOR).data["place_enc"]) is ON_FILE
    assert other.appointment(PAYOR, None) is None
    assert SHOWING.profile(PAYOR, "nonsense")["email"] is ON_FILE


def test_a_request_is_its_senders_alone(engine: Engine, facts: Facts) -> None:
    facts.request("CC-7K3M-9QPX", PAYEE, "other_party_report", "C1")
    facts.request("CC-7K3M-9QPX", PAYEE, "other_party_report", "C1", status="answered", answer="done", said="Thanks.")
    with engine.connect() as conn:
        (found,) = my_profile.requests_of(conn, PAYEE)
        assert my_profile.requests_of(conn, PAYOR) == []
    assert (found.status, found.answer) == ("answered", "done")
    assert SHOWING.answer(PAYEE, found.answer_enc) == "Thanks."


def test_how_far_the_view_has_heard_is_asked_by_viewer_and_stream(engine: Engine, facts: Facts) -> None:
    facts.profile(PAYOR)
    facts.profile(PAYOR)
    facts.appointment("A1", PAYOR)
    facts.request("CC-7K3M-9QPX", PAYOR)
    with engine.connect() as conn:
        assert my_profile.heard(conn, PAYOR, f"participant-{PAYOR}") == 2
        assert my_profile.heard(conn, PAYOR, "appointment-A1") == 1
        assert my_profile.heard(conn, PAYOR, "request-CC-7K3M-9QPX") == 1
        assert my_profile.heard(conn, PAYEE, "appointment-A1") == 0
