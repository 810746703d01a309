"""Deciders and their test language."""

import pytest

from eventkit.testing.sample import Add, Added, till
from eventkit.testing.spec import given


def test_a_decision_is_a_list_of_events():
    given(till).when(Add(5)).then(Added(5, 5)).when(Add(2)).then(Added(2, 7))


def test_a_decision_depends_on_what_happened():
    given(till, Added(5, 5)).when(Add(1)).then(Added(1, 6))


def test_a_refusal_has_a_code_and_details():
    given(till).when(Add(-1)).then_rejected("not_positive", amount=-1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: given(till).when(Add(1)).then(Added(1, 2)),
        lambda: given(till).when(Add(1)).then_nothing(),
        lambda: given(till).when(Add(-1)).then(Added(-1, -1)),
        lambda: given(till).when(Add(1)).then_rejected("not_positive"),
        lambda: given(till).when(Add(-1)).then_rejected("another_code"),
        lambda: given(till).when(Add(-1)).then_rejected("not_positive", amount=7),
    ],
)
def test_the_language_can_say_no(wrong):
    with pytest.raises(AssertionError):
        wrong()
