"""Fifteen years of one case are what they were: the golden files, which a caseworker can check by hand.

After a change that is meant, write it anew and read the difference: `CC_WRITE_GOLDEN=1 pytest -k golden`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .golden.stating import state, statements
from .golden.telling import tell

FILE = Path(__file__).parent / "golden" / "fifteen_years.txt"
STATEMENTS = FILE.with_name("statements.txt")

ROWS = (
    (r"(charged|charge of) ", {"debt": 1}),
    (r"interest (of|through) ", {"interest": 1}),
    (r"(CURRENT|ARREARS) ", {"debt": -1}),
    (r"FUTURE .* to FAMILY", {"debt": -1}),
    (r"INTEREST ", {"interest": -1}),
    (r"owed again: (CURRENT|ARREARS|FUTURE)", {"debt": 1}),
    (r"owed again: INTEREST", {"interest": 1}),
    (r"paid directly: (CURRENT|ARREARS)", {"debt": -1}),
    (r"paid directly: INTEREST", {"interest": -1}),
    (r"(received|returned) ", {"cash": 1}),
    (r"(taken back|sent|reissued) ", {"cash": -1}),
)
"""What a line of the file does to the balances below it; all other lines leave them alone."""


@pytest.mark.parametrize(("file", "write"), [(FILE, tell), (STATEMENTS, state)], ids=lambda it: getattr(it, "stem", ""))
def test_it_is_told_as_in_the_golden_file(file: Path, write: Callable[[], str]) -> None:
    told = write()
    if os.environ.get("CC_WRITE_GOLDEN"):
        file.write_text(told)
    assert told.splitlines() == file.read_text().splitlines()


def months() -> Iterator[tuple[str, list[str]]]:
    """The file's months with their lines, by reading it as a caseworker does."""
    for part in FILE.read_text().split("\n--- ")[1:]:
        month, *lines = part.splitlines()
        yield month[:7], lines


def amounts(text: str) -> list[int]:
    return [int(found.replace(",", "").replace(".", "")) for found in re.findall(r"-?[\d,]+\.\d\d(?!\d)", text)]


def standing(lines: list[str]) -> dict[str, int]:
    """The balances at a month's end; the debt is what is owed less what is paid ahead."""
    principal, interest = amounts(next(line for line in lines if line.startswith("  owed in all")))
    (foot,) = [line for line in lines if line.startswith("  paid ahead")]
    others = dict(zip(re.findall(r"([a-z ]+?) -?[\d,]+\.", foot), amounts(foot), strict=True))
    found = {name.strip(): cents for name, cents in others.items()}
    return {**found, "debt": principal - found["paid ahead"], "interest": interest}


def test_each_month_is_the_one_before_and_its_lines() -> None:
    expected: Counter[str] = Counter()
    seen = list(months())
    for month, lines in seen:
        for line in lines:
            for pattern, effect in ROWS:
                if re.match(pattern, line[9:].strip()):
                    for what, sign in effect.items():
                        expected[what] += sign * amounts(line)[-1]
        found = standing(lines)
        assert {what: found[what] for what in ("debt", "interest", "cash")} == {
            what: expected[what] for what in ("debt", "interest", "cash")}, month
    assert len(seen) == 180


def test_each_months_cash_is_whose_it_is_and_its_buckets_add_up() -> None:
    for month, lines in months():
        found = standing(lines)
        of_others = sum(found[name] for name in ("payable", "held", "kept", "fees"))
        assert found["cash"] == of_others - found["owed back"], month
        buckets = [amounts(line) for line in lines if line.startswith("  owed, ")]
        principal, interest = (sum(column) for column in zip(*buckets, strict=True)) if buckets else (0, 0)
        assert (principal - found["paid ahead"], interest) == (found["debt"], found["interest"]), month


def test_each_statement_adds_up_and_its_balance_is_the_months() -> None:
    found = {month: (standing(lines), posted(lines)) for month, lines in months()}
    told = list(statements())
    assert [month for month, _ in told] == list(found)
    for (month, one), (_, interest) in zip(told, [*list(found.values())[1:], ({}, 0)], strict=True):
        brought = (sum(row["amount_cents"] for row in (*one["charges"], *one["adjustments"]))
                   - sum(row["amount_cents"] for row in one["payments"]) + one["interest_posted_cents"])
        balance, (stood, _) = one["balance"], found[month]
        assert balance["total_cents"] == one["previous"]["total_cents"] + brought, month
        assert balance["principal_cents"] - balance["paid_ahead_cents"] == stood["debt"], month
        assert month == told[-1][0] or balance["interest_cents"] == stood["interest"] + interest, month


def posted(lines: list[str]) -> int:
    """The interest of the month before, which the file tells first of all."""
    return sum(amounts(line)[-1] for line in lines if line[9:].strip().startswith("interest of"))
