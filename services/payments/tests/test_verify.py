"""`verify` sees what is wrong: each check, on books that somebody tampered with beyond all rules."""

from datetime import date

import pytest
from sqlalchemy import text

from payments.ledger.checks_federal import quarters
from payments.runs.charges import Charges
from payments.runs.interest import Interest
from payments.runs.workers import carry_out

PAYEE = "1000000003"


@pytest.fixture
def books(owing, take, app, line):
    """Something of everything: charges, interest, payments, a reversal, a hold, disbursements out and back."""
    carry_out(app, Charges(date(2026, 2, 1)))
    carry_out(app, Interest(date(2026, 1, 1)))
    take("assistance", "LCSA,1,2001,started,2025-12-01,CASH_AID,1")
    take("collections", line(1, amount="250.00"), line(2, payor="1000000004", case="2003", amount="90.00"),
         line(3, payor="", case="", amount="7.00"), line(5, amount="20.00"),
         "SDU,4,1000000004,2004,60.00,2026-03-02,2026-03-02,FEDERAL_TAX,EFT,true")
    take("reversals", "SDU,2,2026-04-20,NSF")
    take("disbursements", f"SDU,D1,{PAYEE},2001,50.00,2026-03-04,check,issued,",
         f"SDU,D2,{PAYEE},2001,20.00,2026-03-05,check,pending,", "SDU,D3,county,,10.00,2026-03-05,check,issued,,county",
         f"SDU,D4,{PAYEE},2001,5.00,2026-03-06,check,issued,")
    take("disbursements", f"SDU,D1,{PAYEE},2001,50.00,2026-03-04,check,returned,2026-03-20",
         f"SDU,D4,{PAYEE},2001,5.00,2026-03-06,check,stale,2026-10-01")


def test_right_books_are_found_right(books, differences):
    assert differences() == []


def test_no_books_at_all_are_right(known, differences):
    assert differences() == []


# What is done to the database, and the check that must notice; others may notice too.
TAMPERING = {
    "every entry balances": "UPDATE journal_lines SET cents = cents + 1 WHERE account = 'A:SDU_CASH'",
    "every entry has its event": "DELETE FROM events WHERE stream = 'receipt-SDU:3'",
    "a reversal mirrors what it reverses":
        "UPDATE journal_lines SET cents = cents * 2 WHERE entry_id = (SELECT max(entry_id) FROM journal_entries "
        "WHERE kind = 'reversal')",
    "what payors owe is what will be owned":
        "UPDATE journal_lines SET account = 'A:RECV_NCP:2001:CHILD:CONDITIONALLY_ASSIGNED:prin' "
        "WHERE account LIKE 'A:RECV_NCP:2001:CHILD:%' AND cents > 0",
    "cash is what is unidentified":
        "UPDATE journal_lines SET account = 'A:RECV_NCP:x:CHILD:NEVER_ASSIGNED:prin' WHERE account = 'L:UNIDENTIFIED'",
    "nothing waits below zero":
        "UPDATE journal_lines SET account = replace(account, '-:new', '-:no_case') "
        "WHERE account = 'L:UNDISTRIBUTED:-:new' AND cents > 0",
    "collections received are debits of cash":
        "UPDATE events SET data = jsonb_set(data, '{amount_cents}', '1') WHERE name = 'CollectionReceived'",
    "collections reversed are credits of cash":
        "UPDATE events SET data = jsonb_set(data, '{amount_cents}', '1') WHERE name = 'CollectionReversed'",
    "disbursements that are away are credits of cash":
        "UPDATE events SET data = jsonb_set(data, '{status}', '\"cleared\"') WHERE stream = 'disbursement-SDU:D1' "
        "AND name = 'DisbursementStatusChanged'",
    "payouts are what accounts gave": "DELETE FROM payouts WHERE disbursement_id = 'SDU:D4'",
    "what was published of debts":
        "DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox WHERE type = 'payments.debt_changed.v1')",
    "what was published of collections": "DELETE FROM outbox WHERE type = 'payments.collection_reversed.v1'",
    "what was published of disbursements":
        "DELETE FROM outbox WHERE type = 'payments.disbursement_status_changed.v1' AND data->>'status' = 'returned'",
    "the federal identity of each quarter":
        "UPDATE journal_lines SET account = 'L:PAYABLE_CP:2001' WHERE account = 'L:UNIDENTIFIED'",
    "the journal is the fold of events": "UPDATE journal_entries SET effective_on = '2026-03-03' "
                                         "WHERE kind = 'collection_received'",
    "account_work is what the events say": "UPDATE account_work SET next_charge = '2027-01-01' WHERE case_id = '2001'",
    "open_holds is what the events say": "UPDATE open_holds SET cents = cents + 1 WHERE reason = 'joint_return'",
}


