"""Files about money that is in: taken back, identified, moved to the right case."""

from datetime import date

import pytest

PAYOR, BUSY_PAYOR, UNKNOWN = "1000000001", "1000000004", "1999999999"


class TestReversals:
    def test_a_check_that_came_back_is_taken_back(self, take, taken, line, owing, published, differences, database):
        take("collections", line(1), line(2))
        assert taken("reversals", "SDU,1,2026-03-09,NSF") == (1, 0, 0)
        assert ("payments.collection_reversed.v1", {
            "receipt_id": "SDU:1", "payor_id": PAYOR, "amount_cents": 10000, "reversed_on": "2026-03-09",
            "reason": "NSF"}) in published()
        assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'A:SDU_CASH'") == 10000
        assert differences() == []

    def test_taken_in_again_nothing_changes(self, take, taken, line, owing, state):
        take("collections", line(1))
        take("reversals", "SDU,1,2026-03-09,NSF")
        before = state()
        assert taken("reversals", "SDU,1,2026-03-09,NSF") == (0, 1, 0)
        assert taken("collections", line(1)) == (0, 1, 0)
        assert state() == before

    def test_what_was_passed_through_counts_no_more_against_the_months_cap(self, take, line, owing, database,
                                                                           differences):
        take("assistance", "AID,1,2001,started,2026-01-01,CASH_AID,1")
        take("collections", line(1, on=date(2026, 1, 5)))
        assert used(database) == 10000
        take("reversals", "SDU,1,2026-01-09,NSF")
        assert used(database) == 0
        assert differences() == []

    @pytest.mark.parametrize("row, column, reason", [
        ("SDU,7,2026-03-09,NSF", "source_id", "is not a known collection"),
        ("SDU,1,2026-03-01,NSF", "reversed_on", "is before the collection was received"),
        ("SDU,1,2099-03-01,NSF", "reversed_on", "is in the future"),
        ("SDU,1,2026-03-09,BORED", "reason", "is not one of the known values")])
    def test_what_cannot_be_reversed_is_rejected(self, take, taken, line, owing, rejects, state, row, column, reason):
        take("collections", line(1))
        before = state()
        assert taken("reversals", row) == (0, 0, 1)
        assert [found[:3] for found in rejects()] == [("2", column, reason)]
        assert state() == before

    def test_another_reversal_of_the_same_is_rejected(self, take, taken, line, owing, rejects):
        take("collections", line(1))
        take("reversals", "SDU,1,2026-03-09,NSF")
        assert taken("reversals", "SDU,1,2026-03-10,NSF") == (0, 0, 1)
        assert rejects()[0][2] == "is reversed already, with another date or reason"


class TestIdentifications:
    def test_money_of_nobody_goes_its_way_once_it_is_known_whose_it_is(self, take, taken, line, owing, database,
                                                                       differences):
        take("collections", line(1, payor="", case=""))
        assert taken("identifications", f"SDU,1,{BUSY_PAYOR},") == (1, 0, 0)
        assert database.rows("SELECT account, sum(cents)::int FROM journal_lines WHERE account LIKE 'L:PAYABLE_CP%' "
                             "GROUP BY 1 ORDER BY 1") == [("L:PAYABLE_CP:2003", -5000), ("L:PAYABLE_CP:2004", -5000)]
        assert database.number("SELECT count(*) FROM open_holds") == 0
        assert differences() == []

    def test_taken_in_again_nothing_changes(self, take, taken, line, owing, state):
        take("collections", line(1, payor="", case=""))
        take("identifications", f"SDU,1,{PAYOR},")
        before = state()
        assert taken("identifications", f"SDU,1,{PAYOR},2001") == (0, 1, 0)
        assert state() == before

    @pytest.mark.parametrize("row, column, reason", [
        (f"SDU,7,{PAYOR},", "source_id", "is not a known collection"),
        (f"SDU,1,{UNKNOWN},", "payor_id", "is not a known participant"),
        (f"SDU,1,{PAYOR},9999", "case_id", "is not a known case"),
        (f"SDU,1,{PAYOR},2003", "case_id", "is not a case of this payor"),
        ("SDU,1,,", "payor_id", "is empty"),
        (f"SDU,2,{BUSY_PAYOR},", "payor_id", "differs from the payor it was identified with"),
        (f"SDU,3,{PAYOR},", "source_id", "is reversed already, with another date or reason"),
    ])
    def test_what_cannot_be_is_rejected(self, take, taken, line, owing, rejects, state, row, column, reason):
        take("collections", line(1, payor="", case=""), line(2), line(3, payor="", case=""))
        take("reversals", "SDU,3,2026-03-09,NSF")
        before = state()
        assert taken("identifications", row) == (0, 0, 1)
        assert [found[:3] for found in rejects()] == [("2", column, reason)]
        assert state() == before


class TestReallocations:
    def test_money_moves_to_the_case_it_was_meant_for(self, take, taken, line, owing, database, differences):
        take("collections", line(1, payor=BUSY_PAYOR, case=""))
        assert taken("reallocations", "SDU,1,2004") == (1, 0, 0)
        assert database.rows("SELECT account, sum(cents)::int FROM journal_lines WHERE account LIKE 'L:PAYABLE_CP%' "
                             "GROUP BY 1 HAVING sum(cents) <> 0") == [("L:PAYABLE_CP:2004", -10000)]
        assert differences() == []

    def test_taken_in_again_nothing_changes_and_other_cases_are_refused(self, take, taken, line, owing, state, rejects):
        take("collections", line(1, payor=BUSY_PAYOR, case=""))
        take("reallocations", "SDU,1,2004")
        before = state()
        assert taken("reallocations", "SDU,1,2004") == (0, 1, 0)
        assert taken("reallocations", "SDU,1,2003;2004") == (0, 0, 1)
        assert rejects()[0][1:3] == ("source_id", "duplicate id with other content")
        assert state() == before

    @pytest.mark.parametrize("row, column, reason", [
        ("SDU,7,2004", "source_id", "is not a known collection"),
        ("SDU,1,2002", "case_ids", "names no case, or one that is not open"),
        ("SDU,1,9999", "case_ids", "names no case, or one that is not open"),
        ("SDU,1,2001", "case_ids", "is not a case of the collection's payor"),
        ("SDU,1,2004;2001", "case_ids", "is not a case of the collection's payor"),
        ("SDU,1,", "case_ids", "is empty"),
        ("SDU,2,2004", "source_id", "has nothing to distribute"),
    ])
    def test_what_cannot_be_is_rejected(self, take, taken, line, owing, rejects, state, row, column, reason):
        take("collections", line(1, payor=BUSY_PAYOR, case=""), line(2, payor="", case=""))
        before = state()
        assert taken("reallocations", row) == (0, 0, 1)
        assert [found[:3] for found in rejects()] == [("2", column, reason)]
        assert state() == before


def used(database):
    return database.number("SELECT sum((data->>'cents')::int) FROM events WHERE name = 'PassThroughUsed'")
