"""Sends what is due: open, send, record, each outside the others, so that no transaction waits for a server.

At-least-once remains in two places: this process dies after the server took a mail and before that is recorded, or the
server's last answer is lost. The mail then goes again, with the same Message-ID. Nothing else sends one twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Row

from eventkit.application import Application
from eventkit.crypto import CannotDecrypt, Keyring
from eventkit.secret import Secret
from eventkit.store import Metadata
from notifications.domain.mail import Command, MailDelayed, MailGivenUp, RecordSent, RecordTrouble, Trouble, mail
from notifications.letters.sender import Sender
from notifications.mailing.contact_email import ContactEmail, compose
from notifications.mailing.server import NotSent, Server
from notifications.metrics import mails_total
from notifications.personal import decrypt
from notifications.tables import outgoing_mail
from servicekit.logs import get_logger

AT_ONCE = 20

log = get_logger()


@dataclass(frozen=True)
class Mailer:
    app: Application
    keyring: Keyring
    sender: Sender
    server: Server
    mail_from: Address

    def send_due(self) -> int:
        """How many were tried. Raises KeyMissing: nobody's mail is given up for a key of ours."""
        with self.app.engine.connect() as conn:
            due = conn.execute(
                select(outgoing_mail).where(outgoing_mail.c.next_try_at <= self.app.clock())
                .order_by(outgoing_mail.c.next_try_at, outgoing_mail.c.mail_id).limit(AT_ONCE)).all()
        for row in due:
            self._record(row.mail_id, self._try(row))
        return len(due)

    def _try(self, row: Row[Any]) -> Command:
        try:
            self.server.send(self._message(row))
        except NotSent as error:
            return RecordTrouble(error.trouble, error.code, self.app.clock())
        return RecordSent()

    def _message(self, row: Row[Any]) -> EmailMessage:
        try:
            to = Secret(decrypt(self.keyring, row.email_enc, f"{row.participant_id}|email"))
            return compose(ContactEmail(row.mail_id, row.language, to, row.changed_on, row.queued_at), self.sender,
                           self.mail_from)
        except (CannotDecrypt, ValueError):
            raise NotSent(Trouble.NOT_AN_ADDRESS) from None

    def _record(self, mail_id: str, came_of_it: Command) -> None:
        with self.app.transaction(by("mailing")) as unit:
            [event] = unit.decide(mail, mail_id, came_of_it).events
            mine = outgoing_mail.c.mail_id == mail_id
            if isinstance(event, MailDelayed | MailGivenUp):
                again = event.next_try_at if isinstance(event, MailDelayed) else None
                unit.conn.execute(update(outgoing_mail).where(mine).values(next_try_at=again))
            else:
                unit.conn.execute(delete(outgoing_mail).where(mine))
        _tell(mail_id, event, self.app.clock())


def _tell(mail_id: str, event: Any, now: datetime) -> None:
    match event:
        case MailDelayed(_, trouble, code, next_try_at):
            log.warning("email_delayed", mail_id=mail_id, reason=trouble.value, code=code,
                        retry_seconds=round((next_try_at - now).total_seconds()))
        case MailGivenUp(_, trouble, code, attempts):
            mails_total.labels("given_up").inc()
            log.error("email_given_up", mail_id=mail_id, reason=trouble.value, code=code, attempt=attempts)
        case _:
            mails_total.labels("sent").inc()
            log.info("email_sent", mail_id=mail_id)


def by(what: str, actor: str = "service:notifications") -> Metadata:
    act = f"{what}:{datetime.now(UTC).isoformat()}"
    return Metadata(actor, what, act, act)
