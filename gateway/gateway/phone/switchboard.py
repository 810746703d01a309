"""Takes a call's next input, whichever adapter it came through, and gives what is said: once per turn.

    board = Switchboard(store, Keeping(cipher), driver, wording, contexts, clock, quick, slow)
    token, said = board.start(Ring(number="18669013212"))
    said = board.take(token, 1, Keys(Secret("1")))
"""

import hashlib
import hmac
import logging
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Semaphore
from typing import Any, Final

from gateway.phone.calls import AtWork, CallStore, Fresh, Gone, OutOfOrder, Settled
from gateway.phone.contexts import Contexts
from gateway.phone.dialog import DIALOG
from gateway.phone.driver import Driver
from gateway.phone.keeping import CannotOpen, Keeping
from gateway.phone.said import Said
from gateway.phone.sealing import new_token, token_hash
from gateway.phone.speech import Wording
from gateway.phone.turns import Call, Dialled, Input, Pace, Turn

log = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 3.0
"""After this a caller hears "one moment": the tightest platform gives up after 4.5 s, and silence sounds like a dead
line (phone.md 4)."""
IN_A_CROWD_SECONDS: Final = 0.25
"""Patience where as many are waiting as may: what is quick is done by then, and whoever waits for a log-in hears "one
moment" at once, so that log-ins never take all threads from pages and from turns that only read."""
LOOK_AGAIN_SECONDS: Final = 0.1


class CallOver(Exception):
    """There is no such call, or no longer."""


class WrongTurn(Exception):
    """A request for a turn that is long past or still to come."""


@dataclass(frozen=True)
class StillAtWork:
    """The turn is still being worked on: say "one moment" and take the same turn again with AskAgain."""

    said: Said


@dataclass(frozen=True)
class Ring:
    """A call comes in: the number that was dialled, what the platform calls the call, where it has a name for it, and
    the number it comes from, as far as that is told (anybody can forge it).

    A platform that begins the same call twice gets the same one."""

    number: str = ""
    name: str | None = field(default=None, repr=False)
    caller: str = field(default="", repr=False)


_UNNAMED: Final = Ring()


