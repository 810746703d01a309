"""What goes with a caller who is transferred to an agent: an id that says nothing, and behind it who is calling.

Nobody who was asked for ID and PIN shall be asked again (domain.md 5). The id travels in a header of the telephone
network; the agent's desk asks the gateway what it stands for. As with calls, the row is found by a hash of the id and
opens only with the id itself.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from gateway.phone.calls import metadata
from gateway.phone.sealing import CallCipher, new_token, token_hash
from gateway.phone.turns import Known

KEPT: Final = timedelta(minutes=30)
"""As long as a caller may wait in the agents' queue."""

contexts = sa.Table(
    "transfers",
    metadata,
    sa.Column("context_hash", sa.Text, primary_key=True, comment="SHA-256 of the context id; the id is not kept"),
    sa.Column("sealed", sa.Text, nullable=False, comment="who is calling; opens with the context id"),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, index=True),
)


@dataclass(frozen=True)
class Contexts:
    engine: sa.Engine
    cipher: CallCipher

    def keep(self, known: Known, now: datetime) -> str:
        """Returns the context id."""
        context = new_token()
        told = {"participant_id": known.participant, "language": known.language, "asked_at": known.state.value,
                "transferred_at": now.isoformat()}
        sealed = b64encode(self.cipher.seal(context, "transfer", json.dumps(told).encode())).decode()
        with self.engine.begin() as conn:
            conn.execute(sa.delete(contexts).where(contexts.c.made_at <= now - KEPT))
            conn.execute(sa.insert(contexts).values(context_hash=token_hash(context), sealed=sealed, made_at=now))
        return context

    def find(self, context: str, now: datetime) -> dict[str, Any] | None:
        """participant_id (null for who had not logged in), language, asked_at, transferred_at; None once it is over."""
        query = sa.select(contexts.c.sealed).where(
            contexts.c.context_hash == token_hash(context), contexts.c.made_at > now - KEPT)
        with self.engine.connect() as conn:
            sealed = conn.execute(query).scalar_one_or_none()
        if sealed is None:
            return None
        try:
            told: dict[str, Any] = json.loads(self.cipher.open(context, "transfer", b64decode(sealed)))
        except InvalidTag:  # the server's secret was changed meanwhile
            return None
        return told
