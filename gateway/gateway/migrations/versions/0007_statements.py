"""Monthly statements. What payments tells is heard from the beginning, so all that is made of it is made anew.

Its tables are derived, as in 0002: sums that stayed would count what they hear twice.
"""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from gateway.view import statement_tables, tables
from gateway.view.projections import NAME, read_model
from servicekit.migrations import app_role

revision = "0007"
down_revision = "0006"

OF_PAYMENTS = (tables.payments_made, tables.family_payments, tables.payments_sent, tables.debts, tables.paid_ahead,
               tables.obligations, tables.liquidations, statement_tables.payor_statements,
               statement_tables.family_statements)


def upgrade() -> None:
    conn, model = op.get_bind(), read_model()
    for table in OF_PAYMENTS:
        table.drop(conn, checkfirst=True)
        table.create(conn)
        grant(conn, model.rights, f"{NAME}.{table.name}", app_role())
    for kept in ("checkpoints", "parked"):
        conn.execute(text(f"DELETE FROM {kept} WHERE subscription = :name AND publisher = 'payments'"),  # noqa: S608
                     {"name": NAME})
    conn.execute(tables.freshness.delete().where(tables.freshness.c.publisher == "payments"))
