"""The worker's duty: a key from the start on, and batches on a schedule."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from eventkit.application import Application
from eventkit.duty import Duty
from notifications.metrics import letters_oldest_seconds, letters_waiting
from notifications.printing.press import Busy, Press
from notifications.tables import spool
from servicekit.logs import get_logger

LOOK_SECONDS = 5.0

log = get_logger()


def duties(app: Application, settings: Any) -> Sequence[Duty]:
    def printing(stop: threading.Event) -> None:
        press = Press.of(app, settings)
        press.ensure_key()
        every = settings.PRINT_EVERY_SECONDS
        while not stop.is_set():
            measure(app)
            if every and press.is_due(every):
                try:
                    press.run(settings.LETTERS_DIR)
                except Busy:
                    log.info("batch_made_elsewhere")
            stop.wait(min(every or LOOK_SECONDS, LOOK_SECONDS))

    return [Duty("notifications.printing", printing)]


def measure(app: Application) -> None:
    with app.engine.connect() as conn:
        row = conn.execute(select(func.count().label("depth"), func.min(spool.c.queued_at).label("oldest"))
                           .select_from(spool)).one()
    letters_waiting.set(row.depth)
    letters_oldest_seconds.set((app.clock() - row.oldest).total_seconds() if row.oldest else 0)
