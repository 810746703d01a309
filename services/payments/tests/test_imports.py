"""A file of collections: whatever is wrong with a line, the others are taken in, and a second run changes nothing."""

from datetime import date

import pytest

PAYOR, OTHER_PAYOR, BUSY_PAYOR, UNKNOWN = "1000000001", "1000000002", "1000000004", "1999999999"
FIELDS = ("source_system", "source_id", "payor_id", "case_id", "amount", "received_on", "posted_on", "source", "method")


def test_a_line_becomes_events_entries_and_public_events(taken, line, owing, database, published):
    assert taken("collections", line(1, amount="123.45", on=date(2026, 1, 5))) == (1, 0, 0)
    assert [type_ for type_, _ in published()[3:]] == [
        "payments.collection_received.v1", "payments.debt_changed.v1", "payments.debt_changed.v1",
        "payments.collection_distributed.v1"]
    shares = published()[-1][1]["shares"]
    assert [(share["case_id"], share["debt"], share["amount_cents"], share["to"]) for share in shares] == [
        ("2001", "CURRENT", 10000, "FAMILY"), ("2001", "FUTURE", 2345, "FAMILY")]
    assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'A:SDU_CASH'") == 12345


def test_taken_in_again_nothing_changes(taken, line, owing, state, differences):
    rows = [line(n) for n in range(20)]
    assert taken("collections", *rows, batch=7) == (20, 0, 0)
    before = state()
    assert taken("collections", *rows, batch=3) == (0, 20, 0)
    assert state() == before
    assert differences() == []


def test_a_line_twice_in_a_file_counts_once(taken, line, known, database):
    assert taken("collections", line(1), line(1)) == (1, 1, 0)
    assert database.number("SELECT count(*) FROM events WHERE name = 'CollectionReceived'") == 1


def test_the_same_id_of_another_system_is_another_receipt(taken, line, known):
    assert taken("collections", line(1), line(1).replace("SDU,", "IRS,")) == (2, 0, 0)


@pytest.mark.parametrize("payor, case, held", [
    ("", "", "unidentified"), ("", "2005", "unidentified"), (OTHER_PAYOR, "", "no_case"),
    (PAYOR, "2001", "no_obligation")])
def test_what_cannot_be_placed_is_held(take, line, known, published, database, payor, case, held):
    take("collections", line(1, payor=payor, case=case))
    assert published()[1][0] == "payments.collection_held.v1"
    assert published()[1][1]["reason"] == held
    assert database.rows("SELECT receipt_id, reason, cents FROM open_holds") == [("SDU:1", held, 10000)]


@pytest.mark.parametrize("payor, case, applied_to", [
    (PAYOR, "", ["2001"]), ("", "2001", ["2001"]), (PAYOR, "2002", ["2001"]),
    (BUSY_PAYOR, "2004", ["2003", "2004"]), (BUSY_PAYOR, "", ["2003", "2004"]), ("", "2004", ["2003", "2004"])])
def test_it_goes_to_all_open_cases_of_the_payor_whatever_names_him(take, line, owing, published, payor, case,
                                                                   applied_to):
    take("collections", line(1, payor=payor, case=case))
    type_, data = published()[-1]
    assert type_ == "payments.collection_distributed.v1"
    assert sorted({share["case_id"] for share in data["shares"]}) == applied_to
    assert data["payor_id"] in (PAYOR, BUSY_PAYOR)


def test_a_tax_refund_of_two_people_is_held_and_the_reason_stays_here(taken, owing, published, database):
    row = f"IRS,1,{PAYOR},,100.00,2026-01-05,2026-01-05,FEDERAL_TAX,OFFSET,true"
    assert taken("collections", row) == (1, 0, 0)
    assert database.rows("SELECT reason, cents, until FROM open_holds") == [
        ("joint_return", 10000, date(2026, 7, 5))]
    assert "joint_return" not in str(published())
    assert {share["hold"] for share in published()[-1][1]["shares"]} == {"may_be_adjusted"}


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
    ({"on": "2099-03-02"}, "received_on", "is in the future"),
])
def test_a_wrong_value_rejects_its_line_and_no_other(taken, line, known, rejects, differences, wrong, column, reason):
    assert taken("collections", line(1), line(2, **wrong), line(3)) == (2, 0, 1)
    [(number, said_column, said, what_to_do)] = rejects()
    assert (number, said_column, said) == ("3", column, reason)
    assert what_to_do
    assert differences() == []


