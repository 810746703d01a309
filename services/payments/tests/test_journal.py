"""What the database refuses, whatever the code does."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from eventkit.store import Metadata
from payments.bookkeeping import Books
from payments.distributing import Distributing
from payments.domain.account.account import account
from payments.domain.account.commands import SetObligation
from payments.domain.receipt import ReceiveCollection, ReverseCollection
from payments.domain.words import Kind, ReversalReason, Source
from payments.ledger import journal
from payments.ledger.balances import balances, trial_balance
from payments.ledger.entries import Cause, JournalEntry, move
from payments.parties import Directory

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 20)
RECEIVE = ReceiveCollection("p1", "c1", 500, DAY, DAY, Source.OTHER, "CHECK", "d")
REVERSE = ReverseCollection(NEXT, ReversalReason.NSF)
ORDER = SetObligation("o1", "o1", Kind.CHILD, date(2026, 3, 1), 900)
KNOWN = Directory(frozenset({"p1", "p2"}), {"c1": True}, frozenset({("c1", "p1", "payor"), ("c1", "p2", "payee")}),
                  {"c1": ("p1",)}, {"p1": ("c1",)}, {"c1": ("p2",)})
BY_TEST = Metadata("test", "test", "test", "test")
ENTRY = "INSERT INTO journal_entries (stream, version, part, kind, effective_on, recorded_at, reverses) VALUES "
LINE = "INSERT INTO journal_lines (entry_id, line, account, cents) VALUES "


@pytest.fixture
def booked(app):
    """9.00 a month is owed; a receipt of 5.00 was received and distributed to the family."""
    carry_out(app, ORDER, RECEIVE)


def carry_out(app, *commands, receipt_id="SDU:1"):
    """All in one transaction."""
    with app.engine.begin() as conn:
        books = Books(app.unit(conn, BY_TEST))
        work = Distributing(books, KNOWN, NEXT)
        for command in commands:
            match command:
                case ReceiveCollection():
                    work.receive(receipt_id, command)
                case ReverseCollection():
                    work.reverse(receipt_id, command)
                case _:
                    books.decide(account, "c1", command)
        books.close()


def refused(engine, *statements):
    with pytest.raises(DBAPIError) as caught, engine.begin() as conn:
        for statement in statements:
            conn.execute(text(statement))
    return str(caught.value)


def test_events_and_entries_come_together(booked, database):
    assert database.rows("SELECT stream, version, part, kind, effective_on FROM journal_entries ORDER BY entry_id") == [
        ("receipt-SDU:1", 1, 1, "collection_received", DAY), ("account-c1", 2, 1, "charge_posted", DAY.replace(day=1)),
        ("account-c1", 3, 1, "payment_credited", DAY), ("receipt-SDU:1", 2, 1, "collection_distributed", DAY)]
    assert database.number("SELECT count(*) FROM journal_lines") == 8
    assert database.rows("SELECT stream, version, name FROM events ORDER BY id") == [
        ("account-c1", 1, "ObligationSet"), ("receipt-SDU:1", 1, "CollectionReceived"),
        ("account-c1", 2, "ChargePosted"), ("account-c1", 3, "PaymentCredited"),
        ("receipt-SDU:1", 2, "CollectionDistributed")]


def test_an_unbalanced_entry_is_refused_at_commit(booked, database):
    entry_id = database.number("SELECT max(entry_id) FROM journal_entries") + 1
    told = refused(database.engine, ENTRY + "('receipt-SDU:1', 1, 2, 'collection_received', '2026-03-02', now(), null)",
                   LINE + f"({entry_id}, 1, 'A:SDU_CASH', 500), ({entry_id}, 2, 'L:UNIDENTIFIED', -499)")
    assert "does not balance" in told


def test_an_entry_without_lines_is_refused(booked, database):
    told = refused(database.engine, ENTRY + "('receipt-SDU:1', 1, 2, 'collection_received', '2026-03-02', now(), null)")
    assert "does not balance" in told


def test_a_line_put_into_an_entry_later_is_refused(booked, database):
    entry_id = database.number("SELECT min(entry_id) FROM journal_entries")
    assert "does not balance" in refused(database.engine, LINE + f"({entry_id}, 9, 'A:SDU_CASH', 1)")


@pytest.mark.parametrize("role", ["engine", "owner"])
@pytest.mark.parametrize("statement", [
    "UPDATE journal_lines SET cents = cents + 1", "UPDATE journal_entries SET effective_on = '2020-01-01'",
    "DELETE FROM journal_lines", "DELETE FROM journal_entries", "TRUNCATE journal_lines",
    "TRUNCATE journal_entries CASCADE"])
def test_nobody_changes_the_journal(booked, database, role, statement):
    told = refused(getattr(database, role), statement)
    assert ("permission denied" if role == "engine" else "never changed") in told


def test_the_service_cannot_change_events(booked, database):
    for statement in ("UPDATE events SET version = 9", "DELETE FROM events"):
        assert "permission denied" in refused(database.engine, statement)


def test_an_event_has_its_entries_exactly_once(booked, database, app):
    entry = JournalEntry("collection_received", DAY, move(500, "A:SDU_CASH", "L:UNIDENTIFIED"),
                         Cause("receipt-SDU:1", 1))
    with pytest.raises(IntegrityError), app.engine.begin() as conn:
        journal.write(conn, [entry], datetime.now(UTC))


def test_an_entry_without_its_event_is_refused(database, app):
    entry = JournalEntry("collection_received", DAY, move(500, "A:SDU_CASH", "L:UNIDENTIFIED"),
                         Cause("receipt-SDU:9", 1))
    with pytest.raises(IntegrityError, match="entry_has_its_event"), app.engine.begin() as conn:
        journal.write(conn, [entry], datetime.now(UTC))


@pytest.mark.parametrize("account", ["A:CASH", "SDU_CASH", "L:OWED", "X:SDU_CASH"])
def test_an_account_that_is_not_in_the_chart_is_refused(booked, app, account):
    entry = JournalEntry("collection_received", DAY, move(500, account, "L:UNIDENTIFIED"),
                         Cause("receipt-SDU:1", 1, part=2))
    with pytest.raises(IntegrityError, match="accounts_are_in_the_chart"), app.engine.begin() as conn:
        journal.write(conn, [entry], datetime.now(UTC))


def test_a_reversal_links_to_what_it_takes_back(booked, database, app):
    carry_out(app, REVERSE)
    assert database.rows(
        "SELECT r.stream, r.version, r.part, e.stream, e.version FROM journal_entries r "
        "JOIN journal_entries e ON e.entry_id = r.reverses ORDER BY 1, 2, 3") == [
        ("account-c1", 4, 1, "account-c1", 3), ("receipt-SDU:1", 3, 1, "receipt-SDU:1", 2),
        ("receipt-SDU:1", 3, 2, "receipt-SDU:1", 1)]


def test_nothing_is_taken_back_twice(booked, database, app):
    carry_out(app, REVERSE)
    again = JournalEntry("collection_received", DAY, move(500, "A:SDU_CASH", "L:UNDISTRIBUTED:-:new"),
                         Cause("receipt-SDU:1", 1)).mirrored("reversal", NEXT, Cause("receipt-SDU:1", 3, part=3))
    with pytest.raises(IntegrityError, match="reverses"), app.engine.begin() as conn:
        journal.write(conn, [again], datetime.now(UTC))


def test_a_receipt_and_its_reversal_may_be_written_together(database, app, differences):
    carry_out(app, ORDER, RECEIVE, REVERSE)
    assert database.number("SELECT count(*) FROM journal_entries WHERE reverses IS NOT NULL") == 3
    assert differences() == []


def test_balances_as_of_a_day_and_as_known_at_a_moment(booked, database, app):
    before = datetime.now(UTC)
    carry_out(app, REVERSE)
    with app.engine.connect() as conn:
        assert balances(conn, effective_on=DAY)["A:SDU_CASH"] == 500
        assert balances(conn, effective_on=NEXT)["A:SDU_CASH"] == 0
        assert balances(conn, recorded_at=before)["A:SDU_CASH"] == 500
        assert balances(conn)["A:SDU_CASH"] == 0
        [cash] = [row for row in trial_balance(conn) if row.code == "A:SDU_CASH"]
        assert (cash.debits, cash.credits, cash.balance) == (500, -500, 0)


def test_the_service_cannot_switch_the_checks_off(database):
    with pytest.raises(ProgrammingError), database.engine.begin() as conn:
        conn.execute(text("ALTER TABLE journal_lines DISABLE TRIGGER USER"))
