"""The newer columns of the agency's file of participants, and the profile that is shown of them."""

from __future__ import annotations

import json

import pytest

FULL = {"phone_home": "805-555-0141", "phone_mobile": "(805) 555-0142", "phone_work": "+1 805 555 0143",
        "employer_name": "Walnut Bakery", "employer_phone": "805-555-0144", "employer_city": "Oxnard",
        "protected": "false", "email_notices": "true"}
MASKED = {"name": "A••• P•••", "address": "1••• ••••• St, Pretend, CA 929••", "phone_home": "•••-•••-0141",
          "phone_mobile": "•••-•••-0142", "phone_work": "•••-•••-0143", "email": "a•••@e•••.org", "employer": "W•••"}


def shown(service, data):
    return json.loads(service.shown.decrypt(data["shown_enc"], f"{data['participant_id']}|shown"))


def test_everything_on_file_is_masked_when_it_is_stored_and_told_from_the_event_alone(service, files, ana):
    service.participants(files.csv(ana | FULL))
    [profile] = service.shown_to_customers("profile_changed")
    assert shown(service, profile) == MASKED
    assert (profile["language"], profile["address_valid"], profile["email_notices"], profile["changed_by"]) == (
        "es", True, True, "agency")
    [event] = service.rows("SELECT data FROM events")
    assert event["data"]["details"]["shown"] == profile["shown_enc"]


def test_each_new_field_is_kept_encrypted_and_one_way_of_writing_a_number_is_as_good_as_another(service, files, ana):
    service.participants(files.csv(ana | FULL))
    [row] = service.rows("SELECT * FROM participants")
    who = ana["participant_id"]
    assert {field: service.keyring.decrypt(row[f"{field}_enc"], f"{who}|{field}").decode()
            for field in ("phone_home", "phone_mobile", "phone_work", "employer")} == {
        "phone_home": "8055550141", "phone_mobile": "8055550142", "phone_work": "8055550143",
        "employer": '{"name":"Walnut Bakery","phone":"8055550144","city":"Oxnard"}'}
    assert service.participants(files.csv(ana | FULL | {"phone_home": "8055550141"})).unchanged == 1


def test_an_older_file_leaves_what_it_has_no_column_for(service, files, ana):
    service.participants(files.csv(ana | FULL | {"protected": "true"}))
    before = service.rows("SELECT * FROM participants")
    report = service.participants(files.csv(ana))
    assert report.unchanged == 1
    assert report.notices == ("left as on file: the columns phone_home, phone_mobile, phone_work, employer_name, "
                              "employer_phone, employer_city, protected, email_notices",)
    assert service.rows("SELECT * FROM participants") == before
    service.participants(files.csv(ana | {"city": "Elsewhere"}))
    [after] = service.rows("SELECT * FROM participants")
    assert {name for name, value in after.items() if value != before[0][name]} == {
        "address_enc", "marks", "shown_enc", "updated_at", "version"}


def test_a_cell_that_is_empty_now_is_a_change(service, files, ana):
    service.participants(files.csv(ana | FULL))
    empty = {name: "" for name in FULL if name not in ("protected", "email_notices")}
    assert service.participants(files.csv(ana | FULL | empty)).applied == 1
    assert shown(service, service.shown_to_customers("profile_changed")[-1]) == MASKED | dict.fromkeys(
        ("phone_home", "phone_mobile", "phone_work", "employer"))


@pytest.mark.parametrize("column, value, reason", [
    ("phone_home", "12345", "is not a phone number of the United States"),
    ("phone_mobile", "911-555-0142", "is not a phone number of the United States"),
    ("employer_phone", "x", "is not a phone number of the United States"),
    ("employer_name", "", "is empty, though other parts of the employer are given"),
    ("employer_city", "x" * 81, "is longer than 80 characters"),
    ("protected", "", "is empty"),
    ("protected", "perhaps", "is not true or false"),
    ("email_notices", "", "is empty"),
])
def test_a_broken_cell_is_told_of(service, files, ana, ben, rejects_of, column, value, reason):
    path = files.csv(ana | FULL | {column: value}, ben | FULL)
    assert (service.participants(path).rejected, service.participants(path).unchanged) == (1, 1)
    [told] = rejects_of(path)
    assert (told["column"], told["reason"]) == (column, reason)


def test_what_others_need_is_published_only_where_it_changed_and_protection_never(service, files, ana):
    service.participants(files.csv(ana | FULL))
    published = len(service.published())
    assert service.participants(files.csv(ana | FULL | {"protected": "true"})).applied == 1
    assert len(service.published()) == published
    service.participants(files.csv(ana | FULL | {"protected": "true", "phone_home": ""}))
    assert [kind for kind, _ in service.published()[published:]] == ["cases.profile_changed.v1"]
    service.participants(files.csv(ana | FULL | {"protected": "true", "phone_home": "", "ssn": "900010009"}))
    assert [kind for kind, _ in service.published()[published + 1:]] == ["cases.participant_changed.v1"]
