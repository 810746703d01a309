"""What is made of the service's keys: one place that encrypts, seals, opens and masks."""

from __future__ import annotations

from dataclasses import dataclass

from cases.importing.dependents import Guardian
from cases.personal import Protector
from cases.requests.safe import Safe
from cases.showing import Showing, Whereabouts
from eventkit.crypto import Opener
from servicekit.settings import Settings


@dataclass(frozen=True)
class Keys:
    protector: Protector
    showing: Showing
    guardian: Guardian
    whereabouts: Whereabouts
    opener: Opener
    safe: Safe


def keys_of(settings: Settings) -> Keys:
    protector = Protector(settings.PERSONAL_KEYS, settings.AUTH_PUBLIC_KEY)
    showing = Showing(settings.PERSONAL_KEYS, settings.SHOWN_KEYS)
    return Keys(protector, showing, Guardian(protector, showing), Whereabouts(settings.SHOWN_KEYS),
                settings.CASES_PRIVATE_KEYS, Safe(settings.REPORT_KEYS, settings.SHOWN_KEYS))
