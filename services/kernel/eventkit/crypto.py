"""Values that travel and rest encrypted: a keyring for what several of us read, sealing for what one may open."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_NONCE = 12
_KEY_ID = re.compile(r"[a-z][a-z0-9-]{0,15}")  # so short that no key can pass for one


class CannotDecrypt(Exception):
    """Another key, another context, or changed on the way; never says what it was."""


@dataclass(frozen=True)
class Keyring:
    """Symmetric keys by id; the first encrypts, all decrypt. A value is `<key id>.<base64>` and tied to a context.

    Rotation: put a new key in front, re-encrypt what can be (`rotate`), drop the old key when nothing needs it.
    """

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """From `k2:<base64 of 32 bytes>,k1:...`. Raises ValueError that names the key id, never the key."""
        keys = _parse(text)
        return cls(next(iter(keys)), keys)

    def encrypt(self, plaintext: bytes, context: str) -> str:
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, plaintext, _bytes(context))
        return f"{self.current}.{_encode(nonce + sealed)}"

    def decrypt(self, value: str, context: str) -> bytes:
        """Raises CannotDecrypt."""
        key_id, raw = _split(value)
        if key_id not in self.keys:
            raise CannotDecrypt("unknown key id")
        try:
            return AESGCM(self.keys[key_id]).decrypt(raw[:_NONCE], raw[_NONCE:], _bytes(context))
        except (InvalidTag, ValueError):
            raise CannotDecrypt("the value does not belong here") from None

    def needs_rotation(self, value: str) -> bool:
        return value.partition(".")[0] != self.current

    def rotate(self, value: str, context: str) -> str:
        """The same content under the current key."""
        return self.encrypt(self.decrypt(value, context), context)

    def fingerprint(self, text: str, context: str, key_id: str | None = None) -> str:
        """`<key id>.<hex>` (HMAC-SHA256): tells equal contents from different ones without keeping them.

        Raises CannotDecrypt for a key that is not in the ring.
        """
        key_id = key_id or self.current
        if key_id not in self.keys:
            raise CannotDecrypt("unknown key id")
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"fingerprint").derive(self.keys[key_id])
        said = _bytes(f"{len(context)}|{context}|{text}")  # the length: no other pair of the two reads the same
        return f"{key_id}.{hmac.new(derived, said, hashlib.sha256).hexdigest()}"

    def same_fingerprint(self, known: str, text: str, context: str) -> bool:
        """Whether `known` was made of this text, under whatever key of the ring."""
        fresh = self.fingerprint(text, context, known.partition(".")[0])
        return hmac.compare_digest(known.encode(), fresh.encode())


def seal(public_key: str, plaintext: bytes, context: str) -> str:
    """Encrypts to the owner of `public_key` (`a1:<base64>`), who alone can open it (HPKE, RFC 9180).

    Raises ValueError where that is no X25519 public key.
    """
    key_id, raw = next(iter(_parse(public_key).items()))
    sealed = _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(raw), _bytes(context))
    return f"{key_id}.{_encode(sealed)}"


@dataclass(frozen=True)
class Opener:
    """Private keys by id, for what was sealed to them."""

    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Opener:
        return cls(_parse(text))

    def open(self, value: str, context: str) -> bytes:
        """Raises CannotDecrypt."""
        key_id, raw = _split(value)
        if key_id not in self.keys:
            raise CannotDecrypt("unknown key id")
        try:
            private = X25519PrivateKey.from_private_bytes(self.keys[key_id])
            return bytes(_SUITE.decrypt(raw, private, _bytes(context)))
        except (InvalidTag, ValueError):
            raise CannotDecrypt("the value does not belong here") from None


def generate_sealing_pair(key_id: str) -> tuple[str, str]:
    """(private, public), each as `<key id>:<base64>`."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return (f"{key_id}:{base64.b64encode(private.private_bytes_raw()).decode()}",
            f"{key_id}:{base64.b64encode(public).decode()}")


def generate_key(key_id: str) -> str:
    """A new symmetric key as `<key id>:<base64>`."""
    return f"{key_id}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _parse(text: str) -> dict[str, bytes]:
    """Raises ValueError that names the place or the key id. What stands before the colon may be a misplaced key."""
    keys: dict[str, bytes] = {}
    for number, part in enumerate(text.split(","), start=1):
        key_id, colon, encoded = part.strip().partition(":")
        if not colon or not _KEY_ID.fullmatch(key_id):
            raise ValueError(f"key {number} is not of the form id:base64 (an id is like k1)")
        if key_id in keys:
            raise ValueError(f"key {key_id!r} is given twice")
        try:
            keys[key_id] = base64.b64decode(encoded, validate=True)
        except ValueError:
            raise ValueError(f"key {key_id!r} is not base64") from None
        if len(keys[key_id]) != 32:
            raise ValueError(f"key {key_id!r} is not 32 bytes long")
    return keys


def _split(value: str) -> tuple[str, bytes]:
    """One text per value: what decodes to the same bytes but is written otherwise was changed on the way."""
    key_id, _, encoded = value.partition(".")
    try:
        raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except ValueError:
        raise CannotDecrypt("not an encrypted value") from None
    if _encode(raw) != encoded:
        raise CannotDecrypt("not an encrypted value")
    return key_id, raw


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Never fails: an encoding error would carry the text."""
    return text.encode("utf-8", "surrogatepass")
