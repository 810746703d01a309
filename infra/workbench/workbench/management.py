"""RabbitMQ's management interface, as far as tests and operators here need it: virtual hosts."""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass, field
from urllib.parse import quote


class ManagementError(RuntimeError):
    """The broker refused; names the path and the status."""


@dataclass(frozen=True)
class Management:
    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def new_vhost(self, name: str) -> None:
        """Makes the virtual host and lets the user do everything in it; no harm if it is there."""
        place = quote(name, safe="")
        self.call("PUT", f"/api/vhosts/{place}", {})
        self.call("PUT", f"/api/permissions/{place}/{quote(self.user, safe='')}",
                  {"configure": ".*", "write": ".*", "read": ".*"})

    def delete_vhost(self, name: str) -> None:
        self.call("DELETE", f"/api/vhosts/{quote(name, safe='')}", None)

    def answers(self) -> bool:
        try:
            self.call("GET", "/api/whoami", None)
        except (OSError, http.client.HTTPException, ManagementError):
            return False
        return True

    def call(self, method: str, path: str, body: object) -> bytes:
        """Raises ManagementError, or OSError while nobody listens."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        try:
            connection.request(method, path, None if body is None else json.dumps(body),
                               {"Authorization": f"Basic {token}", "Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            raise ManagementError(f"{method} {path}: {answer.status}")
        return content
