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

# Entry by entry through the index, whatever the planner thinks of a journal that has just begun: a plan that reads the
# whole journal for each statement would be kept, and cost more with every day.
_CHECK_LINES = """
    CREATE FUNCTION refuse_unbalanced_lines() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    DECLARE
        wrong bigint;
    BEGIN
        SELECT entry_id INTO wrong FROM (SELECT DISTINCT entry_id FROM added) AS a
        CROSS JOIN LATERAL (SELECT sum(l.cents) AS cents, count(*) AS lines FROM journal_lines l
                            WHERE l.entry_id = a.entry_id) AS t
        WHERE t.cents <> 0 OR t.lines < 2 LIMIT 1;
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
