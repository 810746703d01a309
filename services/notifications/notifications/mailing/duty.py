"""The worker's duty: e-mail goes out as it falls due; none where no server is set."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from eventkit.application import Application
from eventkit.duty import Duty
from notifications.letters.sender import sender_of
from notifications.mailing.mailer import Mailer
from notifications.mailing.settings import is_on, unset
from notifications.metrics import mails_given_up, mails_waiting
from notifications.tables import outgoing_mail
from servicekit.logs import get_logger

LOOK_SECONDS = 2.0

log = get_logger()


def duties(app: Application, settings: Any) -> Sequence[Duty]:
    """Asked for once, when the worker starts."""
    if not is_on(settings):
        log.warning("email_off", reason="not set", name=", ".join(unset(settings)))
        return []

    def mailing(stop: threading.Event) -> None:
        mailer = Mailer(app, settings.PERSONAL_KEYS, sender_of(settings), settings.SMTP_URL, settings.MAIL_FROM)
        while not stop.is_set():
            measure(app)
            if not mailer.send_due():
                stop.wait(LOOK_SECONDS)

    return [Duty("notifications.mailing", mailing)]


def measure(app: Application) -> None:
    with app.engine.connect() as conn:
        row = conn.execute(select(func.count(outgoing_mail.c.next_try_at).label("waiting"),
                                  func.count().label("kept")).select_from(outgoing_mail)).one()
    mails_waiting.set(row.waiting)
    mails_given_up.set(row.kept - row.waiting)
