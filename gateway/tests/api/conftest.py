"""The API over the same portal and the same customers as the pages' tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from ..web.conftest import (  # noqa: F401
    app,
    auth,
    clock,
    desk,
    lived,
    new_visitor,
    remembered,
    settings,
    visitor,
)
from .parts import Program


@pytest.fixture
def new_program(app: Flask) -> Callable[..., Program]:  # noqa: F811
    return lambda language="en": Program(app.test_client(use_cookies=False), language)


@pytest.fixture
def program(new_program: Callable[..., Program]) -> Program:
    return new_program()
