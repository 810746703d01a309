"""The agency's files: whatever is wrong with a line, the others are taken in, and a second run changes nothing."""

import pytest

PAYOR, BUSY_PAYOR, PAYEE, UNKNOWN = "1000000001", "1000000004", "1000000003", "1999999999"
FIELDS = ("source_system", "source_id", "payor_id", "case_id", "amount", "received_on", "posted_on", "source", "method")
FINGERPRINT = """
    SELECT md5(string_agg(row_to_json(e)::text, '' ORDER BY id)) FROM events e
    UNION ALL SELECT md5(string_agg(row_to_json(o)::text, '' ORDER BY id)) FROM outbox o
    UNION ALL SELECT md5(string_agg(row_to_json(j)::text, '' ORDER BY entry_id)) FROM journal_entries j
    UNION ALL SELECT md5(string_agg(row_to_json(l)::text, '' ORDER BY entry_id, line)) FROM journal_lines l
"""
SENT = f"SDU,D1,{PAYEE},2001,80.00,2026-03-04,check"


def counts(report):
    return report.applied, report.unchanged, report.rejected


@pytest.fixture
def state(database, known):
    """Everything the database holds of money, as one value."""
    return lambda: database.rows(FINGERPRINT)


class TestCollections:
    def test_a_line_becomes_events_entries_and_public_events(self, take, line, known, database, published):
        assert counts(take("collections", line(1, amount="123.45"))) == (1, 0, 0)
        assert [type_ for type_, _ in published()] == [
            "payments.collection_received.v1", "payments.collection_applied.v1"]
        assert published()[1][1] == {"receipt_id": "SDU:1", "payor_id": PAYOR, "applied": [
            {"case_id": "2001", "kind": "CURRENT_CHILD", "amount_cents": 12345}]}
        assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'A:SDU_CASH'") == 12345

    def test_taken_in_again_nothing_changes(self, take, line, state, differences):
        rows = [line(n) for n in range(20)]
        assert counts(take("collections", *rows, batch=7)) == (20, 0, 0)
        before = state()
        assert counts(take("collections", *rows, batch=3)) == (0, 20, 0)
        assert state() == before
        assert differences() == []

    def test_a_line_twice_in_a_file_counts_once(self, take, line, known, database):
        assert counts(take("collections", line(1), line(1))) == (1, 1, 0)
        assert database.number("SELECT count(*) FROM events") == 2

    def test_the_same_id_of_another_system_is_another_receipt(self, take, line, known):
        assert counts(take("collections", line(1), line(1).replace("SDU,", "IRS,"))) == (2, 0, 0)

    @pytest.mark.parametrize("payor, case, held", [
        ("", "", "unidentified"), (BUSY_PAYOR, "", "no_case"), ("", "2005", "unidentified")])
    def test_what_cannot_be_placed_is_held(self, take, line, known, published, payor, case, held):
        take("collections", line(1, payor=payor, case=case))
        assert published()[1][0] == "payments.collection_held.v1"
        assert published()[1][1]["reason"] == held

    @pytest.mark.parametrize("payor, case, applied_to", [
        (PAYOR, "", "2001"), ("", "2001", "2001"), (PAYOR, "2002", "2002"), (BUSY_PAYOR, "2004", "2004")])
    def test_what_is_clear_is_applied(self, take, line, known, published, payor, case, applied_to):
        take("collections", line(1, payor=payor, case=case))
        assert published()[1][1]["applied"][0]["case_id"] == applied_to
        assert published()[1][1]["payor_id"] in (PAYOR, BUSY_PAYOR)

    @pytest.mark.parametrize("wrong, column, reason", [
        ({"payor": UNKNOWN}, "payor_id", "is not a known participant"),
        ({"case": "9999"}, "case_id", "is not a known case"),
        ({"case": "2003"}, "case_id", "is not a case of this payor"),
        ({"payor": "12"}, "payor_id", "is not a number of the right length"),
        ({"amount": "-5.00"}, "amount", "is negative"),
        ({"amount": "0.00"}, "amount", "is zero"),
        ({"amount": "5.001"}, "amount", "has more than two decimals"),
        ({"amount": "1e3"}, "amount", "is not an amount"),
        ({"amount": ""}, "amount", "is empty"),
        ({"on": "2026-02-30"}, "received_on", "is not a date"),
    ])
    def test_a_wrong_value_rejects_its_line_and_no_other(self, take, line, known, rejects, differences, wrong, column,
                                                         reason):
        report = take("collections", line(1), line(2, **wrong), line(3))
        assert counts(report) == (2, 0, 1)
        [(number, said_column, said, what_to_do)] = rejects()
        assert (number, said_column, said) == ("3", column, reason)
        assert what_to_do
        assert differences() == []

    @pytest.mark.parametrize("old, new, column", [
        ("INCOME_WITHHOLDING", "LOTTERY", "source"), ("SDU,2", "SDU:X,2", "source_system"), ("EFT", "", "method"),
        ("2026-03-02,INCOME", "2026-03-01,INCOME", "posted_on")])
    def test_words_and_dates_are_checked(self, take, line, known, rejects, old, new, column):
        assert counts(take("collections", line(1), line(2).replace(old, new), line(3))) == (2, 0, 1)
        assert [row[:2] for row in rejects()] == [("3", column)]

    def test_a_duplicate_id_with_other_content_is_rejected(self, take, line, known, rejects, state):
        take("collections", line(1))
        before = state()
        assert counts(take("collections", line(1, amount="99.00"))) == (0, 0, 1)
        assert rejects() == [("2", "source_id", "duplicate id with other content",
                              "use a new id; correct money with a reversal and a new line")]
        assert state() == before

    def test_bytes_that_are_no_text_reject_their_line(self, take, line, known, rejects):
        header = b"source_system,source_id,payor_id,case_id,amount,received_on,posted_on,source,method\n"
        content = header + b"\n".join([line(1).encode(), line(2).replace("EFT", "\xe9").encode("latin-1"),
                                       line(3).encode().replace(b"EFT", b"E\0T"), line(4).encode(), b""])
        assert counts(take("collections", content=content)) == (2, 0, 2)
        assert [(row[0], row[2]) for row in rejects()] == [("3", "is not UTF-8"), ("4", "has a NUL byte")]

    def test_a_truncated_file_loses_only_its_last_line(self, take, line, known, rejects, state):
        whole = "\n".join(("source_system,source_id,payor_id,case_id,amount,received_on,posted_on,source,method",
                           *(line(n) for n in range(5)), "")).encode()
        assert counts(take("collections", content=whole[:-40])) == (4, 0, 1)
        assert [row[0] for row in rejects()] == ["6"]
        assert counts(take("collections", content=whole)) == (1, 4, 0)
        assert rejects() == []

    def test_a_missing_column_is_said_before_anything_is_done(self, take, known, state):
        from feedkit.feed import FeedError

        before = state()
        with pytest.raises(FeedError, match="lacks the columns amount, posted_on"):
            take("collections", content=b"source_system,source_id,received_on,source,method\nSDU,1,2026-01-01,OTHER,X")
        assert state() == before

    def test_ndjson_says_the_same(self, take, known, line, database):
        import json

        cells = dict(zip(FIELDS, line(1).split(","), strict=True))
        content = (json.dumps(cells) + "\n" + json.dumps({**cells, "source_id": 2, "case_id": None}) + "\n{\n").encode()
        assert counts(take("collections", content=content, name="feed.ndjson")) == (2, 0, 1)
        assert counts(take("collections", line(1))) == (0, 1, 0)

    def test_a_dry_run_says_what_would_happen_and_keeps_nothing(self, take, line, known, rejects, state):
        before = state()
        assert counts(take("collections", line(1), line(2, case="9999"), dry_run=True)) == (1, 0, 1)
        assert state() == before
        assert len(rejects()) == 1


    def test_what_fails_between_events_and_entries_keeps_neither(self, take, line, state, monkeypatch):
        before = state()

        def fail(*_):
            raise RuntimeError("the machine stops here")

        with monkeypatch.context() as patch:
            patch.setattr("payments.ledger.journal.write", fail)
            with pytest.raises(RuntimeError):
                take("collections", line(1))
        assert state() == before
        assert counts(take("collections", line(1))) == (1, 0, 0)


