"""Properties of the arithmetic that the rules share: proportion, interest, months."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.domain.words import Convention
from payments.rules.effective import ALWAYS, Dated, in_force
from payments.rules.government_shares import split
from payments.rules.interest import InterestTerms, accrued
from payments.rules.months import add_months, add_workdays, next_month, previous_month
from payments.rules.proration import prorate

amounts = st.integers(0, 10**9)
weights = st.lists(st.integers(0, 10**7), min_size=1, max_size=6)
days = st.dates(date(1980, 1, 1), date(2030, 12, 31))
terms = st.builds(InterestTerms, st.sampled_from(Convention), st.sampled_from([None, 600, 1_000]), st.booleans())


@given(amounts, weights)
def test_parts_add_up_exactly_and_none_is_a_cent_away_from_its_proportion(cents, shares):
    parts, total = prorate(cents, shares), sum(shares)
    assert sum(parts) == (cents if total else 0)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - Fraction(cents * share, total or 1)) < 1


@given(amounts, weights)
def test_who_is_owed_more_gets_no_less(cents, shares):
    parts = prorate(cents, shares)
    for one, other in ((i, j) for i in range(len(shares)) for j in range(len(shares)) if shares[i] > shares[j]):
        assert parts[one] >= parts[other]


@given(weights.filter(sum), st.data())
def test_nobody_gets_more_than_is_owed(shares, data):
    cents = data.draw(st.integers(0, sum(shares)))
    assert all(part <= share for part, share in zip(prorate(cents, shares), shares, strict=True))


def test_nothing_negative_is_prorated():
    for cents, shares in ((-1, [1]), (1, [-1, 2])):
        with pytest.raises(ValueError):
            prorate(cents, shares)


@given(amounts, days)
def test_what_is_kept_is_shared_to_the_cent(cents, on):
    assert sum(split(cents, on).values()) == cents


installments = st.lists(st.tuples(days, st.integers(1, 10**6)), max_size=6)


@given(installments, days, terms)
def test_interest_is_rounded_once_over_all_installments(found, until, how):
    together = accrued([(due, ((due, cents),)) for due, cents in found], until, how)
    apart = sum(accrued([(due, ((due, cents),))], until, how) for due, cents in found)
    assert abs(together - apart) <= (len(found) + 1) / 2


@given(days, st.integers(1, 10**6), days, st.integers(0, 2_000), terms)
def test_interest_never_falls_with_time_and_never_begins_before_the_due_date(due, cents, until, more, how):
    one = [(due, ((due, cents),))]
    first = accrued(one, until, how)
    assert 0 <= first <= accrued(one, until + timedelta(days=more), how)
    assert until > due or first == 0


@given(days, st.integers(2, 10**6), st.integers(0, 800), days, terms, st.data())
def test_a_payment_and_its_reversal_leave_no_trace(due, cents, later, until, how, data):
    part, on = data.draw(st.integers(1, cents)), due + timedelta(days=later)
    unpaid = [(due, ((due, cents),))]
    assert accrued([(due, ((due, cents), (on, -part), (on, part)))], until, how) == accrued(unpaid, until, how)


@given(days, st.integers(2, 10**6), st.integers(0, 800), days, terms, st.data())
def test_two_payments_on_a_day_are_one(due, cents, later, until, how, data):
    part, on = data.draw(st.integers(1, cents - 1)), due + timedelta(days=later)
    one = accrued([(due, ((due, cents), (on, -cents)))], until, how)
    assert accrued([(due, ((due, cents), (on, part - cents), (on, -part)))], until, how) == one


@given(days, st.integers(1, 10**6), st.integers(0, 800), st.integers(0, 800), terms)
def test_paying_earlier_bears_no_more(due, cents, sooner, later, how):
    first, second = sorted((sooner, later))
    paid = [accrued([(due, ((due, cents), (due + timedelta(days=n), -cents)))], date(2035, 1, 1), how)
            for n in (first, second)]
    assert paid[0] <= paid[1]


@given(days, st.integers(0, 40))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, count):
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
    assert previous_month(next_month(day)) == day.replace(day=1)


@given(days, st.integers(1, 20))
def test_business_days_are_monday_to_friday(day, count):
    later = add_workdays(day, count)
    between = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    assert later.weekday() < 5 and sum(found.weekday() < 5 for found in between) == count


def test_an_entry_holds_from_its_first_day_until_the_next_one():
    entries = (Dated("old", ALWAYS, 1, ""), Dated("new", date(2022, 1, 1), 2, ""))
    assert [in_force(entries, day).key for day in (date(2021, 12, 31), date(2022, 1, 1))] == ["old", "new"]
    with pytest.raises(LookupError):
        in_force(entries, date(1899, 12, 31))
