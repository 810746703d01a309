"""What is shown of a list: the days, case and way of paying that were chosen, kept by every link; and its chart."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.view.choosing import MonthSum
from gateway.web.asking import asked
from gateway.web.chart import HEIGHT, WIDTH, chart, month_before

from .parts import BOTH, PAYEE, PAYOR, Visitor, words_of

MADE = "/my-payments/made-by-me"


def amounts(text: str) -> list[str]:
    return re.findall(r'class="amount">(?:<s>)?(\$[0-9,.]+)', text)


def links(text: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', text)
    assert found
    return unescape(found.group(1))


def test_days_narrow_the_list_from_the_first_to_the_last_of_them(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"{MADE}?from=2026-03-11&to=2026-04-01").text
    assert amounts(page) == ["$200.09", "$200.08", "$200.07"]
    assert "from March 11, 2026" in page and "until April 1, 2026" in page


@pytest.mark.parametrize(("written", "day"), [
    ("2026-03-11", date(2026, 3, 11)), ("3/11/2026", date(2026, 3, 11)), ("03/11/2026", date(2026, 3, 11)),
    (" 2026-3-1 ", date(2026, 3, 1))])
def test_a_day_may_be_written_in_two_ways(written: str, day: date) -> None:
    query = asked({"from": written}, "made", ())
    assert query.choice.since == day and not query.errors


@pytest.mark.parametrize("written", [
    "2026-02-30", "13/1/2026", "yesterday", "2026", "1/2/26", "٢٠٢٦-٠١-٠١", "0000-01-01"])
def test_what_is_no_day_is_named_and_kept(visitor: Visitor, written: str) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"{MADE}?from={written}&to=2026-05-01")
    assert page.status_code == 422 and not amounts(page.text)
    assert "Write the first day as month, day and year" in page.text and f'value="{written}"' in page.text
    assert 'aria-invalid="true"' in page.text and '<a href="#from">' in page.text


def test_a_right_day_is_kept_as_its_field_can_show_it_whatever_else_is_wrong(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"{MADE}?from=3/1/2026&to=soon&how=UIB").text
    assert 'type="date" autocomplete="off" maxlength="20" value="2026-03-01"' in page and 'value="soon"' in page


def test_days_the_wrong_way_round(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"{MADE}?from=2026-05-02&to=2026-05-01")
    assert page.status_code == 422 and "The last day comes before the first day" in page.text


def test_the_way_of_paying_and_the_case(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    assert amounts(visitor.get(f"{MADE}?how=TAX_REFUND").text) == ["$250.00", "$900.00"]
    assert amounts(visitor.get(f"{MADE}?how=MONEY_ORDER").text) == ["$250.00"]
    assert amounts(visitor.get(f"{MADE}?case=C3").text) == ["$900.00"]
    for wrong in ("how=FEDERAL_TAX", "case=C1", "case=%27"):
        assert visitor.get(f"{MADE}?{wrong}").status_code == 422


def test_how_it_was_paid_is_no_question_where_it_may_not_be_seen(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    for path in ("/my-payments/sent-to-me", "/my-payments/received-for-my-case"):
        page = visitor.get(f"{path}?how=CHECK&from=2026-01-01&lang=en")
        assert 'name="how"' not in page.text and "how=" not in page.text.replace("&amp;", "&").split("<main")[1]


def test_what_was_chosen_stays_through_pages_and_languages(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    first = visitor.get(f"{MADE}?from=2026-01-11&how=INCOME_WITHHOLDING&months=24").text
    older = links(first, "next")
    assert older.startswith("?from=2026-01-11&how=INCOME_WITHHOLDING&months=24&after=")
    second = visitor.get(MADE + older).text
    assert amounts(second) == ["$200.04", "$200.03", "$200.02", "$200.01"], "not the payment of January 1"
    back = visitor.get(MADE + links(second, "prev")).text
    assert amounts(back) == amounts(first)
    switch = re.search(r'language" href="([^"]+)"', second)
    assert switch
    spanish = visitor.get(unescape(switch.group(1))).text
    assert amounts(spanish) == amounts(second) and 'value="2026-01-11"' in spanish and "desde el 11 de enero" in spanish
    assert re.search(r'<option value="INCOME_WITHHOLDING" selected>', spanish)


def test_nothing_that_fits_is_said_as_that(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"{MADE}?from=2020-01-01&to=2020-12-31").text
    assert "No payments fit what you chose" in page and "Show all payments" in page


@pytest.mark.parametrize("path", ["made-by-me", "sent-to-me", "received-for-my-case"])
@pytest.mark.parametrize("months", [12, 24])
def test_the_chart_says_in_words_and_as_a_table_what_it_draws(visitor: Visitor, path: str, months: int) -> None:
    visitor.log_in(BOTH)
    page = visitor.get(f"/my-payments/{path}?months={months}&lang=en")
    assert page.text.count('<tr><th scope="row">') == months if path != "received-for-my-case" else True
    drawn = re.findall(r"<title>([A-Za-z]+ 20[0-9]{2}): \$([0-9,.]+)</title>", page.text)
    tabled = re.findall(r'<th scope="row">([A-Za-z]+ 20[0-9]{2})</th><td>[0-9]+</td><td>\$([0-9,.]+)</td>', page.text)
    assert drawn == [row for row in reversed(tabled) if row[1] != "0.00"]


def test_the_chart_leaves_out_what_was_taken_back(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get(MADE))
    assert "From December 2025 to November 2026: 29 payments, $5,804.06 in all." in words
    assert "October 2026 2 $400.55" in words, "not the payment of $200.29, which the bank took back"


sums = st.dictionaries(
    st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(lambda day: day.replace(day=1)),
    st.tuples(st.integers(1, 9), st.integers(0, 10**9)), max_size=60,
).map(lambda found: [MonthSum(month, count, cents) for month, (count, cents) in found.items()])


@given(sums, st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.sampled_from([12, 24]))
def test_the_bars_are_the_sums_of_their_months(told: list[MonthSum], last: date, months: int) -> None:
    drawn = chart(told, last, months)
    inside = [one for one in told if drawn.first <= one.month <= drawn.last]
    assert len(drawn.bars) == months and drawn.last == last.replace(day=1)
    assert (drawn.cents, drawn.count) == (sum(one.cents for one in inside), sum(one.count for one in inside))
    highest = max((bar.cents for bar in drawn.bars), default=0)
    for bar in drawn.bars:
        assert bar.y >= 0 and bar.y + bar.height <= HEIGHT and bar.x >= 0 and bar.x + bar.width <= WIDTH
        assert bar.height <= max(other.height for other in drawn.bars if other.cents == highest)


@given(st.dates(date(1, 1, 1)), st.integers(0, 40))
def test_months_before_a_day(day: date, back: int) -> None:
    found = month_before(day, back)
    assert found.day == 1 and found <= day
    if found > date(1, 1, 1):
        assert timedelta(days=28 * back) <= day - found < timedelta(days=31 * (back + 1) + 1)
