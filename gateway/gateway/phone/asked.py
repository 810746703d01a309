"""What the engine asks of the outside: each request of a caller that it cannot answer by itself."""

from dataclasses import dataclass, field

from eventkit.secret import Secret


@dataclass(frozen=True)
class Caller:
    """Who was let in, at which version of their account: one PIN change later they hear nothing more."""

    participant: str = field(repr=False)
    account_version: int = 0



@dataclass(frozen=True)
class LogIn:
    """`line`: what tries are counted by, beside the account."""

    identifier: Secret
    pin: Secret
    line: str = ""


@dataclass(frozen=True)
class ChoosePin:
    """The forced change: `proof` is what the log-in with the temporary PIN gave."""

    participant: str = field(repr=False)
    proof: Secret | None
    pin: Secret


@dataclass(frozen=True)
class ReplacePin:
    """The change that somebody wishes, proved by the PIN until now."""

    caller: Caller
    current: Secret
    pin: Secret


@dataclass(frozen=True)
class RequestPin:
    identifier: Secret
    line: str = ""


@dataclass(frozen=True)
class MailPin:
    """The same for a caller who is known."""

    caller: Caller


@dataclass(frozen=True)
class LoadPayments:
    caller: Caller


@dataclass(frozen=True)
class LoadBalance:
    caller: Caller


@dataclass(frozen=True)
class LoadCases:
    caller: Caller


@dataclass(frozen=True)
class LoadDates:
    caller: Caller


@dataclass(frozen=True)
class LoadOffices:
    """Of the caller's own cases."""

    caller: Caller


@dataclass(frozen=True)
class FindOffice:
    """By five digits of a ZIP code or the name of a county; `place` is what FoundOffice called it before."""

    where: Secret | None = None
    place: str | None = None


@dataclass(frozen=True)
class FindAgent:
    pass


Request = (LogIn | ChoosePin | ReplacePin | RequestPin | MailPin | LoadPayments | LoadBalance | LoadCases | LoadDates
           | LoadOffices | FindOffice | FindAgent)
