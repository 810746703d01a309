"""What became of every payment, and balances: the tables of payments are made anew and filled from the beginning.

They are derived. Their old events were those of the first ledger, which is not brought along, so the worker hears the
publisher from its first position on; pages say meanwhile as of when they are.
"""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from gateway.view import tables
from gateway.view.projections import NAME, read_model
from servicekit.migrations import app_role

revision = "0002"
down_revision = "0001"

OF_PAYMENTS = (tables.payments_made, tables.family_payments, tables.payments_sent, tables.debts, tables.paid_ahead,
               tables.obligations, tables.liquidations)


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
