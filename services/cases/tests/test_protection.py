"""Whatever order files come in, the local agency of a case is told only while none of its parties is protected."""

from __future__ import annotations

import json
import threading
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from eventkit.testing.processes import wait_until

TOLD = {"function": "enforcement", "assistance": "current", "lcsa": "06037", "closed_on": "", "dependents": ""}
_example = count(1)


def last_details(service, case_id):
    told = [data for data in service.shown_to_customers("case_details_changed") if data["case_id"] == case_id]
    return told[-1] if told else None


def test_a_case_is_told_in_full(with_people, files, their_case):
    with_people.cases(files.csv(their_case | TOLD | {
        "status": "reopened", "dependents": "Luz María Paz 2015-04-30; Leo Paz 2012-01-02"}))
    [told] = with_people.shown_to_customers("case_details_changed")
    children = json.loads(with_people.shown.decrypt(told.pop("dependents_enc"), f"{told['case_id']}|dependents"))
    assert children == [{"initials": "L. P.", "birth_year": 2012}, {"initials": "L. P.", "birth_year": 2015}]
    assert told == {"case_id": "200000000001", "court_case_number": "FL-1", "status": "reopened",
                    "function": "enforcement", "lcsa": "06037", "assistance": "current", "opened_on": "2024-02-01",
                    "closed_on": None}
    [(_, for_services)] = [each for each in with_people.for_services() if "case_opened" in each[0]]
    assert for_services["status"] == "open"


def test_the_same_children_in_another_order_are_the_same(with_people, files, their_case):
    with_people.cases(files.csv(their_case | TOLD | {"dependents": "Luz Paz 2015-04-30; Leo Paz 2012-01-02"}))
    again = their_case | TOLD | {"dependents": "Leo Paz 2012-01-02;Luz Paz 2015-04-30;"}
    assert with_people.cases(files.csv(again)).unchanged == 1
    assert with_people.cases(files.csv(their_case)).unchanged == 1


@pytest.mark.parametrize("column, value, reason", [
    ("dependents", "Luz Paz", "is not a date"),
    ("dependents", "2015-04-30", "is not a list of names and birth dates"),
    ("function", "", "is empty"), ("assistance", "some", "is not one of the known values"),
    ("lcsa", "6037", "is not a number of the right length"),
    ("closed_on", "2026-01-01", "is given, though the case is not closed"),
])
def test_a_broken_cell_is_told_of(with_people, files, their_case, rejects_of, column, value, reason):
    path = files.csv(their_case | TOLD | {column: value})
    assert with_people.cases(path).rejected == 1
    [told] = rejects_of(path)
    assert (told["column"], told["reason"]) == (column, reason)


def test_an_older_file_says_no_more_than_it_did(with_people, files, their_case):
    with_people.cases(files.csv(their_case))
    assert with_people.shown_to_customers("case_details_changed") == []
    with_people.cases(files.csv(their_case | TOLD | {"lcsa": ""}))
    assert last_details(with_people, "200000000001")["lcsa"] == "06001", "the county's own agency"


def test_a_function_is_told_to_parties_and_to_nobody_else(with_people, files, their_case):
    with_people.cases(files.csv(their_case | TOLD))
    before = len(with_people.published())
    with_people.cases(files.csv(their_case | TOLD | {"function": "review_modification"}))
    assert [kind for kind, _ in with_people.published()[before:]] == ["cases.case_details_changed.v1"]


PEOPLE, CASES = ["a", "b", "c"], ["x", "y"]
person_line = st.tuples(st.just("person"), st.sampled_from(PEOPLE), st.sampled_from(["true", "false", None]))
case_line = st.tuples(st.just("case"), st.sampled_from(CASES),
                      st.sets(st.sampled_from(PEOPLE), min_size=1).map(sorted).map(tuple))


@given(said=st.lists(person_line | case_line, min_size=2, max_size=8))
@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_in_any_order_of_files(service, files, ana, their_case, said):
    """None is a file without that column: protection stays as it was."""
    number = next(_example)
    ids = {name: f"{number:06d}{place:04d}" for place, name in enumerate(PEOPLE + CASES)}
    service.participants(files.csv(*(ana | {"participant_id": ids[name], "ssn": ""} for name in PEOPLE)))
    protected, parties = dict.fromkeys(PEOPLE, False), {}
    for kind, name, value in said:
        if kind == "person":
            column = {"protected": value} if value else {}
            service.participants(files.csv(ana | {"participant_id": ids[name], "ssn": ""} | column))
            protected[name] = protected[name] if value is None else value == "true"
        else:
            service.cases(files.csv(their_case | TOLD | {"case_id": ids[name], "payor_ids": ids[value[0]],
                                                         "payee_ids": ";".join(ids[who] for who in value[1:])}))
            parties[name] = value
        for case_name, people in parties.items():
            hidden = any(protected[who] for who in people)
            assert last_details(service, ids[case_name])["lcsa"] == (None if hidden else "06037")


def test_two_files_at_the_same_time_never_tell_what_neither_would(service, files, ana, ben, their_case, monkeypatch):
    """A file of cases that has asked whether somebody is protected keeps a file that says so waiting."""
    service.participants(files.csv(ana, ben, name="people.csv"))
    people = files.csv(ana | {"protected": "true"}, name="protected.csv")
    asked, wrote = threading.Event(), threading.Event()
    from cases.importing import case_file

    def slowly(conn, ids):
        found = original(conn, ids)
        asked.set()
        wait_until(lambda: waiting(service))
        return found

    original = case_file.protected_among
    monkeypatch.setattr(case_file, "protected_among", slowly)

    def protect():
        asked.wait(30)
        service.participants(people)
        wrote.set()

    other = threading.Thread(target=protect)
    other.start()
    service.cases(files.csv(their_case | TOLD, name="cases.csv"))
    other.join(30)
    assert wrote.is_set()
    assert [told["lcsa"] for told in service.shown_to_customers("case_details_changed")] == ["06037", None]


def waiting(service):
    """Whether a transaction of the service waits for another one's lock; only its own role sees that."""
    with service.engine.connect() as conn:
        return bool(conn.execute(text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                      "AND wait_event_type = 'Lock'")).scalar_one())


def test_two_files_that_change_the_protection_of_two_parties_agree_in_the_end(service, files, ana, ben, their_case):
    """One is not protected any more while the other is from now on: whoever is second sees what the first one said."""
    for number in range(5):
        people = [ana | {"protected": "true"}, ben | {"protected": "false"}]
        service.participants(files.csv(*people, name="before.csv"))
        service.cases(files.csv(their_case | TOLD | {"county": f"0600{number}"}, name="cases.csv"))
        paths = [files.csv(ana | {"protected": "false"}, name="ana.csv"),
                 files.csv(ben | {"protected": "true"}, name="ben.csv")]
        threads = [threading.Thread(target=service.participants, args=(path,)) for path in paths]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert last_details(service, "200000000001")["lcsa"] is None
