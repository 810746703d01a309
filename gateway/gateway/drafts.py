"""What was typed when a session ended, kept for a day: it opens only for that person, with a token of that browser.

So neither this database nor the server's secret shows what somebody was about to write. Fields with PINs or Social
Security numbers are never among what is kept: each form names the fields that may be.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from eventkit.crypto import CannotDecrypt
from eventkit.secret import Secret
from gateway.own_tables import drafts
from gateway.sessions import keys_of

KEPT: Final = timedelta(days=1)
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Draft:
    """`path` is where its form is: the form of another appointment is another form."""

    path: str
    fields: Fields = field(repr=False)


@dataclass(frozen=True)
class Drafts:
    server_secret: Secret

    def keep(self, conn: Connection, participant_id: str, draft: Draft, token: Secret, now: datetime) -> None:
        """One a form: the newest."""
        conn.execute(delete(drafts).where(drafts.c.kept_at < now - KEPT))
        content = json.dumps({name: list(said) for name, said in draft.fields.items()})
        keys = keys_of(self.server_secret, token, "draft")
        sealed = keys.encrypt(content.encode(), f"{participant_id}|{draft.path}")
        row = insert(drafts).values(participant_id=participant_id, form=draft.path, content_enc=sealed, kept_at=now)
        conn.execute(row.on_conflict_do_update(index_elements=["participant_id", "form"],
                                               set_={"content_enc": sealed, "kept_at": now}))

    def newest(self, conn: Connection, participant_id: str, token: Secret, now: datetime) -> Draft | None:
        query = select(drafts).where(drafts.c.participant_id == participant_id, drafts.c.kept_at >= now - KEPT)
        for row in conn.execute(query.order_by(drafts.c.kept_at.desc())):
            if found := self._open(participant_id, row.form, row.content_enc, token):
                return found
        return None

    def of_form(self, conn: Connection, participant_id: str, path: str, token: Secret, now: datetime) -> Draft | None:
        query = select(drafts.c.content_enc).where(
            drafts.c.participant_id == participant_id, drafts.c.form == path, drafts.c.kept_at >= now - KEPT)
        sealed = conn.execute(query).scalar_one_or_none()
        return self._open(participant_id, path, sealed, token) if sealed else None

    def forget(self, conn: Connection, participant_id: str, path: str | None = None) -> None:
        """That draft, or all of the person's."""
        these = [drafts.c.participant_id == participant_id, *([drafts.c.form == path] if path else [])]
        conn.execute(delete(drafts).where(*these))

    def _open(self, participant_id: str, path: str, sealed: str, token: Secret) -> Draft | None:
        """None for a draft of another browser."""
        try:
            content = keys_of(self.server_secret, token, "draft").decrypt(sealed, f"{participant_id}|{path}")
        except CannotDecrypt:
            return None
        return Draft(path, json.loads(content))


def new_token() -> Secret:
    return Secret(secrets.token_urlsafe(24))
