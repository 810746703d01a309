"""Requests of a telephone platform to a running gateway."""

import base64
import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Sent:
    """`fields` go as a form, or in the query of a GET; `body` goes instead, where there is one."""

    method: str
    path: str
    fields: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Fetch = Callable[[Sent], tuple[int, bytes]]
"""-> status, body"""
FORM = "application/x-www-form-urlencoded"


def over_http(address: str, *, password: str | None = None) -> Fetch:
    """`address`: http://127.0.0.1:8000; `password` for HTTP Basic authentication."""
    host = urlsplit(address)
    basic = {}
    if password:
        basic["Authorization"] = "Basic " + base64.b64encode(f"phone:{password}".encode()).decode()

    def fetch(sent: Sent) -> tuple[int, bytes]:
        kind = http.client.HTTPSConnection if host.scheme == "https" else http.client.HTTPConnection
        connection = kind(host.hostname or "", host.port, timeout=15)
        path, body = sent.path, sent.body
        if body is None and sent.fields:
            if sent.method == "GET":
                path = f"{path}?{urlencode(sent.fields)}"
            else:
                body = urlencode(sent.fields).encode()
        try:
            connection.request(sent.method, path, body=body, headers={"Content-Type": FORM, **basic, **sent.headers})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    return fetch
