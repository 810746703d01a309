"""Ways to a state of a page in a browser: an address, a log-in, a form that is filled in and sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..web.parts import PAYEE
from .agency import Agency
from .conftest import log_in

Reach = Callable[[Any, Agency], None]


def goto(path: str) -> Reach:
    return lambda page, _agency: page.goto(path)


def logged_in(person: str, path: str = "/my-payments") -> Reach:
    def reach(page: Any, _agency: Agency) -> None:
        log_in(page, person)
        page.goto(path)

    return reach


def opened(person: str, path: str) -> Reach:
    """With the stories of the newest payments opened."""

    def reach(page: Any, _agency: Agency) -> None:
        logged_in(person, path)(page, _agency)
        for summary in page.locator(".story summary").all()[:4]:
            summary.click()

    return reach


def fill_in(page: Any, button: str = "form.card button", **fields: str) -> None:
    """Fields by their id, "on" for a box to tick; and sends it."""
    for name, value in fields.items():
        if value == "on":
            page.locator(f"label[for={name}]").click()
        else:
            page.locator(f"#{name}").fill(value)
    page.locator(button).first.click()
    page.wait_for_load_state()


def submitted(path: str, **fields: str) -> Reach:
    def reach(page: Any, _agency: Agency) -> None:
        page.goto(path)
        fill_in(page, **fields)

    return reach


def sent(person: str, path: str, button: str = "form.card button", **fields: str) -> Reach:
    """A form of one who is logged in, filled in and sent."""

    def reach(page: Any, _agency: Agency) -> None:
        logged_in(person, path)(page, _agency)
        fill_in(page, button, **fields)

    return reach


def too_many_today(path: str, **fields: str) -> Reach:
    """As many were sent as a day takes; one more is filled in and sent."""

    def reach(page: Any, _agency: Agency) -> None:
        logged_in(PAYEE, path)(page, _agency)
        token = page.locator("form.card [name=form_token]").input_value()
        for number in range(20):
            sent = {name: f"{number}{value}" for name, value in fields.items()}
            page.request.post(path, form={"form_token": token, **sent}, max_redirects=0)
        submitted(path, **fields)(page, _agency)

    return reach
