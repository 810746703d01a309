"""Every row of the vectors, told to the ledger in memory: what comes of it is what was worked out by hand, and the
promises of any history are kept."""

from __future__ import annotations

import pytest

from eventkit.decider import Rejected

from .history import promises
from .vectors import (
    Vector,
    buckets,
    corrections,
    current_and_order,
    fees,
    holds,
    interest,
    money_out,
    pass_through,
    several_cases,
)
from .vectors.language import CHECKING, DOING, Told

FILES = (current_and_order, fees, interest, pass_through, buckets, several_cases, holds, corrections, money_out)
ALL = [pytest.param(row, id=f"{file.__name__.rpartition('.')[2]}: {row.name}") for file in FILES for row in file.ROWS]


def steps(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


@pytest.mark.parametrize("vector", ALL)
def test_what_was_worked_out_by_hand(vector: Vector) -> None:
    told = Told(vector.told + vector.expected, vector.family)
    *before, last = steps(vector.told)
    for line in before:
        told.tell(line, DOING)
    expected = steps(vector.expected)
    if expected[0].startswith("refused "):
        with pytest.raises(Rejected) as refusal:
            told.tell(last, DOING)
        assert refusal.value.code == expected.pop(0).split()[1]
    else:
        told.tell(last, DOING)
    for line in expected:
        told.tell(line, CHECKING)
    desk = told.desk
    promises.sides_agree(desk, desk.balances())
    promises.accounts_agree(desk, desk.balances())
    promises.receipts_are_whole(desk)
    promises.replay_is_the_same(desk)
    for case in desk.known.open_by_case:
        promises.debts_are_whole(desk.account(case))
        promises.interest_is_what_it_would_be(desk.account(case))


def test_there_are_enough_of_them_and_each_has_its_name_and_its_reason() -> None:
    rows = [row for file in FILES for row in file.ROWS]
    assert len(rows) >= 60
    assert len({row.name for row in rows}) == len(rows)
    assert all(row.why.strip() for row in rows)
