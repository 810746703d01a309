"""The journal's tables: only ever added to, and refusing at commit an entry that does not balance."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from eventkit.tables import grant
from payments.ledger.chart import CHART

metadata = MetaData()

journal_entries = Table(
    "journal_entries",
    metadata,
    Column("entry_id", BigInteger, Identity(), primary_key=True),
    # The event it comes from, and which of that event's entries it is: each exactly once.
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("part", SmallInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    # Nothing is taken back twice.
    Column("reverses", BigInteger, ForeignKey("journal_entries.entry_id"), unique=True),
    UniqueConstraint("stream", "version", "part"),
    CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reversals_name_what_they_reverse"),
)

_CODES = ", ".join(f"'{account.code}'" for account in CHART)

journal_lines = Table(
    "journal_lines",
    metadata,
    Column("entry_id", BigInteger, ForeignKey("journal_entries.entry_id"), nullable=False),
    Column("line", SmallInteger, nullable=False),
    Column("account", Text, nullable=False),
    # Integer cents: a debit is positive, a credit negative.
    Column("cents", BigInteger, CheckConstraint("cents <> 0"), nullable=False),
    PrimaryKeyConstraint("entry_id", "line"),
    CheckConstraint(f"split_part(account, ':', 1) || ':' || split_part(account, ':', 2) IN ({_CODES})",
                    name="accounts_are_in_the_chart"),
)

# Checked at commit, for then all lines are there; an entry without lines is not balanced either.
_BALANCE = """
    CREATE FUNCTION refuse_unbalanced_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        total numeric;
        lines integer;
    BEGIN
        SELECT coalesce(sum(cents), 0), count(*) INTO total, lines FROM journal_lines WHERE entry_id = NEW.entry_id;
        IF total <> 0 OR lines < 2 THEN
            RAISE EXCEPTION 'journal entry % does not balance: % lines, % cents over', NEW.entry_id, lines, total
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$
"""

# Grants keep the service from it; this keeps everybody from it, the tables' owner included.
_NO_CHANGE = """
    CREATE FUNCTION refuse_change_of_the_journal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the journal is never changed: post a correcting entry';
    END $$
"""


def create_journal(conn: Connection, app_role: str) -> None:
    """Tables, triggers and grants; called by the first migration, as the owner role."""
    metadata.create_all(conn)
    conn.execute(text(_BALANCE))
    conn.execute(text(_NO_CHANGE))
    conn.execute(text(
        "ALTER TABLE journal_entries ADD CONSTRAINT entry_has_its_event FOREIGN KEY (stream, version) "
        "REFERENCES events (stream, version) DEFERRABLE INITIALLY DEFERRED"))
    for table in ("journal_entries", "journal_lines"):
        conn.execute(text(
            f"CREATE CONSTRAINT TRIGGER balanced_{table} AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_entry()"))
        conn.execute(text(
            f"CREATE TRIGGER never_changed_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_journal()"))
        grant(conn, "SELECT, INSERT", table, app_role)
