"""The agency role: gunicorn with threads, behind whatever ends the TLS."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from cases.agency.access import Parts
from cases.agency.app import create_app
from cases.keys import keys_of
from cases.requests.desk import Desk
from eventkit.application import Application
from servicekit.health import start_health
from servicekit.logs import configure, get_logger
from servicekit.process import make_engine
from servicekit.service import ServiceDefinition
from servicekit.settings import Settings

log = get_logger()
DRAIN_SECONDS = 25

_checking = threading.Lock()
os.register_at_fork(before=_checking.acquire, after_in_parent=_checking.release, after_in_child=_checking.release)


def serve(definition: ServiceDefinition, settings: Settings) -> None:
    """Until SIGTERM."""
    configure(definition.name, "agency", settings.LOG_LEVEL)
    readiness = definition.readiness(make_engine(settings.DATABASE_URL, pool=1), settings)
    del readiness["broker"]  # requests are read and answered without it
    start_health(settings.HEALTH_HOST, settings.HEALTH_PORT,
                 {name: _not_while_forking(check) for name, check in readiness.items()})
    log.info("ready", host=settings.AGENCY_HOST, port=settings.AGENCY_PORT)
    _Server(settings, lambda: make_app(definition.application(settings, settings.AGENCY_THREADS), settings)).run()


def make_app(application: Application, settings: Settings) -> Flask:
    parts = Parts(Desk(application, keys_of(settings).safe, "api"), settings.AGENCY_PER_MINUTE)
    return create_app(parts, settings.AGENCY_TRUSTED_PROXIES)


def _not_while_forking(check: Callable[[], None]) -> Callable[[], None]:
    """A worker that is forked while a thread connects to the database would begin with a lock of its library that
    nobody gives back."""

    def checked() -> None:
        with _checking:
            check()

    return checked


class _PlainLogger(Logger):
    """Through our own logging, which leaves out what a line was filled with: gunicorn names whole addresses."""

    def setup(self, cfg: Any) -> None:
        for out in (self.error_log, self.access_log):
            out.handlers.clear()
            out.propagate = True
        self.error_log.setLevel("WARNING")


class _Server(BaseApplication):
    """`make` is called in each worker, after the fork: connections are not shared between processes."""

    def __init__(self, settings: Settings, make: Callable[[], Flask]) -> None:
        self._settings = settings
        self._make = make
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{self._settings.AGENCY_HOST}:{self._settings.AGENCY_PORT}",
            "worker_class": "gthread", "workers": self._settings.AGENCY_WORKERS,
            "threads": self._settings.AGENCY_THREADS, "graceful_timeout": DRAIN_SECONDS, "timeout": 60,
            "keepalive": 15, "limit_request_line": 4094, "limit_request_fields": 60,
            "limit_request_field_size": 8190, "accesslog": None, "logger_class": _PlainLogger,
            "proc_name": "customer-connect-agency",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        configure("cases", "agency", self._settings.LOG_LEVEL)
        return self._make()
