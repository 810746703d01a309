"""Whatever the files say, in whatever batches: the books are right, and a second run changes nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PAYEE = "1000000003"
ids = st.integers(1, 6)
amounts = st.sampled_from(["0.01", "100.00", "99999999.99", "-1", ""])
days = st.sampled_from(["2026-03-02", "2026-03-09", "2026-02-30"])
payors = st.sampled_from(["1000000001", "1000000004", "1999999999", ""])
cases = st.sampled_from(["2001", "2003", "2005", "9999", ""])
collections = st.builds(lambda n, payor, case, amount, on, posted:
                        f"SDU,{n},{payor},{case},{amount},{on},{posted},OTHER,CHECK",
                        ids, payors, cases, amounts, days, days)
reversals = st.builds(lambda n, on, reason: f"SDU,{n},{on},{reason}", ids, days,
                      st.sampled_from(["NSF", "MISAPPLIED"]))
statuses = st.sampled_from(["issued", "cleared", "returned", "stop_paid", "reissued", "stale", "voided"])
disbursements = st.builds(lambda n, case, amount, status, on:
                          f"SDU,{n},{PAYEE},{case},{amount},2026-03-02,check,{status},{on}",
                          ids, st.sampled_from(["2001", "2003"]), amounts, statuses, days)
files = st.lists(st.one_of(st.tuples(st.just("collections"), st.lists(collections, max_size=8)),
                           st.tuples(st.just("reversals"), st.lists(reversals, max_size=4)),
                           st.tuples(st.just("disbursements"), st.lists(disbursements, max_size=8))), max_size=5)
BALANCES = "SELECT account, sum(cents) FROM journal_lines GROUP BY account ORDER BY account"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=files, batch=st.integers(1, 5))
def test_any_files_in_any_batches(database, empty, known_again, take, differences, files, batch):
    def take_all(size):
        return [take(feed, *rows, batch=size) for feed, rows in files]

    empty()
    known_again()
    take_all(batch)
    assert differences() == []
    state = database.rows(BALANCES)
    events = database.number("SELECT count(*) FROM events")
    take_all(500)
    assert (database.rows(BALANCES), database.number("SELECT count(*) FROM events")) == (state, events)
    empty()
    known_again()
    take_all(500)
    assert (database.rows(BALANCES), database.number("SELECT count(*) FROM events")) == (state, events)
