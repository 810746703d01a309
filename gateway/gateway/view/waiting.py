"""Waiting, for a bounded time, until the view has seen what a command has just done."""

from __future__ import annotations

import time

from sqlalchemy import Engine

from gateway.view.reading import account_version

PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.05


def account_seen(engine: Engine, viewer_id: str, version: int, patience: float = PATIENCE_SECONDS) -> bool:
    """Whether the view has applied that version of the account, now or within `patience` seconds."""
    deadline = time.monotonic() + patience
    while True:
        with engine.connect() as conn:
            if account_version(conn, viewer_id) >= version:
                return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(PAUSE_SECONDS)
