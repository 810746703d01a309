"""What holds of every kind of file: taken in again it changes nothing, an id keeps its meaning, a dry run keeps
nothing, the size of batches does not matter, and a fault of the program takes the batch back and names the line."""

import pytest

from feedkit.feed import FeedError
from payments.domain.distribution.plan import Plan
from payments.imports.kinds import KINDS

PAYOR, PAYEE, BUSY_PAYOR = "1000000001", "1000000003", "1000000004"
IN = f"{BUSY_PAYOR},,150.00,2026-01-05,2026-01-05,INCOME_WITHHOLDING,EFT"
# In the order a system would send them: a file of each kind, and a line of it with the same id and other content.
FILES = {
    "orders": ([f"COURT,{case},{case},O{case},child-{case},CHILD,100.00,MONTHLY,2026-01-01"
                for case in ("2001", "2003", "2004")],
               "COURT,2001,2001,O2001,child-2001,CHILD,101.00,MONTHLY,2026-01-01"),
    "liquidations": (["COURT,L1,2001,50.00,2026-01-01"], "COURT,L1,2001,51.00,2026-01-01"),
    "charges": (["OLD,1,2003,judgment,JUDGMENT,2019-06-01,900.00,principal"],
                "OLD,1,2003,judgment,JUDGMENT,2019-06-02,900.00,principal"),
    "assistance": (["AID,1,2004,started,2025-12-01,CASH_AID,2", "AID,2,2004,paid,2025-12-15,,,700.00"],
                   "AID,1,2004,started,2025-12-02,CASH_AID,2"),
    "holds": (["CSE,1,2001,hold,dispute,2026-03-01"], "CSE,1,2001,resume,dispute,2026-03-01"),
    "consents": (["CSE,1,2003,form 7,2026-03-01,25"], "CSE,1,2003,form 7,2026-03-01,26"),
    "collections": ([*(f"SDU,{n},{IN}" for n in range(1, 8)), "SDU,8,,,70.00,2026-01-06,2026-01-06,OTHER,CHECK"],
                    f"SDU,1,{IN}".replace("150", "151")),
    "corrections": (["CSE,9,2003,direct_payment,20.00,2026-01-10"], "CSE,9,2003,direct_payment,21.00,2026-01-10"),
    "identifications": ([f"SDU,8,{PAYOR},"], f"SDU,8,{BUSY_PAYOR},"),
    "reallocations": (["SDU,2,2003"], "SDU,2,2004"),
    "reversals": (["SDU,3,2026-02-01,NSF"], "SDU,3,2026-02-02,NSF"),
    "disbursements": ([f"SDU,D1,{PAYEE},2003,80.00,2026-03-04,check,cleared,2026-03-06",
                       f"SDU,D2,{PAYEE},2003,20.00,2026-03-04,check,returned,2026-03-09",
                       "SDU,D3,state,,10.00,2026-03-04,direct_deposit,issued,,state"],
                      f"SDU,D1,{PAYEE},2003,81.00,2026-03-04,check,cleared,2026-03-06"),
}
JOURNAL = """
    SELECT e.stream, e.version, e.part, e.kind, e.effective_on, r.stream, r.version, r.part, l.account, l.cents
    FROM journal_entries e JOIN journal_lines l USING (entry_id) LEFT JOIN journal_entries r ON r.entry_id = e.reverses
    ORDER BY e.stream, e.version, e.part, l.line"""
EVENTS = "SELECT stream, version, name, data FROM events ORDER BY stream, version"


def test_every_kind_is_here():
    """All that are CSV or NDJSON; a bank's files have tests of their own."""
    assert {*FILES, "nacha"} == {reading.name for reading, _ in KINDS}


@pytest.fixture
def up_to(take, known):
    """Takes in the files that come before one."""

    def run(feed, **options):
        for name, (rows, _) in FILES.items():
            if name == feed:
                return
            assert take(name, *rows, **options).rejected == 0

    return run


@pytest.mark.parametrize("feed", FILES)
class TestOfEveryKind:
    def test_taken_in_again_it_changes_nothing(self, taken, up_to, state, differences, feed):
        up_to(feed)
        rows, _ = FILES[feed]
        assert taken(feed, *rows) == (len(rows), 0, 0)
        before = state()
        assert taken(feed, *rows, batch=1) == (0, len(rows), 0)
        assert state() == before
        assert differences() == []

    def test_the_same_id_with_other_content_is_refused(self, take, taken, up_to, state, rejects, feed):
        up_to(feed)
        rows, other = FILES[feed]
        take(feed, *rows)
        before = state()
        assert taken(feed, other) == (0, 0, 1)
        [(line, column, reason, what_to_do)] = rejects()
        assert line == "2" and column and reason and what_to_do
        assert state() == before

    def test_the_same_id_with_other_content_in_one_file_is_refused(self, taken, up_to, rejects, differences, feed):
        up_to(feed)
        rows, other = FILES[feed]
        assert taken(feed, *rows, other) == (len(rows), 0, 1)
        assert [row[0] for row in rejects()] == [str(len(rows) + 2)]
        assert differences() == []

    def test_a_dry_run_says_what_would_happen_and_keeps_nothing(self, taken, up_to, state, feed):
        up_to(feed)
        before = state()
        rows, _ = FILES[feed]
        assert taken(feed, *rows, dry_run=True) == (len(rows), 0, 0)
        assert state() == before

    def test_a_broken_line_leaves_the_others(self, taken, up_to, rejects, differences, feed):
        up_to(feed)
        rows, _ = FILES[feed]
        assert taken(feed, *rows, "only,this") == (len(rows), 0, 1)
        assert [row[0] for row in rejects()] == [str(len(rows) + 2)]
        assert differences() == []


def test_batches_of_any_size_give_the_same_journal(take, up_to, empty, known_again, database, differences):
    def found(size):
        empty()
        known_again()
        up_to(None, batch=size)
        assert differences() == []
        return database.rows(JOURNAL), database.rows(EVENTS)

    assert found(1) == found(3) == found(500)


def wrong_plan(*_):
    """Shares that do not add up to the collection."""
    return Plan((), {}, {}, ())


def no_plan(*_):
    raise KeyError(PAYOR)


@pytest.mark.parametrize("fault, told", [
    (wrong_plan, "DistributeCollection of receipt: shares_do_not_add_up"), (no_plan, "KeyError at no_plan")])
def test_a_fault_of_the_ledger_takes_its_batch_back_and_names_the_line(take, taken, owing, line, database, differences,
                                                                       monkeypatch, fault, told):
    rows = [line(n) for n in range(1, 7)]
    take("collections", *rows[:2])
    with monkeypatch.context() as patch:
        patch.setattr("payments.distributing.plan", fault)
        with pytest.raises(FeedError, match=f"line 4 cannot be booked, by a fault of the ledger .{told}") as caught:
            take("collections", *rows, batch=3)
    assert PAYOR not in str(caught.value)
    assert database.number("SELECT count(*) FROM events WHERE name = 'CollectionReceived'") == 2
    assert differences() == []
    assert taken("collections", *rows) == (4, 2, 0)


def test_what_fails_between_events_and_entries_keeps_neither(take, taken, line, state, monkeypatch):
    before = state()

    def fail(*_):
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr("payments.ledger.journal.write", fail)
        with pytest.raises(RuntimeError):
            take("collections", line(1))
    assert state() == before
    assert taken("collections", line(1)) == (1, 0, 0)
