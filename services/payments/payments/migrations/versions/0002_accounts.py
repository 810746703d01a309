"""Accounts of cases: worklists, remembered lines of files, lines checked by the statement, links to what is corrected.

The first draft of the ledger applied whole collections without charges; its entries cannot be told from those of the
rules that hold now, so a database that has any is not brought along: its files are imported anew.
"""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from payments import worklists
from payments.imports import remembering
from servicekit.migrations import app_role

revision = "0002"
down_revision = "0001"

_CHECK_LINES = """
    CREATE FUNCTION refuse_unbalanced_lines() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        wrong bigint;
    BEGIN
        SELECT l.entry_id INTO wrong FROM journal_lines l
        WHERE l.entry_id IN (SELECT entry_id FROM added)
        GROUP BY l.entry_id HAVING sum(l.cents) <> 0 OR count(*) < 2 LIMIT 1;
        IF wrong IS NOT NULL THEN
            RAISE EXCEPTION 'journal entry % does not balance', wrong USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$
"""


def upgrade() -> None:
    conn, role = op.get_bind(), app_role()
    if conn.execute(text("SELECT EXISTS (SELECT FROM events)")).scalar_one():
        raise RuntimeError("this database holds a ledger of version 0.1: make a new one and import the files anew "
                           "(for the demo: make clean)")
    # One check for all lines of a statement, and one at commit for each entry, which must have lines.
    conn.execute(text("DROP TRIGGER balanced_journal_lines ON journal_lines"))
    conn.execute(text(_CHECK_LINES))
    conn.execute(text("CREATE TRIGGER balanced_journal_lines AFTER INSERT ON journal_lines REFERENCING NEW TABLE AS "
                      "added FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_lines()"))
    conn.execute(text("CREATE INDEX journal_lines_account ON journal_lines (account text_pattern_ops)"))
    worklists.metadata.create_all(conn)
    remembering.metadata.create_all(conn)
    for table in ("account_work", "open_holds"):
        grant(conn, "SELECT, INSERT, UPDATE, DELETE", table, role)
    for table in ("payouts", "feed_lines"):
        grant(conn, "SELECT, INSERT", table, role)
