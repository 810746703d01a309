"""What a running auth service holds: its keys, its verifiers and its figures, made once out of the settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from auth.domain.pin_rules import PinRules
from auth.identifiers import IndexKey
from auth.verifiers import Argon2Cost, Verifiers
from eventkit.application import Application
from eventkit.crypto import CannotDecrypt, Opener
from eventkit.decider import Rejected
from eventkit.secret import Secret
from servicekit.settings import Settings


@dataclass(frozen=True)
class Keys:
    opener: Opener = field(repr=False)
    index: IndexKey = field(repr=False)
    verifiers: Verifiers = field(repr=False)
    rules: PinRules
    temporary_digits: int
    zone: ZoneInfo

    @classmethod
    def of(cls, settings: Settings) -> Keys:
        cost = Argon2Cost(settings.ARGON2_MEMORY_KIB, settings.ARGON2_PASSES, settings.ARGON2_LANES)
        return cls(settings.AUTH_PRIVATE_KEYS, settings.AUTH_INDEX_KEY, Verifiers(settings.AUTH_PEPPERS, cost),
                   PinRules(settings.PIN_MIN_LENGTH, settings.PIN_MAX_LENGTH), settings.TEMPORARY_PIN_DIGITS,
                   settings.AGENCY_TIME_ZONE)

    def open(self, sealed: str, context: str) -> Secret:
        """Raises Rejected `unreadable`: sealed to another key, or not for this place."""
        try:
            return Secret(self.opener.open(sealed, context).decode("utf-8", "surrogatepass"))
        except (CannotDecrypt, UnicodeDecodeError):
            raise Rejected("unreadable") from None

    def today(self, now: datetime) -> date:
        """The agency's date."""
        return now.astimezone(self.zone).date()


def keys_of(app: Application) -> Keys:
    """Made once for the settings of a process: a verifier that nothing fits has to be computed."""
    return _of(app.settings)


@lru_cache(maxsize=4)
def _of(settings: Settings) -> Keys:
    return Keys.of(settings)
