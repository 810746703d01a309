"""Keys are made once, kept from others, and fit each other."""

from __future__ import annotations

import pytest

from eventkit.crypto import Keyring, Opener, seal
from workbench import keys


@pytest.fixture
def place(tmp_path):
    return tmp_path / "secrets.env"


def test_made_once_and_only_for_the_owner_to_read(place):
    first = keys.load_or_make(place)
    assert place.stat().st_mode & 0o777 == 0o600
    assert keys.load_or_make(place) == first


def test_they_are_keys_the_services_take(place):
    made = keys.load_or_make(place)
    sealed = seal(made["AUTH_PUBLIC_KEY"], b"270461", "login|pin")
    assert Opener.parse(made["AUTH_PRIVATE_KEYS"]).open(sealed, "login|pin") == b"270461"
    ring = Keyring.parse(made["PERSONAL_KEYS"])
    assert ring.decrypt(ring.encrypt(b"Main Street 1", "p|address_enc"), "p|address_enc") == b"Main Street 1"


def test_one_that_is_missing_is_added_and_the_others_stay(place):
    first = keys.load_or_make(place)
    place.write_text("".join(f"{name}={value}\n" for name, value in first.items() if name != "SECRET_KEY"))
    second = keys.load_or_make(place)
    assert {**second, "SECRET_KEY": first["SECRET_KEY"]} == first
    assert second["SECRET_KEY"]


@pytest.mark.parametrize("private, public", keys.PAIRS)
@pytest.mark.parametrize("lost", [0, 1])
def test_half_of_a_pair_is_never_kept(place, private, public, lost):
    first = keys.load_or_make(place)
    place.write_text("".join(f"{name}={value}\n" for name, value in first.items() if name != (private, public)[lost]))
    second = keys.load_or_make(place)
    sealed = seal(second[public], b"x", "c")
    assert Opener.parse(second[private]).open(sealed, "c") == b"x"
    assert {name for name in first if first[name] != second[name]} == {private, public}
