"""The e-mail to somebody's old address: something was changed, with no word of what, of whom, or of any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from eventkit.secret import Secret
from notifications.letters.sender import Sender
from notifications.letters.setting import long_date
from notifications.letters.words import words
from notifications.mailing.address import mail_address

TEMPLATE = "contact_email"


@dataclass(frozen=True)
class ContactEmail:
    mail_id: str
    language: str
    to: Secret
    changed_on: date
    queued_at: datetime


def compose(mail: ContactEmail, sender: Sender, mail_from: Address) -> EmailMessage:
    """The same mail is the same message, with the same Message-ID: who gets it twice can tell. Raises ValueError for
    what cannot be an address."""
    said = words(mail.language, "letter", TEMPLATE, values={
        "changed_on": long_date(mail.changed_on, mail.language), "phone": sender.phone, "tty": sender.tty})
    message = EmailMessage(policy=SMTP)
    # The product's name, not the agency's: it is what others see in a list of mails.
    message["From"] = Address(str(said["product"]), mail_from.username, mail_from.domain)
    message["To"] = mail_address(mail.to.reveal())
    message["Subject"] = said["subject"]
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = f"<{mail.mail_id}@{mail_from.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join([*said["text"], str(said["product"])]) + "\n")
    message["Content-Language"] = mail.language  # only now: content brings its own headers of that kind
    return message
