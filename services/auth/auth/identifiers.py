"""Who somebody says they are: a Participant ID, or an SSN through an index that does not show it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects.postgresql import insert

from auth.tables import login_index
from eventkit.secret import Secret

SSN_DIGITS: Final = 9
# Attempts with unknown identifiers share 65,536 streams, so that a stream's name tells nobody's number.
STRANGER_DIGITS: Final = 4


@dataclass(frozen=True)
class IndexKey:
    """HMAC-SHA-256 key of the index. With it every SSN can be tried in an hour: guard it like the SSNs themselves."""

    raw: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> IndexKey:
        """From base64 of 32 bytes. Raises ValueError that does not show it."""
        try:
            raw = base64.b64decode(text, validate=True)
        except ValueError:
            raise ValueError("is not base64") from None
        if len(raw) != 32:
            raise ValueError("is not base64 of 32 bytes")
        return cls(raw)

    def ssn(self, digits: Secret) -> str:
        return self._mac("ssn", digits)

    def stranger(self, identifier: Secret) -> str:
        return self._mac("stranger", identifier)[:STRANGER_DIGITS]

    def _mac(self, purpose: str, text: Secret) -> str:
        said = f"{purpose}|{text.reveal()}".encode("utf-8", "surrogatepass")
        return hmac.new(self.raw, said, hashlib.sha256).hexdigest()


def cleaned(typed: Secret) -> Secret:
    """Numbers as people type them and letters print them: with spaces and dashes."""
    return Secret(re.sub(r"[\s-]", "", typed.reveal()))


def is_ssn(identifier: Secret) -> bool:
    return re.fullmatch(rf"[0-9]{{{SSN_DIGITS}}}", identifier.reveal()) is not None


def is_participant_id(identifier: Secret) -> bool:
    return re.fullmatch(r"[0-9]{10,15}", identifier.reveal()) is not None


def resolve(conn: Connection, key: IndexKey, identifier: Secret) -> str | None:
    """The one participant with this cleaned identifier. None: nobody, or more than one by that SSN.

    One and the same query for an ID, an SSN and nonsense.
    """
    ssn = is_ssn(identifier)
    participant_id = identifier.reveal() if is_participant_id(identifier) else ""
    fingerprint = key.ssn(identifier) if ssn else ""
    found = conn.execute(
        select(login_index.c.participant_id)
        .where(or_(login_index.c.participant_id == participant_id, login_index.c.ssn_fingerprint == fingerprint))
        .limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def index(conn: Connection, key: IndexKey, participant_id: str, ssn: Secret | None, ssn_sealed: str | None) -> None:
    """A participant's entry, whole: an SSN that changed is found no more, and one that went is gone here too."""
    digits = cleaned(ssn) if ssn else None
    fingerprint = key.ssn(digits) if digits and is_ssn(digits) else None
    row = {"participant_id": participant_id, "ssn_fingerprint": fingerprint,
           "ssn_sealed": ssn_sealed if fingerprint else None}
    conn.execute(insert(login_index).values(row).on_conflict_do_update(index_elements=["participant_id"], set_=row))


def sealed_ssn(conn: Connection, participant_id: str) -> str | None:
    query = select(login_index.c.ssn_sealed).where(login_index.c.participant_id == participant_id)
    return conn.execute(query).scalar_one_or_none()
