"""The portal in a real browser: Chromium of the system, over a server of our own on the loopback."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from ..facts import Facts
from ..web.cases_service import CasesService
from ..web.conftest import app, auth, clock, desk, lived, remembered, settings  # noqa: F401  the same customers
from ..web.parts import PIN, AuthService, Clock
from .agency import Agency

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")
WIDTHS = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def chromium() -> Iterator[playwright.Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def serving(app: Flask) -> Iterator[int]:  # noqa: F811
    """The application on a port of the loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join(5)


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[str]:
    """Another site, on this machine, to which the quick exit leads."""
    weather = Flask("weather", static_folder=None)
    weather.add_url_rule("/", view_func=lambda: "<!doctype html><title>Weather</title><h1>Sunny</h1>")
    with serving(weather) as port:
        yield f"http://localhost:{port}/"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:  # noqa: F811
    with serving(app) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def agency(app: Flask, auth: AuthService, desk: CasesService, lived: Facts, clock: Clock) -> Agency:  # noqa: F811
    return Agency(auth, desk, lived, clock, app)


Opener = Callable[..., "playwright.Page"]


@pytest.fixture
def new_page(chromium: playwright.Browser, address: str) -> Iterator[Opener]:
    """A page of a fresh browser; no request may leave the loopback."""
    contexts = []

    def open_page(language: str = "en", width: str | int = "desktop", scripts: bool = True) -> playwright.Page:
        size = {"width": width, "height": 740} if isinstance(width, int) else WIDTHS[width]
        context = chromium.new_context(base_url=address, viewport=size, locale=f"{language}-US",
                                       java_script_enabled=scripts, reduced_motion="reduce")
        context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(address)
                      else route.abort())
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def log_in(page: playwright.Page, identifier: str, pin: str = PIN) -> None:
    page.goto("/log-in")
    page.locator("#identifier").fill(identifier)
    page.locator("#pin").fill(pin)
    page.locator("form.card button").click()
    page.wait_for_load_state()


@contextmanager
def pictures() -> Iterator[Path | None]:
    """Where screenshots go, if anybody wants them: the folder CC_SCREENSHOTS names."""
    folder = os.environ.get("CC_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    yield Path(folder) if folder else None
