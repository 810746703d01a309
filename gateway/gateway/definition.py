"""The gateway as a process: it hears all services, publishes nothing, and answers over HTTP instead of RPC."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from eventkit.application import Application
from eventkit.duty import Duty
from eventkit.events import EventRegistry
from eventkit.public import PublicCatalog
from gateway.settings import SETTINGS
from gateway.submissions import forget_old_submissions
from gateway.throttle import forget_old_counts
from gateway.view.projections import subscriptions
from servicekit.service import ServiceDefinition
from servicekit.settings import Settings

CLEANING_SECONDS = 600


def cleaning(app: Application, _settings: Settings) -> list[Duty]:
    """Sessions and calls are forgotten when the next one begins; the throttle's counts and sent forms here."""

    def clean(stop: threading.Event) -> None:
        while not stop.is_set():
            with app.engine.begin() as conn:
                forget_old_counts(conn, datetime.now(UTC))
                forget_old_submissions(conn, datetime.now(UTC))
            stop.wait(CLEANING_SECONDS)

    return [Duty("gateway.cleaning", clean)]


definition = ServiceDefinition(
    name="gateway",
    registry=EventRegistry(),
    publish=lambda _recorded: (),
    catalog=PublicCatalog("gateway"),
    migrations=Path(__file__).parent / "migrations",
    settings=SETTINGS,
    subscriptions=lambda _app, _settings: subscriptions(),
    duties=cleaning,
)
