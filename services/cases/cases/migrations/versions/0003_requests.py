"""What customers ask and report; who of the agency may look at it through the API, and how often."""

from alembic import op
from sqlalchemy import text

from eventkit.tables import grant
from servicekit.migrations import app_role

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    """CREATE TABLE requests (
        confirmation text PRIMARY KEY,
        version integer NOT NULL,
        kind text NOT NULL,
        participant_id text NOT NULL REFERENCES participants,
        case_id text REFERENCES cases,
        appointment_id text,
        safety_concern boolean NOT NULL,
        content_enc text,
        received_at timestamptz NOT NULL,
        due_on date NOT NULL,
        status text NOT NULL CONSTRAINT requests_status_check CHECK (status IN ('received', 'in_review', 'answered')),
        taken_by text,
        answer text,
        message_enc text,
        answered_on date,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )""",
    "CREATE INDEX requests_due ON requests (due_on, confirmation)",
    "CREATE INDEX requests_waiting ON requests (due_on, confirmation) WHERE status <> 'answered'",
    # The order in which exports go on: positions are given after commit, so none is passed over.
    "CREATE INDEX outbox_requests ON outbox (position) WHERE type = 'cases.request_changed.v1'",
    """CREATE TABLE agency_tokens (
        name text PRIMARY KEY,
        secret_hash text NOT NULL UNIQUE,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        revoked_at timestamptz
    )""",
    """CREATE TABLE agency_throttle (
        client text NOT NULL,
        began_at timestamptz NOT NULL,
        count integer NOT NULL,
        PRIMARY KEY (client, began_at)
    )""",
)
_RIGHTS = {
    "requests": "SELECT, INSERT, UPDATE",
    "agency_tokens": "SELECT, INSERT, UPDATE (revoked_at)",
    "agency_throttle": "SELECT, INSERT, UPDATE, DELETE",
}


def upgrade() -> None:
    conn, role = op.get_bind(), app_role()
    for statement in _STATEMENTS:
        conn.execute(text(statement))
    for table, rights in _RIGHTS.items():
        grant(conn, rights, table, role)
