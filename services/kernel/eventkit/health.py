"""Health, readiness and metrics over HTTP, in a thread of every process."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from eventkit.logs import get_logger

Checks = Mapping[str, Callable[[], None]]
log = get_logger()


def start_health(host: str, port: int, checks: Checks) -> ThreadingHTTPServer:
    """Serves /healthz (this process lives), /readyz (its parts answer: 200 or 503 with names) and /metrics.

    Port 0 takes a free one; it is logged, and written to the file HEALTH_PORT_FILE names, if any.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/healthz":
                self._answer(200, "application/json", b'{"status":"alive"}')
            elif self.path == "/readyz":
                failing = failing_checks(checks)
                body = json.dumps({"status": "not ready" if failing else "ready", "failing": failing}).encode()
                self._answer(503 if failing else 200, "application/json", body)
            elif self.path == "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, generate_latest())
            else:
                self._answer(404, "text/plain", b"")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Probes come every few seconds; nobody wants to read of each."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    log.info("health_listens", host=host, port=server.server_port)
    if announce := os.environ.get("HEALTH_PORT_FILE"):
        Path(announce).write_text(str(server.server_port))
    return server


def failing_checks(checks: Checks) -> list[str]:
    """The names of the checks that raise; what they raise stays in the log."""
    failing = []
    for name, check in checks.items():
        try:
            check()
        except Exception as error:
            log.warning("not_ready", name=name, error=type(error).__name__)
            failing.append(name)
    return failing
