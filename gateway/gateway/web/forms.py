"""What forms share: errors by field, and the brake on too many tries."""

from __future__ import annotations

from flask import request

from gateway.web.errors import TooManyTries
from gateway.web.portal import portal

Errors = dict[str, str]
"""Key of a text by name of the field; "" for what concerns the whole form."""


def knock(rule: str, participant_id: str | None = None, name: str = "too_many") -> None:
    """Raises TooManyTries, of that name, when this address, or the participant given, has tried too often."""
    parts = portal()
    with parts.engine.begin() as conn:
        seconds = parts.throttle.knock(conn, rule, participant_id or request.remote_addr or "", parts.clock())
    if seconds:
        raise TooManyTries(seconds, name)
