"""The API as it is served: gunicorn, its own port, one restart, and a clean end."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid

import pytest

from cases.agency import tokens
from eventkit.testing.processes import Process, wait_until
from workbench.ports import free_port

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def port():
    return free_port()


def ask(port, path, token=None, body=None, key=None):
    """(status, headers, body) of an answer; None where nobody answers."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": key or uuid.uuid4().hex}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/agency/v1{path}", headers=headers,
                                     data=None if body is None else json.dumps(body).encode())
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.load(error)
    except (urllib.error.URLError, ConnectionError):
        return None


def test_it_is_served_drains_and_is_served_again(office, wish, port, tmp_path):
    number = wish({"times": "Fridays"}).result["confirmation"]
    with office.engine.begin() as conn:
        token = tokens.create(conn, "ines", tokens.SCOPES).reveal()
    announced = tmp_path / "health"
    settings = office.environment | {"AGENCY_PORT": str(port), "AGENCY_WORKERS": "2", "LOG_LEVEL": "DEBUG",
                                     "HEALTH_PORT_FILE": str(announced)}
    body = {"answer": "see_message", "message": "Please call us."}
    with Process("cases", "agency", settings=settings, log=tmp_path / "one.log") as server:
        wait_until(lambda: ask(port, "/requests"))
        status, headers, said = ask(port, "/requests")
        assert (status, headers["Content-Type"], said["status"]) == (401, "application/problem+json", 401)
        assert headers["Cache-Control"] == "no-store"
        assert ask(port, f"/requests/{number}/content", token)[2]["said"] == {"times": "Fridays"}
        assert ask(port, f"/requests/{number}/answer", token, body, "key-00001")[2]["status"] == "answered"
        with urllib.request.urlopen(f"http://127.0.0.1:{announced.read_text()}/readyz", timeout=10) as ready:
            assert ready.status == 200
        assert server.terminate() == 0
    with Process("cases", "agency", settings=settings, log=tmp_path / "two.log") as server:
        wait_until(lambda: ask(port, "/requests"))
        assert ask(port, f"/requests/{number}/answer", token, body, "key-00001")[2]["status"] == "answered"
        with office.engine.begin() as conn:
            tokens.revoke(conn, "ines")
        assert ask(port, "/requests", token)[0] == 401, "at once"
    log = (tmp_path / "one.log").read_text() + (tmp_path / "two.log").read_text()
    assert '"path": "/agency/v1/requests/<confirmation>/content"' in log and '"operator": "ines"' in log
    for never in (number, token, "Fridays", "Please call"):
        assert never not in log
