"""The kernel's tables, the view, sessions, the throttle's counts, and the calls that are going on."""

from alembic import op

from eventkit.rebuild import create
from eventkit.tables import create_kernel_tables, grant
from gateway.own_tables import metadata
from gateway.phone.calls import metadata as phone_metadata
from gateway.view.projections import read_model
from servicekit.migrations import app_role

revision = "0001"
down_revision = None


def upgrade() -> None:
    conn = op.get_bind()
    create_kernel_tables(conn, app_role())
    create(conn, read_model(), app_role())
    for tables in (metadata, phone_metadata):
        tables.create_all(conn)
        for table in tables.sorted_tables:
            grant(conn, "SELECT, INSERT, UPDATE, DELETE", table.name, app_role())
