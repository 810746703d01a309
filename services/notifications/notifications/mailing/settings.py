"""Where e-mail goes out and whose it is; with either of the two not set, none is queued and none is sent."""

from __future__ import annotations

from email.headerregistry import Address
from typing import Any

from notifications.mailing.address import mail_address
from notifications.mailing.server import smtp_server
from servicekit.settings import Setting


def our_address(text: str) -> Address:
    """One that every server can read."""
    if not text.isascii():
        raise ValueError("must be a mail address without accents, like notices@example.gov")
    return mail_address(text)


MAILING_SETTINGS = (
    Setting("SMTP_URL", smtp_server, default=None, secret=True,
            help="smtps://user:password@host:465, smtp+starttls://..., or smtp://host; without it no e-mail is sent"),
    Setting("MAIL_FROM", our_address, default=None, help="the address e-mail comes from"),
)


def is_on(settings: Any) -> bool:
    return not unset(settings)


def unset(settings: Any) -> list[str]:
    return [setting.name for setting in MAILING_SETTINGS if getattr(settings, setting.name) is None]
