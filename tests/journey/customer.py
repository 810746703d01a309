"""What a customer does in the browser before anything else: come, ask for a PIN, log in, choose a new one."""

from __future__ import annotations

from typing import Any

from browser import DESKTOP
from suite import Suite


def visit(browser: Any, agency: Suite, language: str = "en", size: dict[str, int] = DESKTOP,
          scripts: bool = False) -> Any:
    context = browser.new_context(viewport=size, java_script_enabled=scripts, locale="en-US")
    page = context.new_page()
    page.goto(f"{agency.address}/?lang={language}")
    return page


def submit(page: Any) -> None:
    page.locator("main form button[type=submit]").click()


def request_pin(page: Any, identifier: str) -> None:
    page.goto(page.url.split("/?")[0] + "/request-a-pin")
    page.fill("[name=identifier]", identifier)
    submit(page)


def log_in(page: Any, address: str, identifier: str, pin: str) -> None:
    page.goto(f"{address}/log-in")
    page.fill("[name=identifier]", identifier)
    page.fill("[name=pin]", pin)
    submit(page)


def choose_pin(page: Any, pin: str) -> None:
    page.fill("[name=new_pin]", pin)
    page.fill("[name=again]", pin)
    submit(page)