@dataclass(frozen=True)
class Switchboard:
    """`quick` works on turns that only read, `slow` on those that ask auth: these never keep the others waiting.
    `waiting` has a place for each who may wait with all patience. `tty_numbers` are the digits of numbers that text
    telephones call."""

    store: CallStore
    keeping: Keeping
    driver: Driver
    wording: Wording
    contexts: Contexts
    clock: Callable[[], datetime]
    quick: Executor
    slow: Executor
    waiting: Semaphore = field(default_factory=lambda: Semaphore(8))
    tty_numbers: frozenset[str] = frozenset()
    patience: float = PATIENCE_SECONDS

    def start(self, ring: Ring = _UNNAMED) -> tuple[str, Said]:
        """A new call: its token and the greeting. Raises CallOver where this very call has gone on before."""
        token = self.token(ring.name) if ring.name else new_token()
        call = Call(line=self._line(ring.caller))
        call, turn = self.driver.advance(call, Dialled(self._pace(ring.number)))
        said = self.wording.said(turn)
        kept = self.keeping.kept(token, 0, call), self.keeping.reply(token, 0, said)
        opened = self.store.open(token_hash(token), *kept, self.clock())
        if isinstance(opened, Gone):
            raise CallOver
        return token, self._said(token, 0, opened.reply)

    def take(self, token: str, seq: int, given: Input) -> Said | StillAtWork:
        """What is said in turn `seq`. Raises CallOver and WrongTurn."""
        claim = self.store.claim(token_hash(token), seq, self.clock())
        if isinstance(claim, AtWork):
            claim = self._waited(token, seq)
        match claim:
            case Settled(reply):
                return self._said(token, seq, reply)
            case AtWork(state):
                return self._moment(state)
            case OutOfOrder():
                raise WrongTurn
            case Gone():
                raise CallOver
            case Fresh(state):
                return self._begin(token, seq, state, given)

    def hang_up(self, token: str) -> None:
        """The caller has gone: nothing of the call is kept."""
        self.store.close(token_hash(token))
        log.info("phone call hung up")

    def token(self, name: str) -> str:
        """The token of a call that a platform has a name for; nobody makes it without the server's secret."""
        return self._made_of(f"call|{name}")

    def _line(self, caller: str) -> str:
        """What a caller's tries are counted by: of the number they call from nothing else is kept."""
        return self._made_of(f"line|{digits_of(caller)}") if digits_of(caller) else ""

    def _made_of(self, text: str) -> str:
        secret = self.keeping.cipher.server_secret.reveal().encode()
        return urlsafe_b64encode(hmac.new(secret, text.encode(), hashlib.sha256).digest()[:24]).decode()

    def _pace(self, number: str) -> Pace:
        dialled = "".join(filter(str.isdigit, number))
        return "tty" if any(dialled.endswith(tty) for tty in self.tty_numbers) else "normal"

    def _begin(self, token: str, seq: int, state: Any, given: Input) -> Said | StillAtWork:
        call = self._call(token, seq - 1, state)
        here = DIALOG.get(call.state)
        workers = self.slow if here is not None and here.asks_auth else self.quick
        working = workers.submit(self._work, token, seq, call, given)
        try:
            with self._patience() as seconds:
                return working.result(seconds)
        except TimeoutError:
            if working.done():  # it was the work that timed out
                return working.result()
            working.add_done_callback(_tell_if_failed)
            return self._moment(state)

    def _work(self, token: str, seq: int, call: Call, given: Input) -> Said:
        call, turn = self.driver.advance(call, given)
        said = self.wording.said(turn, self._context(turn))
        kept = self.keeping.kept(token, seq, call), self.keeping.reply(token, seq, said)
        self.store.settle(token_hash(token), seq, *kept, self.clock())
        log.info("phone turn %s to %s in %s", type(given).__name__, call.state.value, call.language)
        return said

    def _context(self, turn: Turn) -> str:
        return self.contexts.keep(turn.known, self.clock()) if turn.known else ""

    def _waited(self, token: str, seq: int) -> Fresh | Settled | AtWork | OutOfOrder | Gone:
        """A repeated request waits for the first one's reply."""
        with self._patience() as seconds:
            until = time.monotonic() + seconds
            while True:
                claim = self.store.claim(token_hash(token), seq, self.clock())
                if not isinstance(claim, AtWork) or time.monotonic() >= until:
                    return claim
                time.sleep(LOOK_AGAIN_SECONDS)

    @contextmanager
    def _patience(self) -> Iterator[float]:
        """How long one may wait, in seconds."""
        if not self.waiting.acquire(blocking=False):
            yield min(self.patience, IN_A_CROWD_SECONDS)
            return
        try:
            yield self.patience
        finally:
            self.waiting.release()

    def _moment(self, state: Any) -> StillAtWork:
        return StillAtWork(self.wording.moment(state["language"], state["pace"]))

    def _call(self, token: str, seq: int, state: Any) -> Call:
        try:
            return self.keeping.call(token, seq, state)
        except CannotOpen:
            raise CallOver from None

    def _said(self, token: str, seq: int, sealed: str) -> Said:
        try:
            return self.keeping.said(token, seq, sealed)
        except CannotOpen:
            raise CallOver from None


def _tell_if_failed(working: Future[Said]) -> None:
    """Nobody waits for it any more; the caller is asked again once the turn counts as lost."""
    log.info("phone turn took long")
    if (error := working.exception()) is not None:
        log.error("phone turn failed late", exc_info=error)


def digits_of(number: str) -> str:
    """Of a telephone number, without the 1 of the country: how numbers that were dialled are compared."""
    return "".join(filter(str.isdigit, number)).removeprefix("1")
