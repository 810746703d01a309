"""What is asked and reported, and what is answered, encrypted: the one for the agency, the other for who asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from cases.domain.protected import Protected
from eventkit.crypto import CannotDecrypt, Keyring
from eventkit.secret import Secret


@dataclass(frozen=True)
class Safe:
    """`reports`: REPORT_KEYS, of this service alone; `shown`: SHOWN_KEYS, which the gateway has too."""

    reports: Keyring = field(repr=False)
    shown: Keyring = field(repr=False)

    def put_away(self, confirmation: str, content: Secret) -> str:
        return self.reports.encrypt(content.reveal().encode(), f"{confirmation}|content")

    def take_out(self, confirmation: str, content: str) -> Secret:
        """Raises CannotDecrypt where REPORT_KEYS lack the key."""
        return Secret(self.reports.decrypt(content, f"{confirmation}|content").decode())

    def message(self, confirmation: str, participant_id: str, text: Secret, known: Protected | None) -> Protected:
        """The same message has the same mark, under whatever key of the ring it was marked."""
        marked = f"{participant_id}|answer|{confirmation}"
        if known and self._same(known.mark, text, marked):
            return known
        value = self.shown.encrypt(text.reveal().encode(), f"{participant_id}|answer")
        return Protected(value, self.shown.fingerprint(text.reveal(), marked))

    def told(self, participant_id: str, value: str) -> Secret:
        """Raises CannotDecrypt where SHOWN_KEYS lack the key."""
        return Secret(self.shown.decrypt(value, f"{participant_id}|answer").decode())

    def _same(self, mark: str, text: Secret, context: str) -> bool:
        try:
            return self.shown.same_fingerprint(mark, text.reveal(), context)
        except CannotDecrypt:
            return False
