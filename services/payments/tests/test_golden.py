"""Fifteen years of one case are what they were: the golden file, which a caseworker can check by hand.

After a change that is meant, write it anew and read the difference: `CC_WRITE_GOLDEN=1 pytest -k golden`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .golden.telling import tell

FILE = Path(__file__).parent / "golden" / "fifteen_years.txt"

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


def test_fifteen_years_are_told_as_in_the_golden_file() -> None:
    told = tell()
    if os.environ.get("CC_WRITE_GOLDEN"):
        FILE.write_text(told)
    assert told.splitlines() == FILE.read_text().splitlines()


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
