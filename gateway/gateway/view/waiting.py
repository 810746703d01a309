"""Waiting, for a bounded time, until the view has seen what a command has just done."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection, Engine

from gateway.view.my_profile import heard
from gateway.view.reading import account_version

PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.05


def account_seen(engine: Engine, viewer_id: str, version: int, patience: float = PATIENCE_SECONDS) -> bool:
    """Whether the view has applied that version of the account, now or within `patience` seconds."""
    return _reached(engine, partial(account_version, viewer_id=viewer_id), version, patience)


def change_seen(engine: Engine, viewer_id: str, stream: str, version: int, patience: float = PATIENCE_SECONDS) -> bool:
    """The same of an aggregate of `cases` that is the viewer's: profile, appointment or request."""
    return _reached(engine, partial(heard, viewer_id=viewer_id, stream=stream), version, patience)


def _reached(engine: Engine, version_seen: Callable[[Connection], int], version: int, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while True:
        with engine.connect() as conn:
            if version_seen(conn) >= version:
                return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(PAUSE_SECONDS)
