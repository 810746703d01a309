"""What a random history chooses from: days on each side of every change of the law, small and awkward amounts."""

from __future__ import annotations

from hypothesis import strategies as st

from payments.domain.words import Convention, Kind
from payments.rules.interest import InterestTerms

CASES = ("c1", "c2", "c3")
FAMILIES = {"c1": "f1", "c2": "f1", "c3": "f2"}
BEGINNINGS = ["1980-01-20", "1982-11-03", "2006-08-30", "2008-10-15", "2009-08-01", "2018-08-31", "2020-02-28",
              "2021-11-30", "2024-02-29", "2029-06-30"]
cases = st.sampled_from(CASES)
amounts = st.one_of(st.sampled_from([1, 3, 5_000, 10_000, 25_000, 50_000, 55_001]), st.integers(1, 150_000))
back = st.sampled_from([0, 0, 1, 5, 20, 31, 45, 100, 400])
kinds = st.sampled_from([Kind.CHILD, Kind.CHILD, Kind.MEDICAL, Kind.SPOUSAL])
terms = st.sampled_from([InterestTerms(), InterestTerms(), InterestTerms(Convention.MONTHLY_12),
                         InterestTerms(Convention.DAILY_365, 600, False)])
ids = st.integers(1, 4)
