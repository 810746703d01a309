"""Notices to the contact that somebody had before: letters without a PIN, and e-mail."""

from alembic import op

from servicekit.migrations import app_role

revision = "0002"
down_revision = "0001"

_SPOOL = """
ALTER TABLE spool
    ALTER COLUMN pin_sealed DROP NOT NULL,
    ALTER COLUMN print_key_id DROP NOT NULL,
    ALTER COLUMN expires_on DROP NOT NULL,
    ADD COLUMN name_enc text,
    ADD COLUMN address_enc text,
    ADD COLUMN changed text[],
    ADD COLUMN changed_on date,
    ADD CONSTRAINT spool_pin_or_notice CHECK (
        (num_nulls(pin_sealed, print_key_id, expires_on) = 0
         AND num_nonnulls(name_enc, address_enc, changed, changed_on) = 0)
        OR (num_nonnulls(pin_sealed, print_key_id, expires_on) = 0
            AND num_nulls(name_enc, address_enc, changed, changed_on) = 0));
"""

_MAIL = """
CREATE TABLE outgoing_mail (
    mail_id text PRIMARY KEY,
    participant_id text NOT NULL,
    language text NOT NULL,
    email_enc text NOT NULL,
    changed_on date NOT NULL,
    queued_at timestamptz NOT NULL,
    next_try_at timestamptz
);
CREATE INDEX outgoing_mail_due ON outgoing_mail (next_try_at, mail_id);
"""

_GRANTS = """
GRANT UPDATE (name_enc, address_enc) ON spool TO {role};
GRANT SELECT, INSERT, UPDATE (email_enc, next_try_at), DELETE ON outgoing_mail TO {role};
"""


def upgrade() -> None:
    op.execute(_SPOOL)
    op.execute(_MAIL)
    op.execute(_GRANTS.format(role=op.get_bind().dialect.identifier_preparer.quote(app_role())))
