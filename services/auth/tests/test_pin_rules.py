"""Which PINs are refused, and under which name."""

import random

import pytest

from auth.domain.pin_rules import PinRules, fault

OWN = ("0471962583", "900471836")


@pytest.mark.parametrize(("pin", "rule"), [
    ("12345", "too_short"), ("", "not_digits"), ("1234567890123", "too_long"), ("12a456", "not_digits"),
    ("١٢٣٤٥٦", "not_digits"), ("12 456", "not_digits"), ("²²²²²²", "not_digits"),
    ("111111", "repeats"), ("000000", "repeats"), ("121212", "repeats"), ("100000", "repeats"), ("112121", "repeats"),
    ("123456", "run"), ("654321", "run"), ("234567", "run"), ("890123", "run"), ("210987", "run"),
    ("12345678", "run"), ("123123", "pattern"), ("1231231", "pattern"), ("45674567", "pattern"),
    ("471962", "own_number"), ("904719", None), ("900471", "own_number"), ("047183", "own_number"),
    ("471836", "own_number"),
    ("88471836", "own_number"), ("962583", "own_number"), ("147258", "too_common"), ("112233", "too_common"),
    ("830275", None), ("19283746", None), ("1047183", "own_number"),
])
def test_a_pin_and_the_rule_it_breaks(pin, rule):
    assert fault(pin, PinRules(), OWN) == rule


def test_lengths_are_settings():
    assert fault("830275", PinRules(min_length=8), ()) == "too_short"
    assert fault("83027519", PinRules(max_length=7), ()) == "too_long"


def test_what_is_refused_is_a_small_part_of_all_pins():
    chance = random.Random(1)
    pins = [f"{chance.randrange(10**6):06}" for _ in range(20_000)]
    refused = sum(fault(pin, PinRules(), OWN) is not None for pin in pins)
    assert refused / len(pins) < 0.01
