"""The kernel's tables, the address book, print keys, print batches and the spool."""

from alembic import op

from eventkit.tables import create_kernel_tables
from servicekit.migrations import app_role

revision = "0001"
down_revision = None

_TABLES = """
CREATE TABLE address_book (
    participant_id text PRIMARY KEY,
    name_enc text NOT NULL,
    address_enc text,
    address_valid boolean NOT NULL,
    language text NOT NULL,
    email_enc text
);
CREATE TABLE print_keys (
    print_key_id text PRIMARY KEY,
    public_key text NOT NULL,
    private_enc text,
    announced_at timestamptz NOT NULL,
    retired_at timestamptz,
    destroyed_at timestamptz,
    CONSTRAINT print_keys_destroyed CHECK ((private_enc IS NULL) = (destroyed_at IS NOT NULL)),
    CONSTRAINT print_keys_retired_first CHECK (destroyed_at IS NULL OR retired_at IS NOT NULL)
);
CREATE UNIQUE INDEX print_keys_one_current ON print_keys ((true)) WHERE retired_at IS NULL;
-- What an update leaves behind on the page is swept at once, not after the usual 50 rows: it held a private key.
ALTER TABLE print_keys SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
CREATE TABLE print_batches (
    batch_id text PRIMARY KEY,
    directory text NOT NULL,
    planned_at timestamptz NOT NULL,
    made_at timestamptz
);
CREATE INDEX print_batches_open ON print_batches (planned_at) WHERE made_at IS NULL;
CREATE TABLE spool (
    letter_id text PRIMARY KEY,
    participant_id text NOT NULL,
    template text NOT NULL,
    language text NOT NULL,
    pin_sealed text NOT NULL,
    print_key_id text NOT NULL REFERENCES print_keys,
    expires_on date NOT NULL,
    queued_at timestamptz NOT NULL,
    batch_id text REFERENCES print_batches
);
CREATE INDEX spool_order ON spool (queued_at, letter_id);
"""

_GRANTS = """
GRANT SELECT, INSERT, UPDATE ON address_book TO {role};
GRANT SELECT, INSERT, UPDATE (private_enc, retired_at, destroyed_at) ON print_keys TO {role};
GRANT SELECT, INSERT, UPDATE (made_at) ON print_batches TO {role};
GRANT SELECT, INSERT, UPDATE (pin_sealed, print_key_id, batch_id), DELETE ON spool TO {role};
"""


def upgrade() -> None:
    conn = op.get_bind()
    create_kernel_tables(conn, app_role())
    op.execute(_TABLES)
    op.execute(_GRANTS.format(role=conn.dialect.identifier_preparer.quote(app_role())))
