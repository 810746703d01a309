"""The kernel's tables and the sample read model."""

from alembic import op

from eventkit.rebuild import ReadModel, create
from eventkit.tables import create_kernel_tables
from eventkit.testing.sample import model_tables
from servicekit.migrations import app_role

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kernel_tables(op.get_bind(), app_role())
    create(op.get_bind(), ReadModel("model", model_tables, ()), app_role())
