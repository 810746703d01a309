"""Changing peppers and the index key, without anybody typing anything."""

import base64
import secrets

import pytest

from auth import upkeep
from eventkit.crypto import CannotDecrypt, generate_key

ANA, BEN, SSN, PIN = "0471962583", "98765432101", "900471836", "830275"


def test_peppers_are_changed_and_the_old_one_can_go(auth):
    auth.with_pin(ANA)
    auth.letter(BEN)
    new = generate_key("p2")
    auth.restarted(AUTH_PEPPERS=f"{new},{auth.peppers}")
    assert upkeep.rotate_peppers(auth.engine, auth.keys) == 2
    assert upkeep.rotate_peppers(auth.engine, auth.keys) == 0
    auth.restarted(AUTH_PEPPERS=new)
    assert auth.log_in(ANA, PIN).ok


def test_without_the_old_pepper_nothing_is_changed_and_a_pin_is_a_wrong_one(auth):
    auth.with_pin(ANA)
    auth.restarted(AUTH_PEPPERS=generate_key("p2"))
    with pytest.raises(CannotDecrypt):
        upkeep.rotate_peppers(auth.engine, auth.keys)
    assert auth.log_in(ANA, PIN).code == "not_accepted"
    auth.restarted(AUTH_PEPPERS=auth.peppers)
    assert auth.log_in(ANA, PIN).ok


def test_the_index_is_made_anew_under_a_new_key(auth):
    auth.with_pin(ANA)
    (before,) = auth.rows("SELECT ssn_fingerprint AS mark FROM login_index WHERE ssn_fingerprint IS NOT NULL")
    auth.restarted(AUTH_INDEX_KEY=base64.b64encode(secrets.token_bytes(32)).decode())
    assert auth.log_in(SSN, PIN).code == "not_accepted"
    assert upkeep.reindex(auth.engine, auth.keys) == 1
    assert auth.log_in(SSN, PIN).ok
    assert before not in auth.rows("SELECT ssn_fingerprint AS mark FROM login_index")
