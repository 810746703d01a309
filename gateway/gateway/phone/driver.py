"""Carries out what the engine asks for, so that the engine stays pure and a channel never calls a service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from eventkit.secret import Secret
from gateway.phone.engine import step
from gateway.phone.turns import (
    AgentFound,
    Answer,
    Ask,
    Balance,
    Call,
    ChoosePin,
    FindAgent,
    Input,
    LoadBalance,
    LoadPayments,
    LoggedIn,
    LoggedOut,
    LogIn,
    NotAccepted,
    Owed,
    Payment,
    Payments,
    PinChanged,
    PinRequested,
    PinTooWeak,
    Request,
    RequestPin,
    Result,
    Turn,
    Unavailable,
)

CHANNEL: Final = "phone"


class BackendAway(Exception):
    """Raised by a Backend whose service does not answer in time; the caller hears an apology."""


class Backend(Protocol):
    """What the phone needs of the gateway. Secrets are revealed in here and nowhere before.

    All may raise BackendAway; nothing else that a caller could cause.
    """

    def log_in(self, identifier: Secret, pin: Secret, channel: str) -> LoggedIn | NotAccepted: ...

    def change_pin(
        self, participant: str, proof: Secret | None, new_pin: Secret, channel: str
    ) -> PinChanged | PinTooWeak | NotAccepted: ...

    def request_pin(self, identifier: Secret, channel: str) -> None:
        """Always the same, whether there is such a participant or not."""

    def still_open(self, participant: str, account_version: int) -> bool:
        """Whether who was let in at this version of the account may still hear of it, as on the web."""

    def payments_made(self, participant: str) -> Sequence[Payment]:
        """Newest first, from the same rows as the web page."""

    def payments_sent(self, participant: str) -> Sequence[Payment]:
        """Newest first, from the same rows as the web page."""

    def balances(self, participant: str) -> Sequence[Owed]:
        """Of each role the participant has, from the same rows as the web page."""

    def as_of(self, participant: str) -> datetime:
        """Until when the payments are known, in the agency's local time."""


FindsAgent = Callable[[], str | None]


@dataclass(frozen=True)
class Driver:
    """Answers the engine's requests from a Backend; `find_agent` gives a tel: address in office hours."""

    backend: Backend
    find_agent: FindsAgent = lambda: None

    def advance(self, call: Call, given: Input) -> tuple[Call, Turn]:
        """Step until there is something to say."""
        call, out = step(call, given)
        while isinstance(out, Ask):
            call, out = step(call, Answer(self._perform(out.request)))
        return call, out

    def _perform(self, request: Request) -> Result:
        try:
            return self._answer(request)
        except BackendAway:
            return Unavailable()

    def _answer(self, request: Request) -> Result:
        match request:
            case LogIn(identifier, pin):
                return self.backend.log_in(identifier, pin, CHANNEL)
            case ChoosePin(participant, proof, pin):
                return self.backend.change_pin(participant, proof, pin, CHANNEL)
            case RequestPin(identifier):
                self.backend.request_pin(identifier, CHANNEL)
                return PinRequested()
            case LoadPayments(participant, account_version):
                if not self.backend.still_open(participant, account_version):
                    return LoggedOut()
                made = tuple(self.backend.payments_made(participant))
                sent = tuple(self.backend.payments_sent(participant))
                return Payments(made, sent, self.backend.as_of(participant))
            case LoadBalance(participant, account_version):
                if not self.backend.still_open(participant, account_version):
                    return LoggedOut()
                return Balance(tuple(self.backend.balances(participant)), self.backend.as_of(participant))
            case FindAgent():
                return AgentFound(self.find_agent())
