"""Who was transferred to an agent, for the agents' desk to ask. Calls that are going on end: they are kept anew."""

from alembic import op
from sqlalchemy import delete

from eventkit.tables import grant
from gateway.phone.calls import calls
from gateway.phone.contexts import contexts
from servicekit.migrations import app_role

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    conn = op.get_bind()
    conn.execute(delete(calls))
    contexts.create(conn, checkfirst=True)
    grant(conn, "SELECT, INSERT, DELETE", contexts.name, app_role())