@pytest.mark.parametrize("check", TAMPERING)
def test_it_notices(check, books, database, differences):
    with database.beyond_rules.begin() as conn:
        changed = conn.execute(text(TAMPERING[check].replace("-:", "-\\:"))).rowcount
    assert changed > 0, "this changed nothing"
    assert any(check in found for found in differences())


@pytest.mark.parametrize(("table", "statement"), [
    ("account_work", "INSERT INTO account_work VALUES ('nobody', NULL, false, NULL)"),
    ("account_work", "UPDATE account_work SET to_check = false"),
    ("open_holds", "DELETE FROM open_holds WHERE reason = 'unidentified'"),
    ("open_holds", "INSERT INTO open_holds VALUES ('SDU:none', 1, 'futures', '2001', NULL, 1, '2026-01-01', NULL)"),
])
def test_it_notices_rows_of_worklists_that_are_too_many_or_missing(table, statement, books, database, differences):
    with database.beyond_rules.begin() as conn:
        conn.execute(text(statement))
    assert any(f"{table} is what the events say" in found for found in differences())


def test_a_kind_of_entry_that_nobody_classified_is_a_difference(books, database, differences):
    """A new posting rule that moves what waits must say what it is to the federal report."""
    with database.beyond_rules.begin() as conn:
        conn.execute(text("UPDATE journal_entries SET kind = 'brought_over' WHERE kind = 'collection_distributed' "
                          "AND stream = 'receipt-SDU:5'"))
    assert any("brought_over moves -2000 cents and is not classified" in found for found in differences())


def test_money_that_is_distributed_to_an_account_of_no_line_is_a_difference(books, database, differences):
    with database.beyond_rules.begin() as conn:
        conn.execute(text("UPDATE journal_lines SET account = 'A:RECV_NCP:2001:CHILD:NEVER_ASSIGNED:prin' "
                          "WHERE account = 'L:PAYABLE_CP:2001' AND cents = -10000"))
    assert any("collection_distributed to A:RECV_NCP moves" in found for found in differences())


def test_the_quarters_of_the_federal_report(books, app):
    """Opening and collections by line, less what was distributed, is what is undistributed at the end."""
    with app.engine.connect() as conn:
        first, second, *others = quarters(conn)
    assert (first.begins_on, first.opening) == (date(2026, 1, 1), 0)
    assert dict(first.collections) == {"INCOME_WITHHOLDING": 367_00, "FEDERAL_TAX": 60_00}
    assert first.available == 427_00
    assert first.closing == first.undistributed == 67_00  # 7.00 nobody's, 60.00 of a joint return
    assert sum(first.distributed.values()) == 360_00
    assert (second.begins_on, second.opening, second.collections["INCOME_WITHHOLDING"]) == (
        date(2026, 4, 1), 67_00, -90_00)
    assert sum(second.distributed.values()) == -90_00
    assert [(q.begins_on, q.uncashed, q.closing) for q in others] == [(date(2026, 10, 1), 5_00, 72_00)]


def test_differences_are_listed_up_to_ten_and_counted(owing, take, line, database, differences):
    take("collections", *(line(n) for n in range(13)))
    with database.beyond_rules.begin() as conn:
        conn.execute(text("UPDATE journal_lines SET cents = cents + 1 WHERE account = 'A:SDU_CASH'"))
    told = [found for found in differences() if found.startswith("every entry balances")]
    assert len(told) == 11
    assert told[-1].endswith("and 3 more")
