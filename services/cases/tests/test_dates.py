"""The agency's files of court orders, hearings and appointments: taken in once, and an older one changes nothing."""

from __future__ import annotations

import pytest

ORDER = {"order_id": "O-1", "case_id": "200000000001", "court": "Superior Court, Ventura", "court_case_number": "FL-1",
         "type": "temporary", "filed_on": "2026-03-02", "effective_on": "2026-02-01", "health_insurance": "payor",
         "income_withholding": "true"}
HEARING = {"hearing_id": "H-1", "case_id": "200000000001", "type": "modification", "status": "set",
           "starts_at": "2026-12-03T09:30", "minutes": "30", "court": "Superior Court, Ventura", "department": "34",
           "court_address": "800 Example Ave, Ventura", "attendance": "0123456789:remote; 9876543210:in_person"}
APPOINTMENT = {"appointment_id": "A-1", "participant_id": "0123456789", "case_id": "200000000001",
               "type": "interview", "status": "scheduled", "starts_at": "2026-12-10T14:00", "minutes": "45",
               "place": "Room 7, 1 Agency Plaza", "link": "https://meet.example.org/abc", "attendance_required": "true",
               "bring": "pay_stubs;photo_id", "language": "es"}
FILES = [("court_orders", ORDER), ("hearings", HEARING), ("appointments", APPOINTMENT)]


@pytest.fixture
def with_case(with_people, files, their_case):
    """Ana and Ben, and their case."""
    with_people.cases(files.csv(their_case, name="cases.csv"))
    return with_people


def test_an_order_is_told_without_its_amounts(with_case, files):
    with_case.court_orders(files.csv(ORDER))
    assert with_case.shown_to_customers("order_recorded") == [
        ORDER | {"income_withholding": True}]


def test_a_hearing_is_told_in_utc(with_case, files):
    with_case.hearings(files.csv(HEARING))
    assert with_case.shown_to_customers("hearing_changed") == [
        HEARING | {"starts_at": "2026-12-03T17:30:00+00:00", "minutes": 30, "attendance": [
            {"participant_id": "0123456789", "mode": "remote"}, {"participant_id": "9876543210", "mode": "in_person"}]}]


def test_where_an_appointment_is_can_be_read_by_who_shows_it_only(with_case, files):
    with_case.appointments(files.csv(APPOINTMENT))
    [told] = with_case.shown_to_customers("appointment_changed")
    context = f"{APPOINTMENT['participant_id']}|appointment"
    assert with_case.shown.decrypt(told.pop("place_enc"), context).decode() == APPOINTMENT["place"]
    assert with_case.shown.decrypt(told.pop("link_enc"), context).decode() == APPOINTMENT["link"]
    assert told == {name: value for name, value in APPOINTMENT.items() if name not in ("place", "link")} | {
        "starts_at": "2026-12-10T22:00:00+00:00", "minutes": 45, "attendance_required": True,
        "bring": ["photo_id", "pay_stubs"]}


@pytest.mark.parametrize("kind, record", FILES)
def test_a_file_run_again_changes_nothing(with_case, files, kind, record):
    take_in, path = getattr(with_case, kind), files.csv(record)
    assert take_in(path).applied == 1
    before = with_case.dump()
    assert take_in(path).unchanged == 1
    assert take_in(files.ndjson(record)).unchanged == 1
    assert with_case.dump() == before


@pytest.mark.parametrize("kind, record, change", [
    ("court_orders", ORDER, {"type": "final"}), ("court_orders", ORDER, {"effective_on": "2026-04-01"}),
    ("hearings", HEARING, {"status": "reset", "starts_at": "2026-12-17T09:30"}),
    ("hearings", HEARING, {"starts_at": "2026-12-17T09:30"}), ("hearings", HEARING, {"status": "vacated"}),
    ("appointments", APPOINTMENT, {"status": "rescheduled", "starts_at": "2026-12-17T14:00"}),
    ("appointments", APPOINTMENT, {"place": "Room 8, 1 Agency Plaza"}), ("appointments", APPOINTMENT, {"bring": ""}),
])
def test_an_older_file_read_again_changes_nothing_and_says_so(with_case, files, rejects_of, kind, record, change):
    take_in, older = getattr(with_case, kind), files.csv(record, name="older.csv")
    take_in(older)
    assert take_in(files.csv(record | change, name="newer.csv")).applied == 1
    before = with_case.dump()
    assert take_in(older).rejected == 1
    assert with_case.dump() == before
    [told] = rejects_of(older)
    assert told["reason"] == "says what a newer line has replaced" and told["what_to_do"]


