"""Monthly statements. What payments tells is heard from the beginning, so all that is made of it is made anew.

Its tables are derived, as in 0002: sums that stayed would count what they hear twice.
"""

from alembic import op

from gateway.view import statement_tables, tables
from gateway.view.made_anew import make_anew
from servicekit.migrations import app_role

revision = "0007"
down_revision = "0006"

OF_PAYMENTS = (tables.payments_made, tables.family_payments, tables.payments_sent, tables.debts, tables.paid_ahead,
               tables.obligations, tables.liquidations, statement_tables.payor_statements,
               statement_tables.family_statements)


def upgrade() -> None:
    make_anew(op.get_bind(), "payments", OF_PAYMENTS, app_role())
