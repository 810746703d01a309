"""The web role: gunicorn with threads, behind whatever ends the TLS."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from servicekit.logs import configure
from servicekit.settings import Settings

DRAIN_SECONDS = 25

_checking = threading.Lock()
os.register_at_fork(before=_checking.acquire, after_in_parent=_checking.release, after_in_child=_checking.release)


def not_while_forking(check: Callable[[], None]) -> Callable[[], None]:
    """For checks of readiness, which connect to the database in a thread of the process that forks the workers.

    A worker forked in that moment would begin with a lock of the database's library held by nobody, and hang for good
    at its first connection, whatever the time-outs. So a fork waits for the check, and a check for the fork.
    """

    def checked() -> None:
        with _checking:
            check()

    return checked


class PlainLogger(Logger):
    """Through our own logging, which leaves out what a line was filled with: gunicorn names whole addresses."""

    def setup(self, cfg: Any) -> None:
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
        self.error_log.setLevel("WARNING")


class WebServer(BaseApplication):
    """`make` is called in each worker, after the fork: connections are not shared between processes."""

    def __init__(self, settings: Settings, make: Callable[[], Flask]) -> None:
        self._settings = settings
        self._make = make
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        configure("gateway", "web", self._settings.LOG_LEVEL)
        return self._make()

    def _options(self) -> dict[str, Any]:
        return {
            "bind": f"{self._settings.PUBLIC_HOST}:{self._settings.PUBLIC_PORT}",
            "worker_class": "gthread", "workers": self._settings.WEB_WORKERS, "threads": self._settings.WEB_THREADS,
            "graceful_timeout": DRAIN_SECONDS, "timeout": 60, "keepalive": 15,
            "limit_request_line": 4094, "limit_request_fields": 60, "limit_request_field_size": 8190,
            # requests are logged by the application, which knows what may be said of them
            "accesslog": None, "logger_class": PlainLogger, "proc_name": "customer-connect-gateway",
        }
