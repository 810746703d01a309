"""What the database refuses, whatever the code does."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from eventkit.store import Metadata
from payments.bookkeeping import Books
from payments.domain.receipt import ReceiveCollection, ReverseCollection, receipt
from payments.domain.words import ReversalReason, Source
from payments.ledger import journal
from payments.ledger.balances import balances, trial_balance
from payments.ledger.entries import Cause, JournalEntry, move

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 20)
RECEIVE = ReceiveCollection("p1", "c1", 500, DAY, DAY, Source.OTHER, "CHECK", "d")
BY_TEST = Metadata("test", "test", "test", "test")
ENTRY = "INSERT INTO journal_entries (stream, version, part, kind, effective_on, recorded_at, reverses) VALUES "
LINE = "INSERT INTO journal_lines (entry_id, line, account, cents) VALUES "


@pytest.fixture
def booked(app):
    """One receipt, applied: two entries with six lines."""
    carry_out(app, RECEIVE)


def carry_out(app, *commands, receipt_id="SDU:1"):
    for command in commands:
        with app.engine.begin() as conn:
            books = Books(app.unit(conn, BY_TEST))
            books.decide_many(receipt, [(receipt_id, command)])
            books.close()


def refused(engine, *statements):
    with pytest.raises(DBAPIError) as caught, engine.begin() as conn:
        for statement in statements:
            conn.execute(text(statement))
    return str(caught.value)


def test_events_and_entries_come_together(booked, database):
    assert database.rows("SELECT version, part, kind, effective_on FROM journal_entries ORDER BY 1, 2") == [
        (1, 1, "collection_received", DAY), (2, 1, "collection_applied", DAY)]
    assert database.number("SELECT count(*) FROM journal_lines") == 6
    assert database.number("SELECT count(*) FROM events") == 2


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
    carry_out(app, ReverseCollection(NEXT, ReversalReason.NSF))
    assert database.rows(
        "SELECT r.version, r.part, e.version FROM journal_entries r JOIN journal_entries e ON e.entry_id = r.reverses "
        "ORDER BY 1, 2") == [(3, 1, 2), (3, 2, 1)]


def test_nothing_is_taken_back_twice(booked, database, app):
    carry_out(app, ReverseCollection(NEXT, ReversalReason.NSF))
    again = JournalEntry("collection_received", DAY, move(500, "A:SDU_CASH", "L:UNDISTRIBUTED:-:new"),
                         Cause("receipt-SDU:1", 1)).mirrored("reversal", NEXT, Cause("receipt-SDU:1", 3, part=3))
    with pytest.raises(IntegrityError, match="reverses"), app.engine.begin() as conn:
        journal.write(conn, [again], datetime.now(UTC))


def test_a_receipt_and_its_reversal_may_be_written_together(database, app):
    with app.engine.begin() as conn:
        books = Books(app.unit(conn, BY_TEST))
        books.decide_many(receipt, [("SDU:1", RECEIVE), ("SDU:1", ReverseCollection(NEXT, ReversalReason.NSF))])
        books.close()
    assert database.number("SELECT count(*) FROM journal_entries WHERE reverses IS NOT NULL") == 2


def test_balances_as_of_a_day_and_as_known_at_a_moment(booked, database, app):
    before = datetime.now(UTC)
    carry_out(app, ReverseCollection(NEXT, ReversalReason.NSF))
    with app.engine.connect() as conn:
        assert balances(conn, effective_on=DAY)["A:SDU_CASH"] == 500
        assert balances(conn, effective_on=NEXT)["A:SDU_CASH"] == 0
        assert balances(conn, recorded_at=before)["A:SDU_CASH"] == 500
        assert balances(conn)["A:SDU_CASH"] == 0
        [cash] = [row for row in trial_balance(conn) if row.code == "A:SDU_CASH"]
        assert (cash.debits, cash.credits, cash.balance) == (500, -500, 0)


class TestVerify:
    def test_right_books_are_found_right(self, booked, app, differences):
        carry_out(app, ReverseCollection(NEXT, ReversalReason.NSF))
        carry_out(app, RECEIVE, receipt_id="SDU:2")
        assert differences() == []

    def tamper(self, database, statement):
        with database.beyond_rules.begin() as conn:
            conn.execute(text(statement))

    def test_it_finds_a_changed_amount(self, booked, database, differences):
        self.tamper(database, "UPDATE journal_lines SET cents = cents + 1 WHERE account = 'A:SDU_CASH'")
        found = "\n".join(differences())
        assert "every entry balances" in found
        assert "the fold of events: A:SDU_CASH: events 500, journal 501" in found

    def test_it_finds_money_moved_between_accounts(self, booked, database, differences):
        self.tamper(database, "UPDATE journal_lines SET account = 'L:UNIDENTIFIED' WHERE account LIKE 'L:PAYABLE%'")
        assert any("fold of events: L:PAYABLE_CP:c1" in found for found in differences())

    def test_it_finds_an_event_without_entries(self, booked, database, differences):
        self.tamper(database, "INSERT INTO events (stream, version, name, schema_version, event_id, data, metadata, "
                              "recorded_at) SELECT 'receipt-SDU:2', version, name, schema_version, gen_random_uuid(), "
                              "data, metadata, recorded_at FROM events")
        assert any("entries: events 4, journal 2" in found for found in differences())


def test_the_service_cannot_switch_the_checks_off(database):
    with pytest.raises(ProgrammingError), database.engine.begin() as conn:
        conn.execute(text("ALTER TABLE journal_lines DISABLE TRIGGER USER"))
