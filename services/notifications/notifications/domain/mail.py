"""An e-mail: queued once, tried until it is sent, and given up only with a reason that operators can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from eventkit.decider import Decider, Rejected
from notifications.domain.registry import registry

MOST_ATTEMPTS = 10
"""With the pauses between them, most of a day: longer than a server is usually away."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)


class Trouble(Enum):
    """Why an attempt did not succeed. What lies with us or the server passes; what lies with this mail does not."""

    UNREACHABLE = "unreachable"
    REFUSED_FOR_NOW = "refused_for_now"
    OUR_SETTINGS = "our_settings"
    REFUSED = "refused"
    NOT_AN_ADDRESS = "not_an_address"

    @property
    def passes(self) -> bool:
        return self in (Trouble.UNREACHABLE, Trouble.REFUSED_FOR_NOW, Trouble.OUR_SETTINGS)


@registry.event("MailQueued")
@dataclass(frozen=True)
class MailQueued:
    """Whom it goes to waits beside the events, encrypted, until it is sent."""

    mail_id: str
    template: str
    language: str
    participant_id: str


@registry.event("MailDelayed")
@dataclass(frozen=True)
class MailDelayed:
    """An attempt did not succeed; `code` is the server's, where it answered."""

    mail_id: str
    trouble: Trouble
    code: int | None
    next_try_at: datetime


@registry.event("MailSent")
@dataclass(frozen=True)
class MailSent:
    """A server has taken it."""

    mail_id: str
    attempts: int


@registry.event("MailGivenUp")
@dataclass(frozen=True)
class MailGivenUp:
    mail_id: str
    trouble: Trouble
    code: int | None
    attempts: int


@registry.event("MailRetried")
@dataclass(frozen=True)
class MailRetried:
    """An operator has it tried anew."""

    mail_id: str


@registry.event("MailDiscarded")
@dataclass(frozen=True)
class MailDiscarded:
    """An operator has decided that it is not sent."""

    mail_id: str


@dataclass(frozen=True)
class QueueMail:
    mail_id: str
    template: str
    language: str
    participant_id: str


@dataclass(frozen=True)
class RecordSent:
    pass


@dataclass(frozen=True)
class RecordTrouble:
    trouble: Trouble
    code: int | None
    now: datetime


@dataclass(frozen=True)
class RetryMail:
    pass


@dataclass(frozen=True)
class DiscardMail:
    pass


@dataclass(frozen=True)
class Mail:
    """`attempts` that did not succeed, since it was queued or retried."""

    queued: MailQueued | None = None
    attempts: int = 0
    given_up: MailGivenUp | None = None
    over: bool = False


Command = QueueMail | RecordSent | RecordTrouble | RetryMail | DiscardMail
Event = MailQueued | MailDelayed | MailSent | MailGivenUp | MailRetried | MailDiscarded


def pause_after(attempts: int) -> timedelta:
    """Four times as long each time, up to some hours."""
    times: int = 4 ** min(attempts - 1, MOST_ATTEMPTS)
    return min(FIRST_PAUSE * times, LONGEST_PAUSE)


def decide(command: Command, mail: Mail) -> Sequence[Event]:
    """Refuses `mail_id_taken`, `unknown_mail`, `mail_is_settled`, and for what operators do `not_given_up`."""
    if isinstance(command, QueueMail):
        return _queue(MailQueued(**vars(command)), mail)
    if mail.queued is None:
        raise Rejected("unknown_mail")
    if mail.over:
        raise Rejected("mail_is_settled")
    mail_id = mail.queued.mail_id
    if isinstance(command, RetryMail | DiscardMail):
        if not mail.given_up:
            raise Rejected("not_given_up")
        return [MailRetried(mail_id) if isinstance(command, RetryMail) else MailDiscarded(mail_id)]
    if mail.given_up:
        raise Rejected("mail_is_settled")
    if isinstance(command, RecordSent):
        return [MailSent(mail_id, mail.attempts + 1)]
    return [_after(command, mail_id, mail.attempts + 1)]


def _queue(wanted: MailQueued, mail: Mail) -> Sequence[Event]:
    if mail.queued is None:
        return [wanted]
    if mail.queued != wanted:
        raise Rejected("mail_id_taken")
    return []


def _after(command: RecordTrouble, mail_id: str, attempts: int) -> Event:
    if command.trouble.passes and attempts < MOST_ATTEMPTS:
        return MailDelayed(mail_id, command.trouble, command.code, command.now + pause_after(attempts))
    return MailGivenUp(mail_id, command.trouble, command.code, attempts)


def evolve(mail: Mail, event: Event) -> Mail:
    match event:
        case MailQueued():
            return Mail(queued=event)
        case MailDelayed():
            return replace(mail, attempts=mail.attempts + 1)
        case MailGivenUp():
            return replace(mail, given_up=event)
        case MailRetried():
            return replace(mail, attempts=0, given_up=None)
        case MailSent() | MailDiscarded():
            return replace(mail, over=True)


mail = Decider("mail", Mail(), decide, evolve)