class TestReversals:
    def test_a_check_that_came_back_is_taken_back(self, take, line, known, published, differences, database):
        take("collections", line(1), line(2))
        assert counts(take("reversals", "SDU,1,2026-03-09,NSF")) == (1, 0, 0)
        assert published()[-1] == ("payments.collection_reversed.v1", {
            "receipt_id": "SDU:1", "payor_id": PAYOR, "amount_cents": 10000, "reversed_on": "2026-03-09",
            "reason": "NSF"})
        assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'A:SDU_CASH'") == 10000
        assert differences() == []

    def test_taken_in_again_nothing_changes(self, take, line, state):
        take("collections", line(1))
        take("reversals", "SDU,1,2026-03-09,NSF")
        before = state()
        assert counts(take("reversals", "SDU,1,2026-03-09,NSF")) == (0, 1, 0)
        assert counts(take("collections", line(1))) == (0, 1, 0)
        assert state() == before

    @pytest.mark.parametrize("row, column", [
        ("SDU,7,2026-03-09,NSF", "source_id"), ("SDU,1,2026-03-01,NSF", "reversed_on"),
        ("SDU,1,2026-03-09,BORED", "reason")])
    def test_what_cannot_be_reversed_is_rejected(self, take, line, known, rejects, row, column):
        take("collections", line(1))
        assert counts(take("reversals", row)) == (0, 0, 1)
        assert [found[:2] for found in rejects()] == [("2", column)]

    def test_another_reversal_of_the_same_is_rejected(self, take, line, known, rejects):
        take("collections", line(1))
        take("reversals", "SDU,1,2026-03-09,NSF")
        assert counts(take("reversals", "SDU,1,2026-03-10,NSF")) == (0, 0, 1)


