"""How personal fields are kept: encrypted under changing keys, and the Social Security number for auth alone."""

from __future__ import annotations

import dataclasses
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from cases.domain.participant import participant
from cases.keys import keys_of
from cases.personal import SSN_MARK_DIGITS
from cases.rotation import left, rotate
from cases.self_service import commands
from cases.showing_anew import show_anew
from eventkit.application import Request
from eventkit.crypto import CannotDecrypt, Keyring, generate_key, seal


@pytest.fixture
def rotated(service, agency):
    """The agency is on file, and a new key is in front of the ring."""
    service.participants(agency / "participants.csv")
    return dataclasses.replace(service, keys=f"{generate_key('k2')},{service.keys}")


def test_all_that_is_on_file_comes_under_the_first_key_and_says_the_same(rotated):
    names = names_of(rotated)
    told = []
    assert left(rotated.engine, rotated.rings) == 320
    assert rotate(rotated.engine, rotated.rings, told.append) == 320
    assert sum(told) == 320
    only_new = Keyring.parse(rotated.keys.split(",")[0])
    for row in rotated.rows("SELECT * FROM participants"):
        for column, field in (("name_enc", "name"), ("address_enc", "address"), ("email_enc", "email")):
            if row[column] is not None:
                assert only_new.decrypt(row[column], f"{row['participant_id']}|{field}")
    assert names_of(rotated) == names


def test_rotation_that_was_stopped_goes_on_where_it_was(rotated, monkeypatch):
    monkeypatch.setattr("cases.rotation.BATCH", 100)

    told = []

    def stop_after_two(count):
        told.append(count)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(rotated.engine, rotated.rings, stop_after_two)
    assert left(rotated.engine, rotated.rings) == 120
    assert rotate(rotated.engine, rotated.rings, lambda _: None) == 120
    assert rotate(rotated.engine, rotated.rings, lambda _: None) == 0


def test_events_stay_readable_and_the_file_says_nothing_new_while_the_old_key_is_in_the_ring(rotated, agency):
    rotate(rotated.engine, rotated.rings, lambda _: None)
    for event in rotated.rows("SELECT data FROM events LIMIT 20"):
        who, name = event["data"]["participant_id"], event["data"]["details"]["name"]["value"]
        assert rotated.keyring.decrypt(name, f"{who}|name")
    assert rotated.participants(agency / "participants.csv").unchanged == 320


def test_a_change_after_a_rotation_is_one_change_all_under_the_new_key(rotated, files, ana):
    rotated.participants(files.csv(ana))
    newer = dataclasses.replace(rotated, keys=f"{generate_key('k3')},{rotated.keys}")
    rotate(newer.engine, newer.rings, lambda _: None)
    assert newer.participants(files.csv(ana | {"email": "new@example.org"})).applied == 1
    kind, data = newer.for_services()[-1]
    assert kind == "cases.participant_changed.v1"
    assert [data[name].partition(".")[0] for name in ("name_enc", "address_enc", "email_enc")] == ["k3"] * 3
    [event] = newer.rows("SELECT data FROM events WHERE name = 'ParticipantChanged'")
    assert event["data"]["changed"] == ["email"]


def test_without_the_old_key_the_next_file_makes_everything_anew_once(rotated, agency):
    rotate(rotated.engine, rotated.rings, lambda _: None)
    alone = dataclasses.replace(rotated, keys=rotated.keys.split(",")[0])
    assert alone.participants(agency / "participants.csv").applied == 320
    assert alone.participants(agency / "participants.csv").unchanged == 320


def test_a_key_that_is_missing_stops_the_rotation_and_spoils_nothing(rotated):
    before = rotated.dump()
    with pytest.raises(CannotDecrypt):
        lacking = dataclasses.replace(rotated.rings, personal=Keyring.parse(generate_key("k9")))
        rotate(rotated.engine, lacking, lambda _: None)
    assert rotated.dump() == before


def test_a_social_security_number_cannot_be_read_or_found_here(service, files, ana):
    service.participants(files.csv(ana))
    [row] = service.rows("SELECT * FROM participants")
    with pytest.raises(CannotDecrypt):
        service.keyring.decrypt(row["ssn_sealed"], f"{ana['participant_id']}|ssn")
    digest = row["marks"]["ssn"].partition(".")[2]
    assert len(digest) == SSN_MARK_DIGITS
    # With the key in hand, other numbers give this mark too: it does not tell which one it is.
    context = f"{ana['participant_id']}|ssn"
    alike = sum(service.keyring.fingerprint(f"{number:09d}", context).startswith(row["marks"]["ssn"])
                for number in range(400_000))
    assert alike >= 1


