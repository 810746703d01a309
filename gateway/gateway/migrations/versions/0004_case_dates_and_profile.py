"""Profiles, case details, orders, hearings, appointments and requests; and what forms have sent, so that it acts once.

The tables of `cases` are derived: they are made anew and filled from its first position on, as 0002 did for payments.
"""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from gateway.own_tables import submissions
from gateway.view import case_tables, tables
from gateway.view.projections import NAME, read_model
from servicekit.migrations import app_role

revision = "0004"
down_revision = "0002"

OF_CASES = (tables.participants, tables.cases, case_tables.profiles, case_tables.case_details,
            case_tables.case_assistance, case_tables.orders, case_tables.hearings, case_tables.attendance,
            case_tables.appointments, case_tables.requests)


def upgrade() -> None:
    conn, model = op.get_bind(), read_model()
    for table in OF_CASES:
        table.drop(conn, checkfirst=True)
        table.create(conn)
        grant(conn, model.rights, f"{NAME}.{table.name}", app_role())
    for kept in ("checkpoints", "parked"):
        conn.execute(text(f"DELETE FROM {kept} WHERE subscription = :name AND publisher = 'cases'"),  # noqa: S608
                     {"name": NAME})
    conn.execute(tables.freshness.delete().where(tables.freshness.c.publisher == "cases"))
    submissions.create(conn, checkfirst=True)
    grant(conn, "SELECT, INSERT, UPDATE, DELETE", submissions.name, app_role())
