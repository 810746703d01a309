"""A customer without a browser: logs in over HTTP and opens all that links lead to; an app that asks everything."""

from __future__ import annotations

import io
import json
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.cookiejar import CookieJar

from pypdf import PdfReader

ENDING = ("/log-out", "/leave", "/static/")
"""What ends the visit, and what is the same for everybody."""
MOST = 200


def words_in(content: bytes) -> str:
    """A PDF is packed: its words are taken out."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


class Surfer:
    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, fields: dict[str, str] | None = None) -> str:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self._opener.open(self.address + path, data, timeout=30) as answer:
                return words_in(answer.read()) + str(answer.headers) + answer.url
        except urllib.error.HTTPError as refused:
            return words_in(refused.read())

    def log_in(self, identifier: str, pin: str) -> bool:
        [token, *_] = re.findall(r'name="form_token" value="([^"]+)"', self.get("/log-in"))
        page = self.get("/log-in", {"identifier": identifier, "pin": pin, "form_token": token})
        return page.endswith("/overview")

    def everything(self) -> dict[str, str]:
        """All pages and files that links lead to, from the first page on."""
        waiting, seen = ["/overview"], dict[str, str]()
        while waiting and len(seen) < MOST:
            path = waiting.pop()
            seen[path] = self.get(path)
            links = (link.partition("?")[0] for link in re.findall(r'href="(/[^"#]*)', seen[path]))
            waiting += {link for link in links if link not in seen and link not in waiting
                        and not link.startswith(ENDING)}
        return seen


class App:
    def __init__(self, address: str) -> None:
        self.address, self.token = f"{address}/api/v1", ""

    def ask(self, method: str, path: str, body: dict[str, object] | None = None) -> str:
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())

    def log_in(self, identifier: str, pin: str) -> None:
        self.token = json.loads(self.ask("POST", "/session", {"identifier": identifier, "pin": pin}))["token"]

    def tell(self, path: str, **said: str) -> None:
        self.ask("POST", path, {"command_id": str(uuid.uuid4()), **said})

    def everything(self) -> dict[str, str]:
        paths = json.loads(self.ask("GET", "/openapi.json"))["paths"]
        asked = [path.removeprefix("/api/v1") for path, methods in paths.items() if "get" in methods]
        return {path: self.ask("GET", path) for path in asked if "{" not in path and path != "/openapi.json"}
