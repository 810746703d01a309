"""Files of what was sent: to families, governments and back to payors, and what became of it."""

import pytest

PAYOR, PAYEE, UNKNOWN = "1000000001", "1000000003", "1999999999"
SENT = f"SDU,D1,{PAYEE},2001,80.00,2026-03-04,check"


def test_a_line_tells_the_issue_and_the_last_status(taken, known, published, differences):
    assert taken("disbursements", f"{SENT},cleared,2026-03-06") == (1, 0, 0)
    assert published() == [
        ("payments.disbursement_issued.v2", {
            "disbursement_id": "SDU:D1", "payee_type": "family", "payee_id": PAYEE, "case_id": "2001",
            "amount_cents": 8000, "issued_on": "2026-03-04", "method": "check", "status": "issued", "lots": [],
            "ahead_cents": 8000}),
        ("payments.disbursement_status_changed.v1", {
            "disbursement_id": "SDU:D1", "payee_id": PAYEE, "status": "cleared", "on": "2026-03-06"})]
    assert differences() == []


def test_a_later_file_tells_more_of_the_same(take, taken, known, published, database, differences):
    take("disbursements", f"{SENT},issued,2026-03-04")
    assert taken("disbursements", f"{SENT},stale,2026-09-04") == (1, 0, 0)
    assert taken("disbursements", f"{SENT},reissued,2026-09-10") == (1, 0, 0)
    assert taken("disbursements", f"{SENT},stale,2026-09-04") == (0, 1, 0)
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
    (f"SDU,D2,{PAYEE},,80.00,2026-03-04,check,issued,", "case_id"),
    (f"SDU,D2,{PAYEE},2001,80.00,2026-03-04,check,issued,,state", "payee_id"),
    (f"SDU,D2,{PAYEE},2001,80.00,2026-03-04,check,issued,,friend", "payee_type"),
    (f"SDU,D2,{UNKNOWN},,80.00,2026-03-04,check,issued,,payor", "payee_id"),
])
def test_what_cannot_be_is_rejected(take, taken, known, rejects, state, row, column):
    take("disbursements", f"{SENT},voided,2026-03-06")
    before = state()
    assert taken("disbursements", row) == (0, 0, 1)
    assert [found[:2] for found in rejects()] == [("2", column)]
    assert state() == before


def test_taken_in_again_nothing_changes(take, taken, state):
    take("disbursements", f"{SENT},cleared,2026-03-06")
    before = state()
    assert taken("disbursements", f"{SENT},cleared,2026-03-06") == (0, 1, 0)
    assert state() == before


def test_it_takes_what_is_payable_oldest_first_and_gives_it_back_when_it_returns(take, line, owing, database,
                                                                                 published, differences):
    take("collections", line(1, amount="50.00"), line(2, amount="50.00"))
    take("disbursements", f"{SENT},issued,2026-03-04")
    assert database.rows('SELECT receipt_id, cents FROM payouts ORDER BY payout_id') == [
        ("SDU:1", 5000), ("SDU:2", 3000)]
    take("disbursements", f"{SENT},returned,2026-03-09")
    assert database.number("SELECT sum(cents) FROM payouts") == 0
    assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'L:PAYABLE_CP:2001'") == -10000
    assert differences() == []


@pytest.mark.parametrize("away", ["stale,2026-09-04", "issued,2026-03-04"])
def test_what_is_sent_anew_while_it_is_away_is_not_taken_twice(take, line, owing, database, differences, away):
    take("collections", line(1), line(2))
    take("disbursements", f"{SENT},{away}")
    take("disbursements", f"{SENT},reissued,2026-09-10")
    assert database.number("SELECT sum(cents) FROM payouts") == 8000
    assert differences() == []


def test_pending_is_told_and_moves_nothing(taken, known, published, database, differences):
    assert taken("disbursements", f"{SENT},pending,2026-03-04") == (1, 0, 0)
    assert [data["status"] for _, data in published()] == ["pending"]
    assert database.number("SELECT count(*) FROM journal_entries") == 0
    assert taken("disbursements", f"{SENT},issued,2026-03-05") == (1, 0, 0)
    assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'A:SDU_CASH'") == -8000
    assert differences() == []


def test_what_was_planned_may_leave_a_day_later(taken, known, published, database, differences):
    planned, issued = f"{SENT},pending,2026-03-04", f"{SENT.replace('03-04', '03-05')},issued,2026-03-05"
    assert (taken("disbursements", planned), taken("disbursements", issued)) == ((1, 0, 0), (1, 0, 0))
    assert (taken("disbursements", planned), taken("disbursements", issued)) == ((0, 1, 0), (0, 1, 0))
    assert published()[-1][1]["issued_on"] == "2026-03-05"
    assert differences() == []


@pytest.mark.parametrize("who", ["state", "county", "fed"])
def test_what_a_government_gets_is_booked_and_nobodys_payment(taken, known, published, database, differences, who):
    assert taken("disbursements", f"SDU,G1,{who},,45.00,2026-03-04,direct_deposit,issued,,{who}") == (1, 0, 0)
    assert database.rows("SELECT account, cents FROM journal_lines ORDER BY cents") == [
        ("A:SDU_CASH", -4500), (f"L:PAYABLE_GOV:{who}", 4500)]
    assert published() == []
    assert differences() == []


def test_a_refund_goes_back_to_the_payor(taken, known, published, database, differences):
    assert taken("disbursements", f"SDU,R1,{PAYOR},,12.00,2026-03-04,check,issued,,payor") == (1, 0, 0)
    assert database.rows("SELECT account, cents FROM journal_lines ORDER BY cents") == [
        ("A:SDU_CASH", -1200), (f"L:REFUND_NCP:{PAYOR}", 1200)]
    assert published()[0][1]["payee_type"] == "payor"
    assert differences() == []
