"""Sessions say how they are carried, by a cookie or as a bearer token; those that live now are the pages'."""

from alembic import op
from sqlalchemy import text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.get_bind().execute(text("ALTER TABLE sessions ADD COLUMN IF NOT EXISTS way text NOT NULL DEFAULT 'page'"))
