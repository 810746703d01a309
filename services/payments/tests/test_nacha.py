"""Employers' payments as the bank brings them: totals proved first, bad entries rejected by themselves, no SSN kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedkit.reader import BadLine, FeedError, Line
from payments.imports.nacha_file import NachaFeed

from .nacha_files import Entry, content, nacha


@pytest.fixture
def found(tmp_path: Path) -> Callable[[bytes], list[Line | BadLine]]:
    def read(data: bytes) -> list[Line | BadLine]:
        (tmp_path / "bank.ach").write_bytes(data)
        return list(NachaFeed(tmp_path / "bank.ach"))

    return read


@pytest.fixture
def bring(take, owing) -> Callable[..., tuple[int, int, int]]:
    """(applied, unchanged, rejected) of a file of these records."""
    def run(lines: list[str], **options) -> tuple[int, int, int]:
        report = take("nacha", content=content(lines), name="bank.ach", **options)
        return report.applied, report.unchanged, report.rejected

    return run


class TestAGoodFile:
    def test_each_entry_is_a_collection_of_the_case_its_addendum_names(self, bring, database, differences):
        assert bring(nacha([Entry("2001", 100_00)])) == (1, 0, 0)
        assert database.rows("SELECT data->>'payor_id', data->>'amount_cents', data->>'received_on', data->>'source' "
                             "FROM events WHERE name = 'CollectionReceived'") == [
            ("1000000001", "10000", "2026-01-08", "INCOME_WITHHOLDING")]
        assert database.rows("SELECT name FROM events WHERE stream LIKE 'receipt-%' ORDER BY version") == [
            ("CollectionReceived",), ("CollectionDistributed",)]
        assert differences() == []

    def test_again_it_changes_nothing(self, bring, state):
        lines = nacha([Entry("2001", 100_00), Entry("2003", 50_00)], [Entry("2001", 1)])
        assert bring(lines) == (3, 0, 0)
        before = state()
        assert bring(lines) == (0, 3, 0)
        assert state() == before

    def test_a_case_that_is_not_known_is_held_and_nobody_is_guessed(self, bring, database):
        assert bring(nacha([Entry("777", 100_00)])) == (1, 0, 0)
        assert database.rows("SELECT reason, payor_id, cents FROM open_holds") == [("unidentified", None, 10_000)]

    def test_a_case_with_two_payors_is_held(self, bring, database):
        assert bring(nacha([Entry("2005", 100_00)])) == (1, 0, 0)
        assert database.rows("SELECT reason FROM open_holds") == [("unidentified",)]

    def test_the_ssn_and_the_name_are_nowhere(self, bring, database, rejects):
        bring(nacha([Entry("2001", 100_00, ssn="900445566"), Entry("2001", 1, ssn="900445566", code="27")]))
        kept = str(database.rows("SELECT data::text, metadata::text FROM events")) + str(rejects())
        assert "900445566" not in kept and "PAT" not in kept

    def test_a_dry_run_keeps_nothing(self, bring, database):
        bring(nacha([Entry("2001", 100_00)]), dry_run=True)
        assert database.number("SELECT count(*) FROM events WHERE stream LIKE 'receipt-%'") == 0


BAD = {
    "a debit": (Entry("2001", 5_00, code="27"), "is not a credit to the disbursement unit"),
    "a prenote": (Entry("2001", 0, code="23"), "is a prenote, and brings no money"),
    "no addendum": (Entry("2001", 5_00, addenda=0), "has not exactly one addendum"),
    "two addenda": (Entry("2001", 5_00, addenda=2), "has not exactly one addendum"),
    "another amount": (Entry("2001", 5_00, text="DED*CS*2001*260105*501*900112233*N*A*06037\\"), "another amount"),
    "no end": (Entry("2001", 5_00, text="DED*CS*2001*260105*500*900112233*N*A*06037"), "ends in a backslash"),
    "no DED": (Entry("2001", 5_00, text="RMR*IV*123\\"), "has no DED addendum"),
    "no case": (Entry("2001", 5_00, text="DED*CS**260105*500*900112233*N*A*06037\\"), "without a case identifier"),
    "no date": (Entry("2001", 5_00, text="DED*CS*2001*261305*500*900112233*N*A*06037\\"), "has no date"),
    "short SSN": (Entry("2001", 5_00, text="DED*CS*2001*260105*500*90011*N*A*06037\\"), "SSN is not nine digits"),
    "medical": (Entry("2001", 5_00, text="DED*CS*2001*260105*500*900112233*X*A*06037\\"), "medical-support"),
    "no amount": (Entry("2001", 5_00, text="DED*CS*2001*260105*5.00*900112233*N*A*06037\\"), "no number of cents"),
    "too few": (Entry("2001", 5_00, text="DED*CS*2001*260105*500\\"), "5 elements"),
    "other payments": (Entry("2001", 5_00, text="DED*TX*2001*260105*500*900112233*N*A*06037\\"), "no child-support"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_entry_is_rejected_by_itself_with_its_line_and_reason(found, why):
    entry, reason = BAD[why]
    good, bad, last = found(content(nacha([Entry("2001", 1_00), entry, Entry("2001", 2_00)])))
    assert isinstance(good, Line) and isinstance(last, Line)
    assert isinstance(bad, BadLine) and bad.number == 5 and reason in bad.reason


class TestTotals:
    def test_of_a_batch_whose_totals_are_wrong_nothing_is_used_and_the_others_are(self, bring, rejects):
        lines = nacha([Entry("2001", 1_00), Entry("2001", 2_00)], [Entry("2001", 3_00)])
        place = next(i for i, line in enumerate(lines) if line.startswith("8"))
        lines[place] = lines[place][:32] + f"{301:012}" + lines[place][44:]
        assert bring(lines) == (1, 0, 2)
        assert all("its control record has other credits" in str(row) for row in rejects()[1:])

    @pytest.mark.parametrize(("first", "count", "what"), [
        (2, 6, "batches"), (8, 6, "blocks"), (14, 8, "count"), (22, 10, "hash"), (32, 12, "debits"),
        (44, 12, "credits")])
    def test_a_file_whose_totals_are_wrong_is_not_used_at_all(self, found, first, count, what):
        lines = nacha([Entry("2001", 1_00)])
        place = next(i for i, line in enumerate(lines) if line.startswith("9") and not line.startswith("99"))
        lines[place] = lines[place][:first - 1] + "8" * count + lines[place][first - 1 + count:]
        with pytest.raises(FeedError, match=what):
            found(content(lines))

    def test_a_file_that_is_cut_off_is_not_used_at_all(self, found):
        with pytest.raises(FeedError, match="cut off"):
            found(content(nacha([Entry("2001", 1_00)])[:4]))

    def test_records_out_of_order_are_noticed(self, found):
        lines = nacha([Entry("2001", 1_00)])
        lines[1], lines[2] = lines[2], lines[1]
        with pytest.raises(FeedError, match="line 2: a record is not where it may be"):
            found(content(lines))

    def test_a_record_of_another_length_is_noticed(self, found):
        data = content(nacha([Entry("2001", 1_00)]))
        with pytest.raises(FeedError, match="line 3: has 93 characters"):
            found(data[:95 * 2] + data[95 * 2 + 1:])


entries = st.lists(st.builds(Entry, st.sampled_from(["2001", "2003", "777"]), st.integers(1, 10**9)), min_size=1,
                   max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, min_size=1, max_size=3))
def test_a_file_of_any_good_entries_is_read_whole(tmp_path_factory, batches):
    path = tmp_path_factory.mktemp("nacha") / "bank.ach"
    path.write_bytes(content(nacha(*batches)))
    found = list(NachaFeed(path))
    assert [line.values["amount"] for line in found] == [entry.cents for batch in batches for entry in batch]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_digit_in_a_control_record_is_always_noticed(tmp_path_factory, data):
    lines = nacha([Entry("2001", 12_34), Entry("2003", 99)], [Entry("2001", 7)])
    controls = [i for i, line in enumerate(lines) if line[0] in "89" and line != "9" * 94]
    place = data.draw(st.sampled_from(controls))
    last = 55 if lines[place][0] == "9" else 54
    column = data.draw(st.integers(1, last - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != lines[place][column]]))
    lines[place] = lines[place][:column] + digit + lines[place][column + 1:]
    path = tmp_path_factory.mktemp("nacha") / "bank.ach"
    path.write_bytes(content(lines))
    try:
        assert any(isinstance(found, BadLine) for found in NachaFeed(path))
    except FeedError:
        return
