"""What is kept of a call between two turns, closed with a key that is nowhere stored.

Between the identifier and the PIN, and between the two times a new PIN is keyed, a secret has to survive one
turn. Each call's key is derived from the server's secret and from the call's own token; of the token only a
hash is stored. So neither the table (a dump, a backup) nor the server's settings alone can open a call: it
takes the running call itself, and when the call is over nobody can.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from eventkit.secret import Secret

_NONCE = 12


def new_token() -> str:
    """128 random bits, fit for the path of an address."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """What is stored to find a call by. The token is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class CallCipher:
    """AES-256-GCM under a key of server secret and call token; the sequence number is bound to the text."""

    server_secret: Secret

    def seal(self, token: str, context: str, text: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._key(token).encrypt(nonce, text, context.encode())

    def open(self, token: str, context: str, sealed: bytes) -> bytes:
        """Raises cryptography's InvalidTag for another token, another context or a changed text."""
        return self._key(token).decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode())

    def _key(self, token: str) -> AESGCM:
        salt = self.server_secret.reveal().encode()
        derived = HKDF(hashes.SHA256(), 32, salt=salt, info=b"phone call").derive(token.encode())
        return AESGCM(derived)
