"""Sessions can be named to their owner, and what was typed when one ended is kept for a day. Nobody is logged out."""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from gateway.own_tables import drafts
from servicekit.migrations import app_role

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    conn = op.get_bind()
    # a new database got these columns with the table
    conn.execute(text("ALTER TABLE sessions ADD COLUMN IF NOT EXISTS id text NOT NULL DEFAULT gen_random_uuid()::text"))
    conn.execute(text("ALTER TABLE sessions ADD COLUMN IF NOT EXISTS device text NOT NULL DEFAULT 'computer'"))
    drafts.create(conn, checkfirst=True)
    grant(conn, "SELECT, INSERT, UPDATE, DELETE", drafts.name, app_role())
