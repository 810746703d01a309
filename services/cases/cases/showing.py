"""What the gateway may show of personal fields: masked here, and encrypted for it with SHOWN_KEYS."""

from __future__ import annotations

import json

from cases import masking
from cases.domain.profile import Details
from cases.domain.protected import Protected
from eventkit.crypto import CannotDecrypt, Keyring
from eventkit.secret import Secret


class Showing:
    """Reads what is on file (PERSONAL_KEYS) and writes what is shown of it (SHOWN_KEYS)."""

    def __init__(self, personal: Keyring, shown: Keyring) -> None:
        self._personal = personal
        self._shown = shown

    def profile(self, participant_id: str, details: Details) -> str:
        """Raises CannotDecrypt where PERSONAL_KEYS lacks a key."""
        clear = {field: self._clear(participant_id, details, field)
                 for field in ("name", "address", "phone_home", "phone_mobile", "phone_work", "email", "employer")}
        masked = {field: None if text is None else _MASKS[field](text) for field, text in clear.items()}
        return self._encrypted(masked, f"{participant_id}|shown")

    def dependents(self, case_id: str, children: Secret) -> str:
        """Of a JSON list of names and birth dates: initials and years."""
        told = [{"initials": masking.initials(child["name"]), "birth_year": int(child["born_on"][:4])}
                for child in json.loads(children.reveal())]
        return self._encrypted(told, f"{case_id}|dependents")

    def _clear(self, participant_id: str, details: Details, field: str) -> str | None:
        kept = getattr(details, field)
        return self._personal.decrypt(kept.value, f"{participant_id}|{field}").decode() if kept else None

    def _encrypted(self, told: object, context: str) -> str:
        return self._shown.encrypt(json.dumps(told, ensure_ascii=False).encode(), context)


def _address(text: str) -> str:
    lines = json.loads(text)
    return masking.address(lines["line1"], lines["city"], lines["state"], lines["zip"])


def _employer(text: str) -> str:
    return masking.employer(json.loads(text)["name"])


_MASKS = {"name": masking.name, "address": _address, "phone_home": masking.phone, "phone_mobile": masking.phone,
          "phone_work": masking.phone, "email": masking.email, "employer": _employer}


class Whereabouts:
    """Encrypts where an appointment is for its own person alone, and marks it so that the same is known as the same."""

    def __init__(self, shown: Keyring) -> None:
        self._shown = shown

    def protect(self, participant_id: str, field: str, plain: Secret | None,
                known: Protected | None) -> Protected | None:
        if plain is None:
            return None
        text, marked = plain.reveal(), f"{participant_id}|appointment|{field}"
        if known and self._same(known.mark, text, marked):
            return known
        value = self._shown.encrypt(text.encode(), f"{participant_id}|appointment")
        return Protected(value, self._shown.fingerprint(text, marked))

    def _same(self, mark: str, text: str, context: str) -> bool:
        """Not the same where the key of the mark has left the ring: then it is made anew, once."""
        try:
            return self._shown.same_fingerprint(mark, text, context)
        except CannotDecrypt:
            return False
