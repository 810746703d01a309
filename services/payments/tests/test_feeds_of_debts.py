"""Files about what is owed: orders, schedules, charges from elsewhere, corrections, assistance, holds, consents."""

import pytest

CHARGED = "SELECT (data->>'due'), (data->>'cents')::int FROM events WHERE name = 'ChargePosted' ORDER BY id"
OWED = "SELECT coalesce(sum(cents), 0) FROM journal_lines WHERE account LIKE 'A:RECV_NCP:2001:%'"


@pytest.fixture
def charged(owing, take, line):
    """January and February were charged on 2001, and nothing of it paid: what came in went back."""
    take("collections", line(99, amount="1.00", on="2026-02-02"))
    take("reversals", "SDU,99,2026-02-03,NSF")


@pytest.mark.parametrize("feed, rows, events", [
    ("orders", ["COURT,1,2001,O1,child,CHILD,500.00,MONTHLY,2026-01-01"], ["ObligationSet"]),
    ("orders", ["COURT,1,2001,O1,child,CHILD,0,MONTHLY,2026-01-01,2030-06-30,MONTHLY_12,6.25,no"], ["ObligationSet"]),
    ("liquidations", ["COURT,1,2001,50.00,2026-01-01"], ["LiquidationSet"]),
    ("charges", ["OLD,1,2001,judgment,JUDGMENT,2019-06-01,900.00,principal"], ["ObligationSet", "ChargePosted"]),
    ("charges", ["OLD,1,2001,child,CHILD,2019-06-01,9.00,interest,TEMPORARILY_ASSIGNED"],
     ["ObligationSet", "InterestCharged"]),
    ("assistance", ["AID,1,2001,started,2026-01-01,CASH_AID,2", "AID,2,2001,paid,2026-01-15,,,700.00",
                    "AID,3,2001,ended,2026-02-01"], ["AidStarted", "AssistancePaid", "AidEnded"]),
    ("holds", ["CSE,1,2001,hold,dispute,2026-03-01", "CSE,2,2001,resume,dispute,2026-03-09"],
     ["PayoutsHeld", "PayoutsResumed"]),
    ("consents", ["CSE,1,2001,form of 2026-03-01,2026-03-01,25"], ["RecoupmentConsented"]),
])
def test_each_kind_of_line_becomes_what_it_says(taken, known, database, differences, feed, rows, events):
    assert taken(feed, *rows) == (len(rows), 0, 0)
    assert [name for (name,) in database.rows("SELECT name FROM events ORDER BY id")] == events
    assert differences() == []


@pytest.mark.parametrize("row, cents", [
    ("CSE,1,2001,charge,60.00,2026-01-01,2001-CHILD", 16000),
    ("CSE,1,2001,charge,0,2026-01-01,2001-CHILD", 10000),
    ("CSE,1,2001,direct_payment,150.00,2026-02-10", 5000),
])
def test_a_correction_changes_what_is_owed(taken, charged, database, differences, row, cents):
    assert database.number(OWED) == 20000
    assert taken("corrections", row) == (1, 0, 0)
    assert database.number(OWED) == cents
    assert differences() == []


def test_only_what_the_government_owns_can_be_given_up(taken, known, database, rejects):
    taken("charges", "OLD,1,2001,old,CHILD,2010-01-01,80.00,principal,PERMANENTLY_ASSIGNED",
          "OLD,2,2001,mine,CHILD,2010-01-01,80.00,principal,NEVER_ASSIGNED")
    assert taken("corrections", "CSE,1,2001,compromise,80.01,2026-02-10") == (0, 0, 1)
    assert rejects()[0][1:3] == ("amount", "is more than what is owed of that kind")
    assert taken("corrections", "CSE,2,2001,compromise,80.00,2026-02-10") == (1, 0, 0)
    assert database.number(OWED) == 8000


def test_an_order_that_reaches_back_corrects_what_was_charged(take, charged, order_line, database, differences):
    take("orders", order_line(amount="150.00", since="2026-02-01"))
    assert database.number(OWED) == 25000
    assert differences() == []


