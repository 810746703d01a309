"""Indexes by payor and by payee, for the lists of payments made and sent."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("CREATE INDEX events_payor ON events ((data->>'payor_id')) "
               "WHERE name IN ('CollectionReceived', 'CollectionIdentified')")
    op.execute("CREATE INDEX events_payee ON events ((data->'payment'->>'payee_id')) "
               "WHERE name IN ('DisbursementPlanned', 'DisbursementIssued')")
