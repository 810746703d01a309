"""Operators put a new key in front of PERSONAL_KEYS, rotate, and may then drop the old one."""

import pytest

from eventkit.crypto import CannotDecrypt, Keyring, generate_key
from notifications.personal import KeyMissing, rotate

PEOPLE = [f"100000000{number}" for number in range(5)]


@pytest.fixture
def filled(service):
    for who in PEOPLE:
        service.register(who)
    service.register("1000000009", street=None, valid=False)
    service.issue_pin("l-1", PEOPLE[0])
    return service


def test_letters_are_printed_with_the_new_key_alone(filled, monkeypatch):
    monkeypatch.setattr("notifications.personal.BATCH", 2)
    new = generate_key("k2")
    both, only_new = Keyring.parse(f"{new},{filled.keys}"), Keyring.parse(new)
    assert rotate(filled.engine, both) == len(PEOPLE) + 1
    assert rotate(filled.engine, both) == 0
    filled.print(keyring=only_new)
    assert filled.pins_on_disk() == [("l-1", filled.pins["l-1"])]
    [row] = filled.rows("SELECT * FROM address_book WHERE participant_id = '1000000009'")
    assert row["address_enc"] is None and only_new.decrypt(row["email_enc"], "1000000009|email")


def test_a_key_that_is_not_there_is_named_and_nothing_is_lost(filled):
    before = filled.rows("SELECT * FROM address_book ORDER BY 1")
    with pytest.raises(KeyMissing, match=r"^k1$"):
        rotate(filled.engine, Keyring.parse(generate_key("k2")))
    assert filled.rows("SELECT * FROM address_book ORDER BY 1") == before


def test_a_value_moved_to_another_person_does_not_open(filled):
    [row] = filled.rows(f"SELECT name_enc FROM address_book WHERE participant_id = '{PEOPLE[0]}'")
    with pytest.raises(CannotDecrypt):
        filled.keyring.decrypt(row["name_enc"], f"{PEOPLE[1]}|name")
