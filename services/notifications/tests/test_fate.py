"""What becomes of a waiting letter."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications.domain.fate import PATIENCE, Addressee, Go, Waiting, fate
from notifications.domain.letter import Reason

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def of(addressee=Addressee.REACHABLE, age=timedelta(hours=1), expires_on=date(2026, 12, 15), key_lives=True):
    return fate(Waiting(NOW - age, expires_on, addressee, key_lives), NOW, TODAY)


def test_a_letter_with_an_address_is_printed():
    assert of() is Go.PRINT
    assert of(age=timedelta(days=20)) is Go.PRINT


def test_a_letter_nobody_can_open_is_rejected():
    assert of(key_lives=False) is Reason.KEY_DESTROYED


@pytest.mark.parametrize(("expires_on", "expected"), [
    (TODAY - timedelta(days=1), Reason.EXPIRED), (TODAY, Reason.EXPIRED), (TODAY + timedelta(days=1), Go.PRINT)])
def test_a_pin_that_no_letter_can_bring_in_time_is_rejected(expires_on, expected):
    assert of(expires_on=expires_on) is expected


def test_no_letter_goes_to_an_address_known_to_be_bad():
    assert of(Addressee.WITHOUT_ADDRESS) is Reason.NO_ADDRESS


def test_an_addressee_not_heard_of_yet_is_waited_for_but_not_for_ever():
    assert of(Addressee.UNKNOWN) is Go.POSTPONE
    assert of(Addressee.UNKNOWN, age=PATIENCE - timedelta(seconds=1)) is Go.POSTPONE
    assert of(Addressee.UNKNOWN, age=PATIENCE) is Reason.NO_ADDRESS
