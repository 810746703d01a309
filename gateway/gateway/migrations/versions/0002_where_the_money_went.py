"""What became of every payment, and balances: the tables of payments are made anew and filled from the beginning.

They are derived. Their old events were those of the first ledger, which is not brought along, so the worker hears the
publisher from its first position on; pages say meanwhile as of when they are.
"""

from alembic import op

from gateway.view import tables
from gateway.view.made_anew import make_anew
from servicekit.migrations import app_role

revision = "0002"
down_revision = "0001"

OF_PAYMENTS = (tables.payments_made, tables.family_payments, tables.payments_sent, tables.debts, tables.paid_ahead,
               tables.obligations, tables.liquidations)


def upgrade() -> None:
    make_anew(op.get_bind(), "payments", OF_PAYMENTS, app_role())
