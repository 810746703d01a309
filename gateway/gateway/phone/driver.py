"""Carries out what the engine asks for, so that the engine stays pure and a channel never calls a service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from eventkit.secret import Secret
from gateway.phone import told
from gateway.phone.asked import (
    Caller,
    ChoosePin,
    FindAgent,
    FindOffice,
    LoadBalance,
    LoadCases,
    LoadDates,
    LoadOffices,
    LoadPayments,
    LogIn,
    MailPin,
    ReplacePin,
    Request,
    RequestPin,
)
from gateway.phone.engine import step
from gateway.phone.told import (
    AgentFound,
    Answer,
    Balance,
    Cases,
    Dates,
    FoundOffice,
    LoggedIn,
    LoggedOut,
    NotAccepted,
    Office,
    Offices,
    Owed,
    Payment,
    Payments,
    PinChanged,
    PinRequested,
    PinTooWeak,
    Result,
    Unavailable,
)
from gateway.phone.turns import Ask, Call, Input, Turn

CHANNEL: Final = "phone"
ChangedPin = PinChanged | PinTooWeak | NotAccepted


class BackendAway(Exception):
    """Raised by a Backend whose service does not answer in time; the caller hears an apology."""


class Backend(Protocol):
    """What the phone needs of the gateway. Secrets are revealed in here and nowhere before.

    All may raise BackendAway; nothing else that a caller could cause. What is read are the rows of the web pages.
    """

    def knock(self, rule: str, line: str) -> None:
        """Counts a try of a telephone line, "" for those that do not say theirs; BackendAway where it is one too
        many."""

    def log_in(self, identifier: Secret, pin: Secret, channel: str) -> LoggedIn | NotAccepted: ...

    def change_pin(self, participant: str, proof: Secret | None, new_pin: Secret, channel: str) -> ChangedPin: ...

    def replace_pin(self, participant: str, current: Secret, new_pin: Secret, channel: str) -> ChangedPin: ...

    def request_pin(self, identifier: Secret, channel: str) -> None:
        """Always the same, whether there is such a participant or not."""

    def still_open(self, participant: str, account_version: int) -> bool:
        """Whether who was let in at this version of the account may still hear of it, as on the web."""

    def payments_made(self, participant: str) -> Sequence[Payment]:
        """Newest first."""

    def payments_sent(self, participant: str) -> Sequence[Payment]:
        """Newest first."""

    def held(self, participant: str) -> int:
        """Cents that were paid in the caller's cases and are held."""

    def balances(self, participant: str) -> Sequence[Owed]:
        """Of each role the participant has."""

    def cases(self, participant: str) -> Sequence[told.Case]:
        """Those that are going on first."""

    def meetings(self, participant: str) -> Sequence[told.Meeting]:
        """Those to come, soonest first."""

    def offices(self, participant: str) -> Sequence[Office]:
        """Of the participant's own cases that are going on."""

    def as_of(self, participant: str, of: str = "payments") -> datetime:
        """Until when payments (or `cases`) are known, in the agency's local time."""

    def find_office(self, where: str) -> Office | None:
        """By a ZIP code, the name of a county, or the `place` of an office."""


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
            case LogIn(identifier, pin, line):
                self.backend.knock("phone_log_in", line)
                return self.backend.log_in(identifier, pin, CHANNEL)
            case ChoosePin(participant, proof, pin):
                return self.backend.change_pin(participant, proof, pin, CHANNEL)
            case RequestPin(identifier, line):
                self.backend.knock("phone_request_pin", line)
                self.backend.request_pin(identifier, CHANNEL)
                return PinRequested()
            case FindOffice(where, place):
                return FoundOffice(self.backend.find_office(where.reveal() if where else place or ""))
            case FindAgent():
                return AgentFound(self.find_agent())
            case _:
                return self._of_caller(request, request.caller)

    def _of_caller(self, request: Request, caller: Caller) -> Result:
        if not self.backend.still_open(caller.participant, caller.account_version):
            return LoggedOut()
        who, backend = caller.participant, self.backend
        match request:
            case LoadPayments():
                made, sent = tuple(backend.payments_made(who)), tuple(backend.payments_sent(who))
                return Payments(made, sent, backend.as_of(who), backend.held(who))
            case LoadBalance():
                return Balance(tuple(backend.balances(who)), backend.as_of(who))
            case LoadCases():
                return Cases(tuple(backend.cases(who)), backend.as_of(who, "cases"))
            case LoadDates():
                return Dates(tuple(backend.meetings(who)), backend.as_of(who, "cases"))
            case LoadOffices():
                return Offices(tuple(backend.offices(who)))
            case ReplacePin(_, current, pin):
                return backend.replace_pin(who, current, pin, CHANNEL)
            case MailPin():
                backend.request_pin(Secret(who), CHANNEL)
                return PinRequested()
            case _:
                raise TypeError(f"nobody answers {type(request).__name__}")
