"""A role that answers HTTP: gunicorn with threads, behind whatever ends the TLS.

Whoever has such a role depends on gunicorn; other services do without it.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from servicekit.health import start_health
from servicekit.logs import configure, get_logger
from servicekit.process import make_engine
from servicekit.service import ServiceDefinition
from servicekit.settings import Settings

log = get_logger()
DRAIN_SECONDS = 25
GARBAGE_AT = 10_000
"""New objects before the youngest are looked through; a page makes more than the 700 of the language."""

_checking = threading.Lock()
os.register_at_fork(before=_checking.acquire, after_in_parent=_checking.release, after_in_child=_checking.release)


@dataclass(frozen=True)
class Listening:
    """Where, and with how many processes and threads of each."""

    host: str
    port: int
    workers: int
    threads: int


def serve(definition: ServiceDefinition, role: str, settings: Settings, listening: Listening,
          make: Callable[[], Any]) -> None:
    """Until SIGTERM. `make` gives the WSGI application. Ready without the broker: what is read comes from the database.
    """
    configure(definition.name, role, settings.LOG_LEVEL)
    readiness = definition.readiness(make_engine(settings.DATABASE_URL, pool=1), settings)
    del readiness["broker"]
    start_health(settings.HEALTH_HOST, settings.HEALTH_PORT,
                 {name: not_while_forking(check) for name, check in readiness.items()})
    log.info("ready", host=listening.host, port=listening.port)

    def make_in_worker() -> Any:
        configure(definition.name, role, settings.LOG_LEVEL)
        made = make()
        keep_for_good()
        return made

    _WebServer(f"customer-connect-{definition.name}-{role}", listening, make_in_worker).run()


def keep_for_good() -> None:
    """What is loaded by now stays as long as the process: no collection of garbage looks through it again.

    Without this a page in some hundred waits while the whole program is gone through.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AT)


def not_while_forking(check: Callable[[], None]) -> Callable[[], None]:
    """For checks of readiness, which connect to the database in a thread of the process that forks the workers.

    A worker forked in that moment would begin with a lock of the database's library held by nobody, and hang for good
    at its first connection, whatever the time-outs. So a fork waits for the check, and a check for the fork.
    """

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


class _WebServer(BaseApplication):
    """`make` is called in each worker, after the fork: connections are not shared between processes."""

    def __init__(self, name: str, listening: Listening, make: Callable[[], Any]) -> None:
        self._name = name
        self._listening = listening
        self._make = make
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._make()

    def _options(self) -> dict[str, Any]:
        return {
            "bind": f"{self._listening.host}:{self._listening.port}",
            "worker_class": "gthread", "workers": self._listening.workers, "threads": self._listening.threads,
            "graceful_timeout": DRAIN_SECONDS, "timeout": 60, "keepalive": 15,
            "limit_request_line": 4094, "limit_request_fields": 60, "limit_request_field_size": 8190,
            # requests are logged by the application, which knows what may be said of them
            "accesslog": None, "logger_class": _PlainLogger, "proc_name": self._name,
        }