@pytest.mark.parametrize("kind, record, later, column", [
    ("court_orders", ORDER | {"type": "final"}, {"type": "temporary"}, "type"),
    ("hearings", HEARING | {"status": "held"}, {"status": "reset"}, "status"),
    ("appointments", APPOINTMENT | {"status": "cancelled"}, {"status": "scheduled"}, "status"),
    ("hearings", HEARING, {"case_id": "200000000002"}, "case_id"),
    ("court_orders", ORDER, {"case_id": "200000000002"}, "case_id"),
    ("appointments", APPOINTMENT, {"participant_id": "9876543210"}, "participant_id"),
])
def test_what_cannot_follow_is_refused_with_a_reason(with_case, files, their_case, rejects_of, kind, record, later,
                                                     column):
    with_case.cases(files.csv(their_case | {"case_id": "200000000002"}, name="cases.csv"))
    take_in = getattr(with_case, kind)
    take_in(files.csv(record))
    path = files.csv(record | later, name="later.csv")
    assert take_in(path).rejected == 1
    assert rejects_of(path)[0]["column"] == column


@pytest.mark.parametrize("kind, record, change, column, reason", [
    ("court_orders", ORDER, {"case_id": "200000000009"}, "case_id", "names a case that is not on file"),
    ("court_orders", ORDER, {"filed_on": "2099-01-01"}, "filed_on", "is after today"),
    ("court_orders", ORDER, {"order_id": "O 1"}, "order_id", "is not an identifier"),
    ("court_orders", ORDER, {"health_insurance": "perhaps"}, "health_insurance", "is not one of the known values"),
    ("hearings", HEARING, {"case_id": "200000000009"}, "case_id", "names a case that is not on file"),
    ("hearings", HEARING, {"attendance": "5555555555:remote"}, "attendance",
     "names a participant who is not on file"),
    ("hearings", HEARING, {"attendance": "0123456789"}, "attendance",
     "is not a list of participants and how they attend"),
    ("hearings", HEARING, {"attendance": "0123456789:remote;0123456789:in_person"}, "attendance",
     "names somebody twice"),
    ("hearings", HEARING, {"starts_at": "2026-03-08T02:30"}, "starts_at",
     "is not one moment: the clocks change then"),
    ("hearings", HEARING, {"starts_at": "2026-11-01T01:30"}, "starts_at",
     "is not one moment: the clocks change then"),
    ("hearings", HEARING, {"starts_at": "12/03/2026 9:30"}, "starts_at", "is not a date and time"),
    ("hearings", HEARING, {"starts_at": "2026-12-03T25:30"}, "starts_at", "is not a date and time"),
    ("hearings", HEARING, {"minutes": "0"}, "minutes", "is not a number of minutes"),
    ("hearings", HEARING, {"minutes": "1441"}, "minutes", "is not a number of minutes"),
    ("hearings", HEARING, {"minutes": "10000000"}, "minutes", "is not a number of minutes"),
    ("appointments", APPOINTMENT, {"participant_id": "5555555555"}, "participant_id",
     "names a participant who is not on file"),
    ("appointments", APPOINTMENT, {"case_id": "200000000009"}, "case_id", "names a case that is not on file"),
    ("appointments", APPOINTMENT, {"link": "javascript:alert(1)"}, "link", "is not a secure link"),
    ("appointments", APPOINTMENT, {"link": "https://x.org/'><script>"}, "link", "is not a secure link"),
    ("appointments", APPOINTMENT, {"bring": "lunch"}, "bring", "is not one of the known values"),
])
def test_a_broken_line_is_told_of_and_the_others_are_applied(with_case, files, rejects_of, kind, record, change, column,
                                                             reason):
    take_in, key = getattr(with_case, kind), next(iter(record))
    path = files.csv(record | change, record | {key: "X-2"})
    for applied in (1, 0):
        report = take_in(path)
        assert (report.applied, report.rejected) == (applied, 1)
        [told] = rejects_of(path)
        assert (told["line"], told["column"], told["reason"]) == ("2", column, reason)


def test_a_time_with_an_offset_is_the_moment_it_says(with_case, files):
    with_case.hearings(files.csv(HEARING | {"starts_at": "2026-11-01T01:30-07:00"},
                                 HEARING | {"hearing_id": "H-2", "starts_at": "2026-11-01T01:30-08:00"},
                                 HEARING | {"hearing_id": "H-3", "starts_at": "2026-07-01T16:30Z"}))
    assert [told["starts_at"] for told in with_case.shown_to_customers("hearing_changed")] == [
        "2026-11-01T08:30:00+00:00", "2026-11-01T09:30:00+00:00", "2026-07-01T16:30:00+00:00"]
