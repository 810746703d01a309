"""The SMTP server that takes our mail, and what its answers mean."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from eventkit.secret import Secret
from notifications.domain.mail import Trouble

TIMEOUT_SECONDS = 15.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class NotSent(Exception):
    """An attempt did not succeed. Never what the server wrote: that quotes addresses."""

    def __init__(self, trouble: Trouble, code: int | None = None) -> None:
        super().__init__(trouble.value, code)
        self.trouble = trouble
        self.code = code


@dataclass(frozen=True)
class Server:
    scheme: str
    host: str
    port: int
    user: str | None = None
    password: Secret | None = None

    def send(self, message: EmailMessage) -> None:
        """Returns once the server has taken it. Raises NotSent.

        Each mail has a connection of its own: notices are few, and no state is left from the one before. An error after
        the server took the mail (while saying goodbye) is none.
        """
        with _told(Trouble.OUR_SETTINGS), self._connected() as smtp:
            if self.user and self.password:
                smtp.login(self.user, self.password.reveal())
            with _told(Trouble.REFUSED):
                smtp.send_message(message)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        if self.scheme == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.scheme == "smtp+starttls":
                smtp.starttls(context=context)
            yield smtp
        finally:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()


def smtp_server(url: str) -> Server:
    """`smtps://user:password@host`, `smtp+starttls://...`, or `smtp://host` inside a network of one's own."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("must be like smtps://user:password@host:465, smtp+starttls://... or smtp://host:25")
    if parts.username and parts.scheme == "smtp":
        raise ValueError("has a password and no TLS: use smtps:// or smtp+starttls://")
    password = Secret(unquote(parts.password)) if parts.password else None
    return Server(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme],
                  unquote(parts.username) if parts.username else None, password)


@contextmanager
def _told(permanent: Trouble) -> Iterator[None]:
    """What the library raises as what it means; `permanent` is what a refusal for good means at this point."""
    try:
        yield
    except smtplib.SMTPSenderRefused as error:  # ours is refused, not theirs
        raise _by_code(error.smtp_code, Trouble.OUR_SETTINGS) from None
    except smtplib.SMTPRecipientsRefused as error:
        raise _by_code(next(iter(error.recipients.values()))[0], permanent) from None
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code, permanent) from None
    except smtplib.SMTPNotSupportedError:  # the server cannot do TLS, log-in, or an address of that kind
        raise NotSent(permanent) from None
    except (OSError, smtplib.SMTPException):  # no connection, a lost one, no answer in time, no valid certificate
        raise NotSent(Trouble.UNREACHABLE) from None
    except ValueError:  # a header that cannot be one: the address
        raise NotSent(Trouble.NOT_AN_ADDRESS) from None


def _by_code(code: int, permanent: Trouble) -> NotSent:
    return NotSent(permanent if 500 <= code <= 599 else Trouble.REFUSED_FOR_NOW, code)
