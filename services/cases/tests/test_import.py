"""The agency's files: taken in once, whatever is in them, and nothing by halves."""

from __future__ import annotations

import csv
import json

import pytest

from cases.importing import case_file, participants


def test_the_agency_is_taken_in_whole(service, agency):
    people, cases = service.participants(agency / "participants.csv"), service.cases(agency / "cases.csv")
    assert (people.read, people.applied, people.rejected) == (320, 320, 0)
    assert cases.applied == cases.read > 180
    assert service.rows("SELECT count(*) AS n FROM participants") == [{"n": 320}]
    assert {kind for kind, _ in service.for_services()} == {"cases.participant_registered.v1", "cases.case_opened.v1"}


def test_its_orders_and_dates_are_taken_in_whole_and_some_cases_are_closed_later(service, agency):
    service.participants(agency / "participants.csv")
    service.cases(agency / "cases.csv")
    takes = {"court-orders": service.court_orders, "hearings": service.hearings,
             "appointments": service.appointments, "closed": service.cases}
    for name, take in takes.items():
        report = take(agency / f"{name}.csv")
        assert report.applied == report.read > 10 and report.rejected == 0, name
    statuses = {data["status"] for data in service.shown_to_customers("case_details_changed")}
    assert statuses == {"pending", "open", "reopened", "closed"}
    assert any(data["lcsa"] is None for data in service.shown_to_customers("case_details_changed")), "protected"


def test_a_second_run_changes_nothing(service, agency):
    service.participants(agency / "participants.csv")
    service.cases(agency / "cases.csv")
    before = service.dump()
    people, cases = service.participants(agency / "participants.csv"), service.cases(agency / "cases.csv")
    assert (people.applied, people.unchanged) == (0, 320)
    assert (cases.applied, cases.unchanged) == (0, cases.read)
    assert service.dump() == before


def test_what_is_published_can_be_read_by_those_who_may_and_says_what_the_file_said(service, files, ana):
    service.participants(files.csv(ana))
    [(kind, data)] = service.for_services()
    who = ana["participant_id"]
    assert kind == "cases.participant_registered.v1"
    assert service.keyring.decrypt(data["name_enc"], f"{who}|name").decode() == "Ana Paz"
    assert json.loads(service.keyring.decrypt(data["address_enc"], f"{who}|address")) == {
        "line1": "1 Example St", "line2": "", "city": "Pretend", "state": "CA", "zip": "92901"}
    assert service.keyring.decrypt(data["email_enc"], f"{who}|email").decode() == "ana@example.org"
    assert service.auth.open(data["ssn_sealed"], f"{who}|ssn").decode() == "900010001"
    assert (data["participant_id"], data["language"], data["address_valid"]) == (who, "es", True)
    assert data["address_self_changed_on"] is None


def test_what_is_not_on_file_is_null(service, files, ana):
    empty = dict.fromkeys(("ssn", "line1", "line2", "city", "state", "zip", "email"), "")
    service.participants(files.csv(ana | empty | {"address_valid": "false"}))
    [(_, data)] = service.for_services()
    assert [data[field] for field in ("ssn_sealed", "address_enc", "email_enc")] == [None, None, None]


@pytest.mark.parametrize("column, value, changed", [
    ("last_name", "Paz Luna", "name"), ("city", "Elsewhere", "address"), ("line2", "Apt 2", "address"),
    ("email", "", "email"), ("language", "en", "language"), ("address_valid", "false", "address_valid"),
    ("ssn", "900010002", "ssn"), ("ssn", "", "ssn")])
def test_a_changed_line_is_published_as_a_change_of_that_field_only(service, files, ana, column, value, changed):
    service.participants(files.csv(ana))
    report = service.participants(files.csv(ana | {column: value}))
    assert (report.applied, report.unchanged) == (1, 0)
    (_, before), (kind, after) = service.for_services()
    assert kind == "cases.participant_changed.v1"
    public = {"name": "name_enc", "address": "address_enc", "email": "email_enc", "ssn": "ssn_sealed"}
    assert {name for name in after if after[name] != before[name]} == {public.get(changed, changed)}
    [event] = service.rows("SELECT data FROM events WHERE name = 'ParticipantChanged'")
    assert event["data"]["changed"] == [changed]
    [row] = service.rows("SELECT * FROM participants")
    assert (row["version"], row["name_enc"], row["ssn_sealed"]) == (2, after["name_enc"], after["ssn_sealed"])