@pytest.mark.parametrize("feed, row, column, reason", [
    ("orders", "COURT,1,9999,O1,child,CHILD,500.00,MONTHLY,2026-01-01", "case_id", "is not a known case"),
    ("orders", "COURT,1,2001,O1,2001-CHILD,MEDICAL,5.00,MONTHLY,2026-01-01", "kind",
     "is not the kind this obligation has"),
    ("orders", "COURT,1,2001,O1,child,CHILD,500.00,MONTHLY,2026-01-01,2025-12-31", "ends_on",
     "is before effective_on"),
    ("orders", "COURT,1,2001,O1,child,CHILD,-5.00,MONTHLY,2026-01-01", "amount", "is negative"),
    ("orders", "COURT,1,2001,O1,child,CHILD,5.00,YEARLY,2026-01-01", "frequency", "is not one of the known values"),
    ("orders", "COURT,1,2001,O1,child,CHILD,5.00,MONTHLY,2026-01-01,,DAILY_365,101", "interest_percent",
     "is not a percentage"),
    ("liquidations", "COURT,1,9999,50.00,2026-01-01", "case_id", "is not a known case"),
    ("liquidations", "COURT,1,2001,,2026-01-01", "amount", "is empty"),
    ("charges", "OLD,1,2001,2001-CHILD,CHILD,2026-01-01,5.00,principal", "due_on",
     "has a charge of this obligation already"),
    ("charges", "OLD,1,2001,2001-CHILD,FEE,2019-01-01,5.00,principal", "kind", "is not the kind this obligation has"),
    ("charges", "OLD,1,2001,judgment,JUDGMENT,2019-06-01,0.00,principal", "amount", "is zero"),
    ("charges", "OLD,1,2001,judgment,JUDGMENT,2019-06-01,5.00,principal,MINE", "bucket",
     "is not one of the known values"),
    ("corrections", "CSE,1,2001,charge,5.00,2026-01-01", "obligation_id", "is empty"),
    ("corrections", "CSE,1,2001,charge,5.00,2026-01-02,2001-CHILD", "on",
     "is not a day the obligation was charged for"),
    ("corrections", "CSE,1,2001,direct_payment,200.01,2026-02-10", "amount", "is more than what is owed of that kind"),
    ("corrections", "CSE,1,2001,direct_payment,0,2026-02-10", "amount", "is not more than zero"),
    ("corrections", "CSE,1,2001,compromise,5.00,2026-02-10", "amount", "is more than what is owed of that kind"),
    ("assistance", "AID,9,2001,started,2026-03-01,,2", "program", "is empty, or children is"),
    ("assistance", "AID,9,2001,started,2026-03-01,CASH_AID,0", "children", "is zero"),
    ("assistance", "AID,9,2001,ended,2026-03-01", "what", "ends assistance that has not begun"),
    ("assistance", "AID,9,2001,paid,2026-03-01", "amount", "is empty"),
    ("holds", "CSE,1,2001,hold,joint_return,2026-03-01", "reason", "is not one of the known values"),
    ("holds", "CSE,1,9999,hold,dispute,2026-03-01", "case_id", "is not a known case"),
    ("consents", "CSE,1,2001,,2026-03-01,25", "document", "is empty"),
    ("consents", "CSE,1,2001,form,2026-03-01,101", "percent", "is not a percentage"),
])
def test_what_cannot_be_is_rejected_and_leaves_nothing(taken, charged, rejects, state, feed, row, column, reason):
    before = state()
    assert taken(feed, row) == (0, 0, 1)
    [(number, said_column, said, what_to_do)] = rejects()
    assert (number, said_column, said) == ("2", column, reason)
    assert what_to_do
    assert state() == before


@pytest.mark.parametrize("rows, reason", [
    (["AID,1,2001,started,2026-01-01,CASH_AID,2", "AID,2,2001,started,2026-02-01,CASH_AID,2"],
     "begins while earlier assistance has not ended"),
    (["AID,1,2001,started,2026-01-01,CASH_AID,2", "AID,2,2001,ended,2025-12-01"],
     "is before the assistance known last"),
])
def test_assistance_is_told_in_the_order_it_was(taken, charged, rejects, rows, reason):
    assert taken("assistance", *rows) == (1, 0, 1)
    assert rejects()[0][:3] == ("3", "on", reason)


def test_a_modification_stays_when_the_file_of_the_first_order_is_sent_again(take, taken, owing, order_line, state):
    first = order_line()
    take("orders", order_line(amount="150.00", number="second"))
    before = state()
    assert taken("orders", first) == (0, 1, 0)
    assert state() == before
