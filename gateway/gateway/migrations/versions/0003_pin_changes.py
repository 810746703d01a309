"""When and where a PIN was changed: the table of accounts is made anew and filled from the beginning.

Until the worker has heard auth again, nothing says which sessions are over. So all of them end here: whoever was logged
in logs in once more, and nobody comes back in whose session had ended.
"""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from gateway import own_tables
from gateway.view import tables
from gateway.view.projections import NAME, read_model
from servicekit.migrations import app_role

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    conn, model = op.get_bind(), read_model()
    tables.accounts.drop(conn, checkfirst=True)
    tables.accounts.create(conn)
    grant(conn, model.rights, f"{NAME}.{tables.accounts.name}", app_role())
    for kept in ("checkpoints", "parked"):
        conn.execute(text(f"DELETE FROM {kept} WHERE subscription = :name AND publisher = 'auth'"),  # noqa: S608
                     {"name": NAME})
    conn.execute(tables.freshness.delete().where(tables.freshness.c.publisher == "auth"))
    conn.execute(own_tables.sessions.delete())
