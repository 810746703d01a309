"""Form tokens: a POST counts only with a token that was made for this session, or this visit before log-in."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from eventkit.secret import Secret

FIELD = "form_token"
_NONCE = 12


@dataclass(frozen=True)
class FormTokens:
    """Tokens are `<nonce>.<mac>`: another one on every page, so that compressed pages do not give them away."""

    server_secret: Secret

    def make(self, binding: str) -> str:
        nonce = secrets.token_urlsafe(_NONCE)
        return f"{nonce}.{self._mac(nonce, binding)}"

    def fits(self, token: str, binding: str | None) -> bool:
        nonce, dot, mac = token.partition(".")
        if not dot or not binding:
            return False
        return hmac.compare_digest(self._mac(nonce, binding).encode(), mac.encode("utf-8", "surrogatepass"))

    def _mac(self, nonce: str, binding: str) -> str:
        said = f"form|{nonce}|{binding}".encode("utf-8", "surrogatepass")
        return hmac.new(self.server_secret.reveal().encode(), said, hashlib.sha256).hexdigest()
