"""The service in one place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eventkit.application import Application
from eventkit.crypto import Keyring
from eventkit.duty import Duty
from notifications.domain import letter, mail, print_batch, print_key  # noqa: F401  they register their events
from notifications.domain.registry import registry
from notifications.letters.sender import SENDER_SETTINGS
from notifications.mailing import duty as mailing
from notifications.mailing.settings import MAILING_SETTINGS
from notifications.printing import duty as printing
from notifications.publishing import catalog, publish
from notifications.subscriptions import subscriptions
from servicekit.service import ServiceDefinition
from servicekit.settings import Setting


def _seconds(text: str) -> float:
    seconds = float(text) if text.replace(".", "", 1).isdigit() else -1.0
    if seconds < 0:
        raise ValueError("must be a number of seconds, 0 or more")
    return seconds


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("must be a whole number, 1 or more")
    return int(text)


SETTINGS = (
    Setting("PERSONAL_KEYS", Keyring.parse, secret=True,
            help="the keys of personal fields, newest first: k2:<base64 of 32 bytes>,k1:..."),
    Setting("LETTERS_DIR", Path, help="where print batches are written; storage that outlives the process"),
    Setting("PRINT_EVERY_SECONDS", _seconds, default=0.0,
            help="the worker makes a batch of what waits this long after the last; 0: only print-batch does"),
    Setting("PRINT_BATCH_MAX", _at_least_one, default=2000, help="letters in one batch at most"),
    *MAILING_SETTINGS,
    *SENDER_SETTINGS,
)


def duties(app: Application, settings: Any) -> Sequence[Duty]:
    return [*printing.duties(app, settings), *mailing.duties(app, settings)]


definition = ServiceDefinition(
    name="notifications",
    registry=registry,
    publish=publish,
    catalog=catalog,
    migrations=Path(__file__).parent / "migrations",
    settings=SETTINGS,
    subscriptions=subscriptions,
    duties=duties,
    rpc="notifications.service:NotificationsService",
)