def test_the_same_field_of_two_people_looks_different(service, files, ana, ben):
    service.participants(files.csv(ana, ben | {"first_name": "Ana", "last_name": "Paz"}))
    first, second = service.rows("SELECT * FROM participants")
    assert first["marks"]["name"] != second["marks"]["name"]
    assert first["name_enc"] != second["name_enc"]


def names_of(service):
    return {row["participant_id"]: service.keyring.decrypt(row["name_enc"], f"{row['participant_id']}|name")
            for row in service.rows("SELECT participant_id, name_enc FROM participants")}


def test_what_is_on_file_is_what_the_events_say(service, agency):
    service.participants(agency / "participants.csv")
    with service.app.engine.begin() as conn:
        ids = [row["participant_id"] for row in service.rows("SELECT participant_id FROM participants")]
        folded = service.app.store.load_many(conn, participant, ids)
    for row in service.rows("SELECT * FROM participants"):
        state = folded[f"participant-{row['participant_id']}"]
        assert (state.version, state.state.details.name.value) == (row["version"], row["name_enc"])


def test_everything_of_every_table_comes_under_the_first_keys(service, files, ana, ben, their_case):
    """And what somebody then changes themselves keeps the other fields under the new keys."""
    service.participants(files.csv(ana | {"phone_home": "8055550142"}, ben | {"phone_home": ""}))
    service.cases(files.csv(their_case | {"function": "locate", "assistance": "never",
                                          "dependents": "Luz Paz 2015-04-30"}))
    in_a_week = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT%H:%MZ")
    service.appointments(files.csv({
        "appointment_id": "A-1", "participant_id": ana["participant_id"], "case_id": "", "type": "interview",
        "status": "scheduled", "starts_at": in_a_week, "minutes": "45", "place": "Room 7",
        "link": "https://meet.example.org/abc", "attendance_required": "true", "bring": "", "language": "es"}))
    update(service, ana, {"phone_work": "8055550143"})
    newer = dataclasses.replace(service, keys=f"{generate_key('k2')},{service.keys}",
                                shown_keys=f"{generate_key('s2')},{service.shown_keys}",
                                report_keys=f"{generate_key('r2')},{service.report_keys}")
    assert rotate(newer.engine, newer.rings, lambda _: None) == 5
    assert left(newer.engine, newer.rings) == 0
    alone = dataclasses.replace(newer, keys=newer.keys.split(",")[0], shown_keys=newer.shown_keys.split(",")[0],
                                report_keys=newer.report_keys.split(",")[0])
    update(alone, ana, {"email": "new@example.org"})
    command = Request("confirm", {"participant_id": ana["participant_id"], "appointment_id": "A-1"}, "c",
                      ana["participant_id"], "web")
    alone.app.handle(command, commands.confirm_appointment)
    assert left(alone.engine, alone.rings) == 0
    assert rotate(alone.engine, dataclasses.replace(alone.rings), lambda _: None) == 0
    place = alone.shown_to_customers("appointment_changed")[-1]["place_enc"]
    assert alone.shown.decrypt(place, f"{ana['participant_id']}|appointment") == b"Room 7"


def test_profiles_are_published_anew_under_the_new_key(rotated):
    newer = dataclasses.replace(rotated, shown_keys=f"{generate_key('s2')},{rotated.shown_keys}")
    rotate(newer.engine, newer.rings, lambda _: None)
    assert show_anew(newer.app, keys_of(newer.app.settings).showing, lambda _: None) == 320
    before, after = (newer.shown_to_customers("profile_changed")[part] for part in (slice(320), slice(320, None)))
    assert {told["shown_enc"].partition(".")[0] for told in after} == {"s2"}

    def told(profiles):
        return {profile["participant_id"]: newer.shown.decrypt(
            profile["shown_enc"], f"{profile['participant_id']}|shown") for profile in profiles}

    assert told(before) == told(after)
    assert {row["key"] for row in newer.rows("SELECT split_part(name_enc, '.', 1) AS key FROM participants")} == {"k2"}


def update(service, who, changes):
    command_id = str(uuid.uuid4())
    sealed = seal(service.own_public_key, json.dumps(changes).encode(), f"cases|changes|{command_id}")
    request = Request("update_contact", {"participant_id": who["participant_id"], "changes_sealed": sealed}, command_id,
                      who["participant_id"], "web")
    keys = keys_of(service.app.settings)
    return service.app.handle(request, lambda unit, body: commands.update_contact(unit, keys, body))
