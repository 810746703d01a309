"""A secret does not show, whatever is done with it by mistake."""

import copy
import json
import pickle
from dataclasses import dataclass, replace

import pytest

from eventkit.secret import Secret

PIN = "739104"


@dataclass(frozen=True)
class LogIn:
    pin: Secret


@pytest.mark.parametrize("show", [
    str, repr, ascii, "{}".format, "{:>20}".format, "{!r}".format, lambda secret: "%s %r" % (secret, secret),  # noqa: UP031
    lambda secret: f"{secret}", lambda secret: str([secret]), lambda secret: repr({"pin": secret}),
    lambda secret: repr(LogIn(secret)), lambda secret: json.dumps({"pin": secret}, default=str)])
def test_it_is_hidden_however_it_is_shown(show):
    assert PIN not in show(Secret(PIN))


@pytest.mark.parametrize("write", [json.dumps, pickle.dumps, copy.deepcopy])
def test_it_is_not_written_anywhere(write):
    with pytest.raises(TypeError) as refused:
        write(Secret(PIN))
    assert PIN not in str(refused.value)


def test_it_is_no_text_so_nothing_takes_it_for_one():
    assert not isinstance(Secret(PIN), str)
    with pytest.raises(TypeError):
        "PIN " + Secret(PIN)  # type: ignore[operator]


def test_it_reveals_its_value_when_asked():
    assert Secret(PIN).reveal() == PIN


def test_equal_secrets_are_equal_and_nothing_else_is():
    assert Secret(PIN) == Secret(PIN)
    assert len({Secret(PIN), Secret(PIN)}) == 1
    assert Secret(PIN) != Secret("739105")
    assert Secret(PIN) != PIN


def test_comparing_broken_text_does_not_raise_an_error_that_holds_it():
    assert Secret("12\ud800") != Secret(PIN)


def test_a_value_object_with_a_secret_can_be_changed():
    assert replace(LogIn(Secret("1")), pin=Secret(PIN)).pin.reveal() == PIN
