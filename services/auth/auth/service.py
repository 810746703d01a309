"""The auth service as a definition: what it stores, publishes, hears and is set up with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from auth.domain.registry import registry
from auth.identifiers import IndexKey
from auth.letter_desk import LetterDesk
from auth.publishing import catalog, publish
from auth.subscriptions import subscriptions
from auth.verifiers import Argon2Cost
from eventkit.application import Application
from eventkit.crypto import Keyring, Opener
from eventkit.duty import Duty
from servicekit.service import ServiceDefinition
from servicekit.settings import Setting, Settings

_COST = Argon2Cost()


def between(low: int, high: int) -> Callable[[str], int]:
    """A kind of setting: a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return parse


def time_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("must be a time zone like America/Los_Angeles") from None


def duties(app: Application, _settings: Settings) -> Sequence[Duty]:
    return (Duty("auth.letter_desk", LetterDesk(app).run),)


definition = ServiceDefinition(
    name="auth",
    registry=registry,
    publish=publish,
    catalog=catalog,
    migrations=Path(__file__).parent / "migrations",
    settings=(
        Setting("AUTH_PRIVATE_KEYS", Opener.parse, secret=True,
                help="what PINs and SSNs are sealed to, id:base64 (X25519), the current one first"),
        Setting("AUTH_PEPPERS", Keyring.parse, secret=True,
                help="keys of the PINs' verifiers, id:base64 of 32 bytes, the current one first"),
        Setting("AUTH_INDEX_KEY", IndexKey.parse, secret=True,
                help="key of the index of SSNs, base64 of 32 bytes"),
        Setting("AGENCY_TIME_ZONE", time_zone, default=ZoneInfo("America/Los_Angeles"),
                help="where the agency's days begin and end"),
        Setting("TEMPORARY_PIN_DIGITS", between(8, 12), default=8, help="digits of a PIN in a letter"),
        Setting("PIN_MIN_LENGTH", between(6, 12), default=6, help="fewest digits of a PIN of one's own"),
        Setting("PIN_MAX_LENGTH", between(12, 64), default=12, help="most digits of a PIN of one's own"),
        Setting("ARGON2_MEMORY_KIB", between(7_168, 1_048_576), default=_COST.memory_kib,
                help="memory of one check of a PIN; RPC_WORKERS checks may run at once"),
        Setting("ARGON2_PASSES", between(1, 100), default=_COST.passes, help="passes of one check of a PIN"),
        Setting("ARGON2_LANES", between(1, 16), default=_COST.lanes, help="lanes of one check of a PIN"),
    ),
    subscriptions=subscriptions,
    duties=duties,
    rpc="auth.rpc:AuthService",
)