class TestDisbursements:
    def test_a_line_tells_the_issue_and_the_last_status(self, take, known, published, differences):
        assert counts(take("disbursements", f"{SENT},cleared,2026-03-06")) == (1, 0, 0)
        assert published() == [
            ("payments.disbursement_issued.v1", {
                "disbursement_id": "SDU:D1", "payee_id": PAYEE, "case_id": "2001", "amount_cents": 8000,
                "issued_on": "2026-03-04", "method": "check", "status": "issued"}),
            ("payments.disbursement_status_changed.v1", {
                "disbursement_id": "SDU:D1", "payee_id": PAYEE, "status": "cleared", "on": "2026-03-06"})]
        assert differences() == []

    def test_a_later_file_tells_more_of_the_same(self, take, known, published, database, differences):
        take("disbursements", f"{SENT},issued,2026-03-04")
        assert counts(take("disbursements", f"{SENT},stale,2026-09-04")) == (1, 0, 0)
        assert counts(take("disbursements", f"{SENT},reissued,2026-09-10")) == (1, 0, 0)
        assert counts(take("disbursements", f"{SENT},stale,2026-09-04")) == (0, 1, 0)
        assert [data["status"] for _, data in published()] == ["issued", "stale", "reissued"]
        assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'A:SDU_CASH'") == -8000
        assert differences() == []

    @pytest.mark.parametrize("row, column", [
        (f"SDU,D1,{PAYEE},2001,81.00,2026-03-04,check,issued,2026-03-04", "source_id"),
        (f"{SENT},reissued,2026-03-09", "status"),
        (f"{SENT},lost,2026-03-09", "status"),
        (f"SDU,D2,{UNKNOWN},2001,80.00,2026-03-04,check,issued,", "payee_id"),
        ("SDU,D2,,2001,80.00,2026-03-04,check,issued,", "payee_id"),
        (f"SDU,D2,{PAYEE},9999,80.00,2026-03-04,check,issued,", "case_id"),
        (f"SDU,D2,{PAYOR},2001,80.00,2026-03-04,check,issued,", "case_id"),
        (f"SDU,D2,{PAYEE},2001,80.00,2026-03-04,pigeon,issued,", "method"),
        (f"SDU,D2,{PAYEE},2001,80.00,2026-03-04,check,cleared,2026-03-01", "status_on"),
    ])
    def test_what_cannot_be_is_rejected(self, take, known, rejects, state, row, column):
        take("disbursements", f"{SENT},voided,2026-03-06")
        before = state()
        assert counts(take("disbursements", row)) == (0, 0, 1)
        assert [found[:2] for found in rejects()] == [("2", column)]
        assert state() == before

    def test_taken_in_again_nothing_changes(self, take, state):
        take("disbursements", f"{SENT},cleared,2026-03-06")
        before = state()
        assert counts(take("disbursements", f"{SENT},cleared,2026-03-06")) == (0, 1, 0)
        assert state() == before
