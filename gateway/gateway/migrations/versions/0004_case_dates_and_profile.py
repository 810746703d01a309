"""Profiles, case details, orders, hearings, appointments and requests; and what forms have sent, so that it acts once.

The tables of `cases` are derived: they are made anew and filled from its first position on, as 0002 did for payments.
"""

from alembic import op

from eventkit.tables import grant
from gateway.own_tables import submissions
from gateway.view import case_tables, tables
from gateway.view.made_anew import make_anew
from servicekit.migrations import app_role

revision = "0004"
down_revision = "0003"

OF_CASES = (tables.participants, tables.cases, case_tables.profiles, case_tables.case_details,
            case_tables.case_assistance, case_tables.orders, case_tables.hearings, case_tables.attendance,
            case_tables.appointments, case_tables.requests)


def upgrade() -> None:
    conn = op.get_bind()
    make_anew(conn, "cases", OF_CASES, app_role())
    submissions.create(conn, checkfirst=True)
    grant(conn, "SELECT, INSERT, UPDATE, DELETE", submissions.name, app_role())
