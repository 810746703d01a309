"""The worker's duty: how many requests wait, and how many have waited too long, for whoever watches the figures."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from prometheus_client import Gauge

from cases.local_time import day_of
from cases.requests.index import waiting
from eventkit.application import Application
from eventkit.duty import Duty
from servicekit.settings import Settings

LOOK_SECONDS = 15.0

requests_open = Gauge("requests_open", "Requests of customers that are not answered")
requests_overdue = Gauge("requests_overdue", "Those of them neither answered nor taken up in three business days")


def duties(app: Application, _settings: Settings) -> Sequence[Duty]:
    def watch(stop: threading.Event) -> None:
        while not stop.is_set():
            measure(app)
            stop.wait(LOOK_SECONDS)

    return (Duty("cases.requests_clock", watch),)


def measure(app: Application) -> None:
    with app.engine.begin() as conn:
        unanswered, overdue = waiting(conn, day_of(app.clock()))
    requests_open.set(unanswered)
    requests_overdue.set(overdue)
