"""A mail address that a message can be sent to; the library's own errors are of several kinds."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.headerregistry import Address


def mail_address(text: str) -> Address:
    """Raises ValueError, without the text."""
    try:
        found = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        raise ValueError("must be a mail address, like notices@example.gov") from None
    if not (found.username and found.domain):
        raise ValueError("must be a mail address, like notices@example.gov")
    return found
