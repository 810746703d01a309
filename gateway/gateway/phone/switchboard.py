"""Takes a call's next input, whichever adapter it came through, and gives the reply: once per turn.

    board = Switchboard(store, cipher, driver, render, clock)
    token, reply = board.start()
    reply = board.take(token, 1, Keys(Secret("1")))
"""

import json
import logging
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidTag

from eventkit.secret import Secret
from gateway.phone.calls import AtWork, CallStore, Fresh, Gone, OutOfOrder, Settled
from gateway.phone.dialog import State
from gateway.phone.driver import Driver
from gateway.phone.sealing import CallCipher, new_token, token_hash
from gateway.phone.turns import Call, Dialled, Input, Turn

log = logging.getLogger(__name__)

PLAIN: Final = ("state", "language", "tries", "misses", "failures", "rejections", "listing", "account_version")
PERSONAL: Final = ("participant", "after", "last")
SECRET: Final = ("identifier", "new_pin", "proof")
"""The fields of a Call, by how they are kept: readable, sealed, sealed and a Secret."""

PATIENCE: Final = 20
PAUSE_SECONDS: Final = 0.1
"""How often, and how far apart, a repeated request looks whether the first one has been answered."""

RenderTurn = Callable[[Turn, str, int], bytes]
"""From a turn, the call's token and the number of the next turn to the words of one telephone platform."""


class CallOver(Exception):
    """There is no such call, or no longer."""


class WrongTurn(Exception):
    """A request for a turn that is long past or still to come."""


@dataclass(frozen=True)
class StillAtWork:
    """The same turn is being worked on by an earlier request; say "one moment" and ask again."""

    language: str


@dataclass(frozen=True)
class Switchboard:
    store: CallStore
    cipher: CallCipher
    driver: Driver
    render: RenderTurn
    clock: Callable[[], datetime]

    def start(self) -> tuple[str, bytes]:
        """A new call: its token and the greeting."""
        token = new_token()
        call, turn = self.driver.advance(Call(), Dialled())
        reply = self.render(turn, token, 1)
        sealed = self._sealed_reply(token, 0, reply)
        self.store.open(token_hash(token), self._kept(token, 0, call), sealed, self.clock())
        return token, reply

    def take(self, token: str, seq: int, given: Input) -> bytes | StillAtWork:
        """The reply to turn `seq`. Raises CallOver and WrongTurn."""
        claim = self._claim(token, seq)
        match claim:
            case Settled(reply):
                return self._opened_reply(token, seq, reply)
            case AtWork(state):
                return StillAtWork(state["language"])
            case OutOfOrder():
                raise WrongTurn
            case Gone():
                raise CallOver
            case Fresh(state):
                return self._work(token, seq, self._call(token, seq - 1, state), given)

    def hang_up(self, token: str) -> None:
        """The caller has gone: nothing of the call is kept."""
        self.store.close(token_hash(token))
        log.info("phone call hung up")

    def _claim(self, token: str, seq: int) -> Fresh | Settled | AtWork | OutOfOrder | Gone:
        hashed = token_hash(token)
        claim = self.store.claim(hashed, seq, self.clock())
        for _ in range(PATIENCE):
            if not isinstance(claim, AtWork):
                break
            time.sleep(PAUSE_SECONDS)
            claim = self.store.claim(hashed, seq, self.clock())
        return claim

    def _work(self, token: str, seq: int, call: Call, given: Input) -> bytes:
        call, turn = self.driver.advance(call, given)
        reply = self.render(turn, token, seq + 1)
        sealed = self._sealed_reply(token, seq, reply)
        self.store.settle(token_hash(token), seq, self._kept(token, seq, call), sealed, self.clock())
        log.info("phone turn %s to %s in %s", type(given).__name__, call.state.value, call.language)
        return reply

    # What is kept between two turns

    def _kept(self, token: str, seq: int, call: Call) -> dict[str, Any]:
        private = {name: getattr(call, name) for name in PERSONAL}
        for name in SECRET:
            value: Secret | None = getattr(call, name)
            private[name] = value.reveal() if value else None
        sealed = self.cipher.seal(token, f"state {seq}", json.dumps(private).encode())
        return {**{name: getattr(call, name) for name in PLAIN}, "sealed": b64encode(sealed).decode()}

    def _call(self, token: str, seq: int, state: Mapping[str, Any]) -> Call:
        try:
            opened = self.cipher.open(token, f"state {seq}", b64decode(state["sealed"]))
        except InvalidTag:  # the server's secret was changed during the call
            raise CallOver from None
        private: dict[str, str | None] = json.loads(opened)
        fields: dict[str, Any] = {name: state[name] for name in PLAIN}
        fields |= {name: private[name] for name in PERSONAL}
        fields |= {name: Secret(value) if (value := private[name]) else None for name in SECRET}
        return Call(**{**fields, "state": State(fields["state"])})

    def _sealed_reply(self, token: str, seq: int, reply: bytes) -> str:
        return b64encode(self.cipher.seal(token, f"reply {seq}", reply)).decode()

    def _opened_reply(self, token: str, seq: int, sealed: str) -> bytes:
        return self.cipher.open(token, f"reply {seq}", b64decode(sealed))


