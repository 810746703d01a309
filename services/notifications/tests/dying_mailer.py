"""`python dying_mailer.py STEP NOW`: sends what is due and kills itself with -9 before or after the server took it."""

import os
import signal
import sys
from datetime import datetime
from email.message import EmailMessage

from eventkit.application import Application
from notifications.definition import definition
from notifications.letters.sender import sender_of
from notifications.mailing.mailer import Mailer
from notifications.mailing.server import Server
from servicekit.process import make_engine
from servicekit.settings import load


class Dying:
    def __init__(self, server: Server, step: str) -> None:
        self._server = server
        self._step = step

    def send(self, message: EmailMessage) -> None:
        self._die_at("sending")
        self._server.send(message)
        self._die_at("sent")

    def _die_at(self, reached: str) -> None:
        if reached == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


def main(step: str, now: datetime) -> None:
    settings = load(definition.all_settings(), os.environ)
    app = Application("notifications", make_engine(settings.DATABASE_URL), definition.registry, definition.publish,
                      lambda: now)
    server: Server = Dying(settings.SMTP_URL, step)  # type: ignore[assignment]
    Mailer(app, settings.PERSONAL_KEYS, sender_of(settings), server, settings.MAIL_FROM).send_due()


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]))
