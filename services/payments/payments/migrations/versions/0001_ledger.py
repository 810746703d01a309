"""The kernel's tables, the journal, and who is in which case."""

from alembic import op

from eventkit.rebuild import create
from eventkit.tables import create_kernel_tables
from payments.ledger.tables import create_journal
from payments.parties import read_model
from servicekit.migrations import app_role

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kernel_tables(op.get_bind(), app_role())
    create_journal(op.get_bind(), app_role())
    create(op.get_bind(), read_model, app_role())
