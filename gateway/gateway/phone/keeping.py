"""How a call is written down between two turns: what is readable, what is sealed, what is sealed and a secret."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag

from eventkit.secret import Secret
from gateway.phone.answers import State
from gateway.phone.said import Said
from gateway.phone.sealing import CallCipher
from gateway.phone.turns import Call

PLAIN: Final = ("state", "language", "pace", "tries", "misses", "failures", "rejections", "listing", "place", "line",
         "account_version")
PERSONAL: Final = ("participant", "after", "last")
SECRET: Final = ("identifier", "current_pin", "new_pin", "proof")


class CannotOpen(Exception):
    """The server's secret was changed during the call."""


@dataclass(frozen=True)
class Keeping:
    cipher: CallCipher

    def kept(self, token: str, seq: int, call: Call) -> dict[str, Any]:
        private = {name: getattr(call, name) for name in PERSONAL}
        for name in SECRET:
            value: Secret | None = getattr(call, name)
            private[name] = value.reveal() if value else None
        sealed = self.cipher.seal(token, f"state {seq}", json.dumps(private).encode())
        return {**{name: getattr(call, name) for name in PLAIN}, "sealed": b64encode(sealed).decode()}

    def call(self, token: str, seq: int, state: Mapping[str, Any]) -> Call:
        """Raises CannotOpen."""
        private: dict[str, str | None] = json.loads(self._open(token, f"state {seq}", state["sealed"]))
        fields: dict[str, Any] = {name: state[name] for name in PLAIN}
        fields |= {name: private[name] for name in PERSONAL}
        fields |= {name: Secret(value) if (value := private[name]) else None for name in SECRET}
        return Call(**{**fields, "state": State(fields["state"])})

    def reply(self, token: str, seq: int, said: Said) -> str:
        return b64encode(self.cipher.seal(token, f"reply {seq}", said.written())).decode()

    def said(self, token: str, seq: int, sealed: str) -> Said:
        """Raises CannotOpen."""
        return Said.read(self._open(token, f"reply {seq}", sealed))

    def _open(self, token: str, context: str, sealed: str) -> bytes:
        try:
            return self.cipher.open(token, context, b64decode(sealed))
        except InvalidTag:
            raise CannotOpen from None
