"""When and where a PIN was changed: the table of accounts is made anew and filled from the beginning.

Until the worker has heard auth again, nothing says which sessions are over. So all of them end here: whoever was logged
in logs in once more, and nobody comes back in whose session had ended.
"""

from alembic import op

from gateway import own_tables
from gateway.view import tables
from gateway.view.made_anew import make_anew
from servicekit.migrations import app_role

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    conn = op.get_bind()
    make_anew(conn, "auth", [tables.accounts], app_role())
    conn.execute(own_tables.sessions.delete())
