"""Amounts in a browser: one under the other, so that one sees which is more."""

from __future__ import annotations

from typing import Any

import pytest

from .agency import Agency
from .conftest import WIDTHS, Opener
from .states import STATES

LOOSE = """() => [...document.querySelectorAll('td.amount, .figures dd, .figures .figure, .months td')].filter(one => {
  const style = getComputedStyle(one);
  return one.checkVisibility() && !(style.textAlign === 'right' && style.fontVariantNumeric.includes('tabular-nums'));
}).map(one => one.outerHTML.slice(0, 90))"""
AMOUNTS = "() => document.querySelectorAll('td.amount, .figures dd, .figures .figure').length"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", ["payments_made_open", "payments_sent", "balances", "overview", "statement_payor"])
def test_amounts_stand_at_the_right_in_figures_of_one_width(new_page: Opener, agency: Agency, state: str,
                                                            width: str) -> None:
    page: Any = new_page("en", width)
    STATES[state](page, agency)
    assert page.evaluate(AMOUNTS) >= 3
    assert page.evaluate(LOOSE) == []
