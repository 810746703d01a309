"""The kernel's tables, credentials, the log-in index, print keys and letters to be made."""

from alembic import op

from auth.tables import create_tables
from eventkit.tables import create_kernel_tables
from servicekit.migrations import app_role

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kernel_tables(op.get_bind(), app_role())
    create_tables(op.get_bind(), app_role())
