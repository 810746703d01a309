"""What a PIN is checked against: Argon2id, encrypted under a pepper that the database does not have.

Six digits are a million guesses: whoever has the table alone could try them all against Argon2 in a day. With the
pepper kept elsewhere the table alone is of no use. Encrypting (and not only hashing) under it lets a pepper be changed
without anybody typing a PIN.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from eventkit.crypto import CannotDecrypt, Keyring
from eventkit.secret import Secret
from servicekit.logs import get_logger

log = get_logger()


@dataclass(frozen=True)
class Argon2Cost:
    """OWASP's first choice for Argon2id: 19 MiB, two passes, one lane."""

    memory_kib: int = 19_456
    passes: int = 2
    lanes: int = 1


class Verifiers:
    """Makes and checks verifiers. One belongs to its participant: moved to another row it opens nothing."""

    def __init__(self, peppers: Keyring, cost: Argon2Cost) -> None:
        self._peppers = peppers
        self._hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes,
                                      type=Type.ID)
        self._dummy = self._hasher.hash(secrets.token_bytes(16))

    def make(self, participant_id: str, pin: Secret) -> str:
        """CPU-bound: 20 to 100 ms."""
        hashed = self._hasher.hash(_bytes(pin))
        return self._peppers.encrypt(hashed.encode(), _context(participant_id))

    def open(self, participant_id: str, verifier: str | None) -> str | None:
        """The Argon2 hash in a verifier; None where there is none that can be used."""
        if verifier is None:
            return None
        try:
            return self._peppers.decrypt(verifier, _context(participant_id)).decode()
        except CannotDecrypt:
            log.error("verifier_unreadable", reason="AUTH_PEPPERS lacks its key, or it was made for another row")
            return None

    def fits(self, hashed: str | None, pin: Secret) -> bool:
        """CPU-bound. One Argon2 run, always: without a hash, against one that nothing fits."""
        try:
            fits = self._hasher.verify(hashed or self._dummy, _bytes(pin))
        except (VerificationError, InvalidHashError):
            return False
        return fits and hashed is not None

    def needs_new_pepper(self, verifier: str) -> bool:
        return self._peppers.needs_rotation(verifier)

    def under_new_pepper(self, participant_id: str, verifier: str) -> str:
        """The same verifier under the first pepper. Raises CannotDecrypt."""
        return self._peppers.rotate(verifier, _context(participant_id))

    def is_outdated(self, participant_id: str, verifier: str) -> bool:
        """Whether it was made with other parameters than today's, or under another pepper than the first."""
        hashed = self.open(participant_id, verifier)
        return hashed is not None and (
            self.needs_new_pepper(verifier) or self._hasher.check_needs_rehash(hashed))


def _context(participant_id: str) -> str:
    return f"{participant_id}|verifier"


def _bytes(pin: Secret) -> bytes:
    """Never fails: an encoding error would carry the PIN."""
    return pin.reveal().encode("utf-8", "surrogatepass")
