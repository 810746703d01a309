"""Where personal fields turn into what may be stored: encrypted, and marked so that the same is known as the same."""

from __future__ import annotations

import json
import unicodedata

from cases.domain.protected import Protected
from eventkit.crypto import CannotDecrypt, Keyring, seal
from eventkit.secret import Secret

# Whoever holds our keys could find a Social Security number by trying all of them against a full mark, and it
# shall not be readable here once it is sealed. Sixteen bits still leave more than ten thousand candidates; the
# price is that one correction in 65,536 goes unnoticed.
SSN_MARK_DIGITS = 4


class Protector:
    """Encrypts with the service's own keyring; Social Security numbers to the auth service alone."""

    def __init__(self, keyring: Keyring, auth_public_key: str) -> None:
        self._keyring = keyring
        self._auth_public_key = auth_public_key

    def protect(self, participant_id: str, field: str, plain: Secret | None, known: Protected | None,
                said_mark: str | None = None) -> Protected | None:
        """The field as it may be stored; what is known already is taken over as it is, and what the agency said
        before (`said_mark`) is known as the same again."""
        if plain is None:
            return None
        text, context = plain.reveal(), f"{participant_id}|{field}"
        if known and self._same(known.mark, text, context, field):
            return known
        if field == "ssn":
            value = seal(self._auth_public_key, text.encode(), context)
        else:
            value = self._keyring.encrypt(text.encode(), context)
        if said_mark and self._same(said_mark, text, context, field):
            return Protected(value, said_mark)
        return Protected(value, self._mark(text, context, field))

    def _same(self, known: str, text: str, context: str, field: str) -> bool:
        """Not the same where the key of the mark has left the ring: then the field is made anew, once."""
        try:
            return known == self._mark(text, context, field, known.partition(".")[0])
        except CannotDecrypt:
            return False

    def _mark(self, text: str, context: str, field: str, key_id: str | None = None) -> str:
        mark = self._keyring.fingerprint(text, context, key_id)
        if field != "ssn":
            return mark
        used, _, digest = mark.partition(".")
        return f"{used}.{digest[:SSN_MARK_DIGITS]}"


def full_name(first: Secret, last: Secret) -> Secret:
    return Secret(composed(f"{first.reveal()} {last.reveal()}"))


def address_json(line1: str, line2: str, city: str, state: str, postcode: str) -> Secret:
    """`{"line1", "line2", "city", "state", "zip"}`, always in this order, so that the same address is the same text."""
    return _json({"line1": line1, "line2": line2, "city": city, "state": state, "zip": postcode})


def employer_json(name: str, phone: str, city: str) -> Secret:
    """`{"name", "phone", "city"}`, always in this order."""
    return _json({"name": name, "phone": phone, "city": city})


def composed(text: str) -> str:
    """One way to write each letter: an accent of its own and an accented letter are the same name."""
    return unicodedata.normalize("NFC", text)


def _json(parts: dict[str, str]) -> Secret:
    return Secret(composed(json.dumps(parts, ensure_ascii=False, separators=(",", ":"))))