def test_the_same_in_other_letters_is_the_same(service, files, ana):
    service.participants(files.csv(ana | {"first_name": "Inés"}))
    again = ana | {"first_name": "Ine\u0301s", "participant_id": "01-2345 6789", "ssn": "900-01-0001"}
    assert service.participants(files.csv(again)).unchanged == 1


def test_ndjson_says_the_same_as_csv(service, files, ana, ben, their_case):
    service.participants(files.csv(ana, ben))
    assert service.participants(files.ndjson(ana, ben | {"ssn": None, "address_valid": True})).unchanged == 2
    service.cases(files.csv(their_case))
    as_list = their_case | {"payor_ids": [their_case["payor_ids"]], "payee_ids": [their_case["payee_ids"]]}
    assert service.cases(files.ndjson(as_list)).unchanged == 1


BROKEN_PEOPLE = [
    ("participant_id", "12345", "is not a number of the right length"),
    ("participant_id", "", "is empty"),
    ("participant_id", "12345678901234567", "is not a number of the right length"),
    ("ssn", "90001000", "is not a number of the right length"),
    ("ssn", "9000100011", "is not a number of the right length"),
    ("ssn", "９00010001", "is not a number of the right length"),
    ("first_name", "", "is empty"),
    ("last_name", "x" * 81, "is longer than 80 characters"),
    ("last_name", "Paz\x07", "has control characters"),
    ("language", "fr", "is not one of the known values"),
    ("city", "", "is empty, though other parts of the address are given"),
    ("state", "Cal", "is not of the right form"),
    ("zip", "9290", "is not of the right form"),
    ("address_valid", "perhaps", "is not true or false"),
    ("email", "ana.example.org", "is not an e-mail address"),
    ("email", "ana@example", "is not an e-mail address"),
]


@pytest.mark.parametrize("column, value, reason", BROKEN_PEOPLE)
def test_a_broken_line_is_told_of_and_the_others_are_applied(service, files, ana, ben, rejects_of, column, value,
                                                             reason):
    path = files.csv(ana | {column: value}, ben)
    for _ in range(2):  # and again: the same answer
        report = service.participants(path)
        assert report.rejected == 1
        [told] = rejects_of(path)
        assert (told["line"], told["column"], told["reason"]) == ("2", column, reason)
        assert told["what_to_do"]
    assert service.rows("SELECT participant_id FROM participants") == [{"participant_id": ben["participant_id"]}]


def test_an_address_cannot_be_valid_and_not_there(service, files, ana, rejects_of):
    path = files.csv(ana | dict.fromkeys(("line1", "line2", "city", "state", "zip"), ""))
    service.participants(path)
    assert rejects_of(path)[0]["column"] == "address_valid"


@pytest.mark.parametrize("change, column, reason", [
    ({"case_id": "x"}, "case_id", "is not a number of the right length"),
    ({"county": "6001"}, "county", "is not a number of the right length"),
    ({"status": "ended"}, "status", "is not one of the known values"),
    ({"opened_on": "02/01/2024"}, "opened_on", "is not a date"),
    ({"opened_on": "2024-02-30"}, "opened_on", "is not a date"),
    ({"opened_on": "2099-01-01"}, "opened_on", "is after today"),
    ({"payor_ids": "123"}, "payor_ids", "is not a number of the right length"),
    ({"payor_ids": "5555555555"}, "payor_ids", "names a participant who is not on file"),
    ({"payee_ids": "0123456789;5555555555"}, "payee_ids", "names a participant who is not on file"),
    ({"payor_ids": "", "payee_ids": ""}, "payor_ids", "is empty, and so is payee_ids"),
    ({"payee_ids": "0123456789;9876543210"}, "payee_ids", "names somebody who is in payor_ids too"),
])
def test_a_broken_case_is_told_of_and_the_others_are_applied(with_people, files, their_case, rejects_of, change,
                                                             column, reason):
    path = files.csv(their_case | change, their_case | {"case_id": "200000000002"})
    for _ in range(2):
        assert with_people.cases(path).rejected == 1
        [told] = rejects_of(path)
        assert (told["line"], told["column"], told["reason"]) == ("2", column, reason)
    assert with_people.rows("SELECT case_id FROM cases") == [{"case_id": "200000000002"}]