@pytest.mark.parametrize("old, new, column", [
    ("INCOME_WITHHOLDING", "LOTTERY", "source"), ("SDU,2", "SDU:X,2", "source_system"), ("EFT", "", "method"),
    ("EFT", "EFT,perhaps", "joint_return"), ("2026-03-02,INCOME", "2026-03-01,INCOME", "posted_on")])
def test_words_and_dates_are_checked(taken, line, known, rejects, old, new, column):
    assert taken("collections", line(1), line(2).replace(old, new), line(3)) == (2, 0, 1)
    assert [row[:2] for row in rejects()] == [("3", column)]


def test_a_duplicate_id_with_other_content_is_rejected(take, taken, line, known, rejects, state):
    take("collections", line(1))
    before = state()
    assert taken("collections", line(1, amount="99.00")) == (0, 0, 1)
    assert rejects() == [("2", "source_id", "duplicate id with other content",
                          "use a new id; correct money with a reversal and a new line")]
    assert state() == before


def test_bytes_that_are_no_text_reject_their_line(taken, line, known, rejects):
    header = b"source_system,source_id,payor_id,case_id,amount,received_on,posted_on,source,method\n"
    content = header + b"\n".join([line(1).encode(), line(2).replace("EFT", "\xe9").encode("latin-1"),
                                   line(3).encode().replace(b"EFT", b"E\0T"), line(4).encode(), b""])
    assert taken("collections", content=content) == (2, 0, 2)
    assert [(row[0], row[2]) for row in rejects()] == [("3", "is not UTF-8"), ("4", "has a NUL byte")]


def test_a_truncated_file_loses_only_its_last_line(taken, line, known, rejects, state):
    whole = "\n".join(("source_system,source_id,payor_id,case_id,amount,received_on,posted_on,source,method",
                       *(line(n) for n in range(5)), "")).encode()
    assert taken("collections", content=whole[:-40]) == (4, 0, 1)
    assert [row[0] for row in rejects()] == ["6"]
    assert taken("collections", content=whole) == (1, 4, 0)
    assert rejects() == []


def test_a_missing_column_is_said_before_anything_is_done(take, known, state):
    from feedkit.feed import FeedError

    before = state()
    with pytest.raises(FeedError, match="lacks the columns amount, posted_on"):
        take("collections", content=b"source_system,source_id,received_on,source,method\nSDU,1,2026-01-01,OTHER,X")
    assert state() == before


def test_ndjson_says_the_same(taken, known, line, database):
    import json

    cells = dict(zip(FIELDS, line(1).split(","), strict=True))
    content = (json.dumps(cells) + "\n" + json.dumps({**cells, "source_id": 2, "case_id": None}) + "\n{\n").encode()
    assert taken("collections", content=content, name="feed.ndjson") == (2, 0, 1)
    assert taken("collections", line(1)) == (0, 1, 0)


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(taken, line, known, rejects, state):
    before = state()
    assert taken("collections", line(1), line(2, case="9999"), dry_run=True) == (1, 0, 1)
    assert state() == before
    assert len(rejects()) == 1


def test_an_id_keeps_its_meaning_when_a_column_is_added_to_the_kind(take, taken, line, known):
    take("collections", line(1))
    told = "source_system,source_id,payor_id,case_id,amount,received_on,posted_on,source,method\n" + line(1) + "\n"
    assert taken("collections", content=told.encode()) == (0, 1, 0)
