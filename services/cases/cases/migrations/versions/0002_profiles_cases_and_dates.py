"""Phones, employers, protection, what is shown; where a case stands; court orders, hearings, appointments."""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from servicekit.migrations import app_role

revision = "0002"
down_revision = "0001"

_COLUMNS = {
    "participants": ("phone_home_enc text", "phone_mobile_enc text", "phone_work_enc text", "employer_enc text",
                     "protected boolean NOT NULL DEFAULT false", "email_notices boolean NOT NULL DEFAULT false",
                     "shown_enc text"),
    "cases": ("function text", "assistance text", "lcsa text", "closed_on date", "dependents_enc text",
              "dependents_mark text", "dependents_shown_enc text", "party_protected boolean NOT NULL DEFAULT false"),
}
_STATUSES = "CHECK (status IN ('pending', 'open', 'closed', 'reopened'))"
_TABLES = (
    """CREATE TABLE court_orders (
        order_id text PRIMARY KEY,
        version integer NOT NULL,
        case_id text NOT NULL REFERENCES cases,
        court text NOT NULL,
        court_case_number text,
        type text NOT NULL,
        filed_on date NOT NULL,
        effective_on date NOT NULL,
        health_insurance text NOT NULL,
        income_withholding boolean NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )""",
    """CREATE TABLE hearings (
        hearing_id text PRIMARY KEY,
        version integer NOT NULL,
        case_id text NOT NULL REFERENCES cases,
        type text NOT NULL,
        status text NOT NULL,
        starts_at timestamptz NOT NULL,
        minutes integer NOT NULL,
        court text NOT NULL,
        department text,
        court_address text NOT NULL,
        attendance jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )""",
    """CREATE TABLE appointments (
        appointment_id text PRIMARY KEY,
        version integer NOT NULL,
        participant_id text NOT NULL REFERENCES participants,
        case_id text REFERENCES cases,
        type text NOT NULL,
        status text NOT NULL,
        starts_at timestamptz NOT NULL,
        minutes integer NOT NULL,
        place_enc text,
        link_enc text,
        marks jsonb NOT NULL,
        attendance_required boolean NOT NULL,
        bring jsonb NOT NULL,
        language text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )""",
    "CREATE INDEX ix_court_orders_case_id ON court_orders (case_id)",
    "CREATE INDEX ix_hearings_case_id ON hearings (case_id)",
    "CREATE INDEX ix_appointments_participant_id ON appointments (participant_id)",
)


def upgrade() -> None:
    conn, role = op.get_bind(), app_role()
    for table, columns in _COLUMNS.items():
        for column in columns:
            conn.execute(text(f"ALTER TABLE {table} ADD COLUMN {column}"))
    conn.execute(text("ALTER TABLE cases DROP CONSTRAINT cases_status_check"))
    conn.execute(text(f"ALTER TABLE cases ADD CONSTRAINT cases_status_check {_STATUSES}"))
    for statement in _TABLES:
        conn.execute(text(statement))
    for table in ("court_orders", "hearings", "appointments"):
        grant(conn, "SELECT, INSERT, UPDATE", table, role)
