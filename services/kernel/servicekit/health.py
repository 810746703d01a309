"""Health, readiness and metrics over HTTP, in a thread of every process."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from servicekit.logs import get_logger

CHECK_SECONDS = 5.0

Checks = Mapping[str, Callable[[], None]]
log = get_logger()


class Readiness:
    """Runs the named checks side by side, each in a thread of its own and all within one time limit. One that hangs
    is not started again until it has come back."""

    def __init__(self, checks: Checks, seconds: float = CHECK_SECONDS) -> None:
        self._checks = checks
        self._seconds = seconds
        # events and not joins: under eventlet on Python 3.13, Thread.join raises when its time is over
        self._running: dict[str, threading.Event] = {}
        self._one_at_a_time = threading.Lock()

    def failing(self) -> list[str]:
        """The names of the checks that raise or take too long; what they raise is not told."""
        with self._one_at_a_time:
            passed: set[str] = set()
            for name, check in self._checks.items():
                if name not in self._running or self._running[name].is_set():
                    self._running[name] = done = threading.Event()
                    threading.Thread(target=_run, args=(name, check, passed, done), daemon=True).start()
            deadline = time.monotonic() + self._seconds
            for done in self._running.values():
                done.wait(max(0.0, deadline - time.monotonic()))
            hanging = {name for name, done in self._running.items() if not done.is_set()}
            self._running = {name: self._running[name] for name in hanging}
            for name in hanging:
                log.warning("not_ready", name=name, error="TimeLimit", seconds=self._seconds)
            return [name for name in self._checks if name in hanging or name not in passed]


def start_health(host: str, port: int, checks: Checks, seconds: float = CHECK_SECONDS) -> ThreadingHTTPServer:
    """Serves /healthz (this process lives), /readyz (its parts answer: 200 or 503 with names) and /metrics.

    Port 0 takes a free one; it is logged, and written to the file HEALTH_PORT_FILE names, if any.
    """
    server = _Server((host, port), partial(_Handler, Readiness(checks, seconds)))
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    log.info("health_listens", host=host, port=server.server_port)
    if announce := os.environ.get("HEALTH_PORT_FILE"):
        draft = Path(f"{announce}.{os.getpid()}")
        draft.write_text(str(server.server_port))
        draft.replace(announce)  # whoever waits for the file never finds half of it
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Without the look-up of the host's name that the standard library does here and that may take long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "health", int(self.server_address[1])

    def handle_error(self, _request: Any, _address: Any) -> None:
        """A prober that hangs up early is no news."""


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = "health", ""
    timeout = 10

    def __init__(self, readiness: Readiness, *arguments: Any) -> None:
        self._readiness = readiness
        super().__init__(*arguments)

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/healthz":
                self._answer(200, "application/json", b'{"status": "alive"}')
            case "/readyz":
                failing = self._readiness.failing()
                body = json.dumps({"status": "not ready" if failing else "ready", "failing": failing}).encode()
                self._answer(503 if failing else 200, "application/json", body)
            case "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, generate_latest())
            case _:
                self._answer(404, "text/plain", b"")

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Probes come every few seconds; nobody wants to read of each."""


def _run(name: str, check: Callable[[], None], passed: set[str], done: threading.Event) -> None:
    try:
        check()
        passed.add(name)
    except Exception as error:
        log.warning("not_ready", name=name, error=type(error).__name__)
    finally:
        done.set()
