"""How personal fields are kept: encrypted under changing keys, and the Social Security number for auth alone."""

from __future__ import annotations

import dataclasses

import pytest

from cases.domain.participant import participant
from cases.personal import SSN_MARK_DIGITS
from cases.rotation import left, rotate
from eventkit.crypto import CannotDecrypt, Keyring, generate_key


@pytest.fixture
def rotated(service, agency):
    """The agency is on file, and a new key is in front of the ring."""
    service.participants(agency / "participants.csv")
    return dataclasses.replace(service, keys=f"{generate_key('k2')},{service.keys}")


def test_all_that_is_on_file_comes_under_the_first_key_and_says_the_same(rotated):
    names = names_of(rotated)
    told = []
    assert left(rotated.engine, rotated.keyring, rotated.shown) == 320
    assert rotate(rotated.engine, rotated.keyring, rotated.shown, told.append) == 320
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
        rotate(rotated.engine, rotated.keyring, rotated.shown, stop_after_two)
    assert left(rotated.engine, rotated.keyring, rotated.shown) == 120
    assert rotate(rotated.engine, rotated.keyring, rotated.shown, lambda _: None) == 120
    assert rotate(rotated.engine, rotated.keyring, rotated.shown, lambda _: None) == 0


def test_events_stay_readable_and_the_file_says_nothing_new_while_the_old_key_is_in_the_ring(rotated, agency):
    rotate(rotated.engine, rotated.keyring, rotated.shown, lambda _: None)
    for event in rotated.rows("SELECT data FROM events LIMIT 20"):
        who, name = event["data"]["participant_id"], event["data"]["details"]["name"]["value"]
        assert rotated.keyring.decrypt(name, f"{who}|name")
    assert rotated.participants(agency / "participants.csv").unchanged == 320


def test_a_change_after_a_rotation_is_one_change_all_under_the_new_key(rotated, files, ana):
    rotated.participants(files.csv(ana))
    newer = dataclasses.replace(rotated, keys=f"{generate_key('k3')},{rotated.keys}")
    rotate(newer.engine, newer.keyring, newer.shown, lambda _: None)
    assert newer.participants(files.csv(ana | {"email": "new@example.org"})).applied == 1
    kind, data = newer.for_services()[-1]
    assert kind == "cases.participant_changed.v1"
    assert [data[name].partition(".")[0] for name in ("name_enc", "address_enc", "email_enc")] == ["k3"] * 3
    [event] = newer.rows("SELECT data FROM events WHERE name = 'ParticipantChanged'")
    assert event["data"]["changed"] == ["email"]


def test_without_the_old_key_the_next_file_makes_everything_anew_once(rotated, agency):
    rotate(rotated.engine, rotated.keyring, rotated.shown, lambda _: None)
    alone = dataclasses.replace(rotated, keys=rotated.keys.split(",")[0])
    assert alone.participants(agency / "participants.csv").applied == 320
    assert alone.participants(agency / "participants.csv").unchanged == 320


def test_a_key_that_is_missing_stops_the_rotation_and_spoils_nothing(rotated):
    before = rotated.dump()
    with pytest.raises(CannotDecrypt):
        rotate(rotated.engine, Keyring.parse(generate_key("k9")), rotated.shown, lambda _: None)
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
