"""The kernel's tables, participants and cases."""

from alembic import op
from sqlalchemy import text

from eventkit.tables import create_kernel_tables, grant
from servicekit.migrations import app_role

revision = "0001"
down_revision = None

# As they were then: what came later is in the later migrations, so that every database goes the same way.
_TABLES = (
    """CREATE TABLE participants (
        participant_id text PRIMARY KEY,
        version integer NOT NULL,
        language text NOT NULL,
        name_enc text NOT NULL,
        address_enc text,
        address_valid boolean NOT NULL,
        address_self_changed_on date,
        email_enc text,
        ssn_sealed text,
        marks jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )""",
    """CREATE TABLE cases (
        case_id text PRIMARY KEY,
        version integer NOT NULL,
        county text NOT NULL,
        court_case_number text,
        status text NOT NULL,
        opened_on date NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CHECK (status IN ('open', 'closed'))
    )""",
    """CREATE TABLE case_parties (
        case_id text NOT NULL REFERENCES cases,
        participant_id text NOT NULL REFERENCES participants,
        role text NOT NULL,
        PRIMARY KEY (case_id, participant_id),
        CHECK (role IN ('payor', 'payee'))
    )""",
    "CREATE INDEX case_parties_participant ON case_parties (participant_id)",
)


def upgrade() -> None:
    conn, role = op.get_bind(), app_role()
    create_kernel_tables(conn, role)
    for statement in _TABLES:
        conn.execute(text(statement))
    grant(conn, "SELECT, INSERT, UPDATE", "participants", role)
    grant(conn, "SELECT, INSERT, UPDATE", "cases", role)
    grant(conn, "SELECT, INSERT, DELETE", "case_parties", role)