def test_a_case_whose_parties_come_later_is_applied_then(with_people, files, their_case, ana):
    path = files.csv(their_case | {"payee_ids": "5555555555"})
    assert with_people.cases(path).rejected == 1
    with_people.participants(files.csv(ana | {"participant_id": "5555555555", "ssn": ""}, name="more.csv"))
    assert with_people.cases(path).applied == 1
    assert not path.with_name(f"{path.name}.rejects.csv").exists(), "nothing is rejected any more"


def test_parties_come_and_go(with_people, files, their_case):
    with_people.cases(files.csv(their_case))
    with_people.cases(files.csv(their_case | {"payor_ids": "0123456789", "payee_ids": "9876543210"}))
    assert with_people.rows("SELECT participant_id, role FROM case_parties ORDER BY role DESC") == [
        {"participant_id": "0123456789", "role": "payor"}, {"participant_id": "9876543210", "role": "payee"}]
    kind, data = with_people.for_services()[-1]
    assert kind == "cases.case_changed.v1"
    assert {(party["participant_id"], party["role"]) for party in data["parties"]} == {
        ("0123456789", "payor"), ("9876543210", "payee")}


@pytest.mark.parametrize("raw, reason", [
    ("200,06001,ñ".encode("latin-1"), "is not UTF-8"),
    (b"200000000009,06001\x00,,open,2024-02-01,9876543210,0123456789", "has a NUL byte"),
    (b"200000000009,06001", "has 2 fields, not 7"),
    (b"2" * 1_100_000, "is longer than a megabyte"),
])
def test_a_line_that_is_no_record_is_told_of_and_the_others_are_applied(with_people, files, their_case, rejects_of,
                                                                        raw, reason):
    path = files.csv(their_case)
    header, good = path.read_bytes().splitlines()
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join([header, raw, good]) + b"\r\n")
    assert with_people.cases(path).applied == 1
    [told] = rejects_of(path)
    assert (told["line"], told["reason"]) == ("2", reason)


def test_a_file_that_was_cut_off_keeps_its_whole_lines_only(with_people, files, their_case, rejects_of):
    path = files.csv(their_case, their_case | {"case_id": "200000000002"})
    path.write_bytes(path.read_bytes()[:-1])  # an id that is cut off may still look like one
    assert with_people.cases(path).applied == 1
    assert rejects_of(path)[0]["line"] == "3"
    assert with_people.rows("SELECT case_id FROM cases") == [{"case_id": "200000000001"}]


@pytest.mark.parametrize("columns", [participants.COLUMNS, case_file.COLUMNS])
def test_every_column_of_the_first_files_must_be_in_the_header(service, files, ana, their_case, columns):
    record, take_in = (ana, service.participants) if columns is participants.COLUMNS else (their_case, service.cases)
    for column in filter(lambda column: column.required, columns):
        with pytest.raises(Exception, match=f"lacks the column {column.name}"):
            take_in(files.csv({name: cell for name, cell in record.items() if name != column.name}))


def test_two_lines_that_contradict_each_other_are_not_both_believed(service, files, ana, ben, rejects_of):
    path = files.csv(ana, ben, ana, ana | {"language": "en"})
    first = service.participants(path)
    assert (first.applied, first.unchanged, first.rejected) == (2, 1, 1)
    assert [(told["line"], told["reason"]) for told in rejects_of(path)] == [
        ("5", "is in this file before, with other content")]
    before = service.dump()
    assert service.participants(path).applied == 0
    assert service.dump() == before, "running it again changes nothing"


def test_a_dry_run_says_what_would_be_and_keeps_nothing(service, files, ana, ben, rejects_of):
    path = files.csv(ana, ben | {"language": "fr"})
    before = service.dump()
    report = service.participants(path, dry_run=True)
    assert (report.applied, report.rejected) == (1, 1)
    assert rejects_of(path)[0]["column"] == "language"
    assert service.dump() == before


def test_the_reject_file_goes_where_it_is_wanted(service, files, ana, tmp_path):
    wanted = tmp_path / "elsewhere.csv"
    service.participants(files.csv(ana | {"language": "fr"}), rejects=wanted)
    with wanted.open() as lines:
        assert [row["line"] for row in csv.DictReader(lines)] == ["2"]


def test_a_batch_in_which_something_breaks_leaves_nothing(service, files, ana, ben, monkeypatch):
    monkeypatch.setattr("cases.importing.participants.store_participants", _break)
    before = service.dump()
    with pytest.raises(RuntimeError):
        service.participants(files.csv(ana, ben))
    assert service.dump() == before


def _break(*_):
    raise RuntimeError("in the middle of a batch")
