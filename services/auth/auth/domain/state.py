"""What an account remembers to decide with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from auth.domain.words import Disabled


@dataclass(frozen=True)
class Letter:
    """A letter that counts against the limits."""

    letter_id: str
    issued_at: datetime


@dataclass(frozen=True)
class Temporary:
    """The one temporary PIN that can still be used. `expires_on` is its last day, `tries` the wrong ones so far."""

    letter_id: str
    issued_at: datetime
    expires_on: date
    print_key_id: str
    tries: int = 0


@dataclass(frozen=True)
class Standing:
    """The PIN of one's own. `tries`: wrong ones since it was set or last let in."""

    tries: int = 0


@dataclass(frozen=True)
class Lock:
    """Until `until` only a temporary PIN issued after `since` is looked at."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class ForcedChange:
    """What a log-in with a temporary PIN opens, and nothing else."""

    mark: str
    until: datetime


@dataclass(frozen=True)
class Account:
    """`failures` in a row make locks longer, and an operator ends them. The tries at a PIN go on with the PIN."""

    participant_id: str | None = None
    language: str = "en"
    address_valid: bool = False
    address_self_changed_on: date | None = None
    letters: tuple[Letter, ...] = ()
    temporary: Temporary | None = None
    standing: Standing | None = None
    failures: int = 0
    lock: Lock | None = None
    disabled: Disabled | None = None
    forced_change: ForcedChange | None = None

    @property
    def opened(self) -> bool:
        return self.participant_id is not None

    def locked_at(self, now: datetime) -> bool:
        return self.lock is not None and now < self.lock.until
