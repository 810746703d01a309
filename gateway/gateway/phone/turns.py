"""What goes in and out of the call engine: the call, what a caller does, and the turns that answer.

All values are frozen. What a caller keys or says is a `Secret` from the moment it arrives, so that no repr,
log line or error can show it.
"""

from dataclasses import dataclass, field
from datetime import date as Date
from datetime import time as Time
from typing import Literal

from eventkit.secret import Secret
from gateway.catalogue import Language
from gateway.phone.answers import State
from gateway.phone.asked import Request
from gateway.phone.dialog import Digits
from gateway.phone.told import Answer

Pace = Literal["normal", "slow", "tty"]
"""slow: for relay calls and whoever wants more time. tty: for text telephones: short plain lines, no speech."""
Listing = Literal["made", "sent", "balance", "cases", "dates", "office"]


@dataclass(frozen=True)
class Call:
    """Where a call stands. `listing` is what is being read out; `after` and `last` are references of its rows:
    the one before the page that was read out, and the last one on it (paging by reference keeps its place when a
    payment arrives meanwhile). `place` is the office a stranger was told of. `account_version` is that of the
    account when the caller was last let in; `line` stands for the number that is called from, "" where
    it is not told."""

    state: State = State.GREETING
    language: Language = "en"
    pace: Pace = "normal"
    tries: int = 0
    misses: int = 0
    failures: int = 0
    rejections: int = 0
    listing: Listing | None = None
    place: str | None = None
    line: str = ""
    participant: str | None = field(default=None, repr=False)
    identifier: Secret | None = None
    current_pin: Secret | None = None
    new_pin: Secret | None = None
    proof: Secret | None = None
    account_version: int = 0
    after: str | None = field(default=None, repr=False)
    last: str | None = field(default=None, repr=False)


# What the caller does


@dataclass(frozen=True)
class Dialled:
    """The call has just come in."""

    pace: Pace = "normal"


@dataclass(frozen=True)
class Keys:
    pressed: Secret


@dataclass(frozen=True)
class Words:
    said: Secret


@dataclass(frozen=True)
class Silence:
    pass


@dataclass(frozen=True)
class NoMatch:
    """The platform heard something that fits nothing it was told to expect."""


@dataclass(frozen=True)
class AskAgain:
    """The caller's answer was lost on the way, by no fault of theirs."""


@dataclass(frozen=True)
class HangUp:
    pass


@dataclass(frozen=True)
class NotReached:
    """The platform found nobody where it was told to transfer the caller; they are still on the line."""


Input = Dialled | Keys | Words | Silence | NoMatch | AskAgain | HangUp | NotReached | Answer


# What the engine gives back


@dataclass(frozen=True)
class Money:
    cents: int


@dataclass(frozen=True)
class Day:
    """The year is said only where it is not the present one: five payments should not take half a minute."""

    on: Date
    year: bool = False


@dataclass(frozen=True)
class Clock:
    at: Time


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class Spelled:
    """Said sign by sign: numbers of telephones and of cases."""

    text: str


@dataclass(frozen=True)
class Text:
    """Another text of the catalogue: what kind of hearing, in what standing."""

    key: str


@dataclass(frozen=True)
class Name:
    """A name that is told as it is, in the caller's language: of an office, of a court."""

    text: str


Value = Money | Day | Clock | Number | Spelled | Text | Name


@dataclass(frozen=True)
class Line:
    """A text of the catalogue to be said; `count` chooses between one and many where the text tells them apart."""

    key: str
    language: Language
    values: tuple[tuple[str, Value], ...] = field(default=(), repr=False)
    count: int | None = None


@dataclass(frozen=True)
class Listen:
    """What is expected: single `keys`, or `digits` ended by #, and `words` (pairs of language and phrase).

    Where `digits` are secret there is no speech and no read-back. `counties`: names of counties are words too.
    `wait_seconds` until there is silence, `between_seconds` between two digits."""

    language: Language
    keys: tuple[str, ...]
    words: tuple[tuple[Language, str], ...] = ()
    digits: Digits | None = None
    counties: bool = False
    wait_seconds: int = 7
    between_seconds: int = 5


@dataclass(frozen=True)
class Known:
    """Who is transferred to an agent, so that they need not say it again; `participant` None before the log-in."""

    participant: str | None = field(repr=False)
    language: Language
    state: State


@dataclass(frozen=True)
class Turn:
    """What is said and then expected. Without `listen` the call ends after the words, or is transferred."""

    language: Language
    lines: tuple[Line, ...]
    listen: Listen | None
    pace: Pace = "normal"
    transfer: str | None = None
    known: Known | None = None


@dataclass(frozen=True)
class Ask:
    request: Request
