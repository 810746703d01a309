"""Every task × language × with and without scripts × width: a customer does it and reads that it is done."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from flask import Flask, Response, request
from playwright.sync_api import expect

from gateway.catalogue import LANGUAGES, Language
from gateway.settings import SETTINGS
from gateway.web import access
from gateway.web.access import Access
from servicekit.settings import Settings, load

from ..web.conftest import ENVIRONMENT
from .agency import Agency
from .conftest import WIDTHS, Opener
from .journeys import TASKS, Task, Visitor
from .states import EVERYWHERE

expect.set_options(timeout=20_000)  # a machine that does much else is slow, and no fault of the portal
Combination = tuple[Language, bool, str]
COMBINATIONS: list[Combination] = list(product(LANGUAGES, (True, False), WIDTHS))
"""By `make pages` every task in all of them; else each in one, and all of them by one task or another."""
BY_NO_TASK = {
    "api_docs.show": "for programmers of apps, who are no customers; it is among the states",
    "session.left": "asked by the script of the warning, which has tests of its own",
}
BY_PEOPLE = (Access.PUBLIC, Access.SESSION, Access.MUST_CHANGE)


def chosen() -> list[Any]:
    return [pytest.param(task, combination, id=_name(task, combination)) for number, task in enumerate(TASKS)
            for place, combination in enumerate(COMBINATIONS) if EVERYWHERE or place == number % len(COMBINATIONS)]


def _name(task: Task, combination: Combination) -> str:
    language, scripts, width = combination
    return f"{task.name}-{language}-{'scripts' if scripts else 'plain'}-{width}"


@pytest.fixture
def settings(elsewhere: str) -> Settings:
    given = load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false"})
    values = {setting.name: getattr(given, setting.name) for setting in SETTINGS}
    return Settings(**values | {"QUICK_EXIT_URL": elsewhere})


@pytest.fixture
def opened(app: Flask) -> set[str]:
    """Pages that were answered well."""
    found: set[str] = set()

    def note(response: Response) -> Response:
        if request.method == "GET" and request.endpoint and response.status_code < 400:
            found.add(request.endpoint)
        return response

    app.after_request(note)
    return found


@pytest.mark.parametrize(("task", "combination"), chosen())
def test_the_task_is_done(opened: set[str], new_page: Opener, elsewhere: str, agency: Agency, task: Task,
                          combination: Combination) -> None:
    language, scripts, width = combination
    page = new_page(language, width, scripts)
    page.context.route(f"{elsewhere}**", lambda route: route.continue_())
    visitor = Visitor(page, language, scripts, width, agency)
    task.does(visitor)
    expect(page.locator("html")).to_have_attribute("lang", visitor.language)
    assert task.opens <= opened


def test_every_page_is_opened_by_a_task(app: Flask) -> None:
    rules = access.rules(app)
    pages = {rule.endpoint for rule in app.url_map.iter_rules()
             if "GET" in (rule.methods or ()) and rules[rule.endpoint] in BY_PEOPLE}
    by_tasks = frozenset[str]().union(*(task.opens for task in TASKS))
    assert by_tasks | BY_NO_TASK.keys() == pages, "a page without a journey, or a journey of a page that is gone"
    assert not by_tasks & BY_NO_TASK.keys()


def test_every_combination_is_used_and_no_task_is_there_twice() -> None:
    names = [task.name for task in TASKS]
    assert len(set(names)) == len(names) and len(names) >= len(COMBINATIONS) == 8
    assert {param.values[1] for param in chosen()} == set(COMBINATIONS)
