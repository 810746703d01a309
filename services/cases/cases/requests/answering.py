"""What the agency does with a request: take it up, answer it, look at what was in it."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from cases.domain.request import AnswerRequest, ReadContent, TakeUpRequest, request
from cases.local_time import day_of
from cases.requests.index import content_of, store_request
from cases.requests.safe import Safe
from eventkit.decider import Rejected
from eventkit.secret import Secret
from eventkit.unit import Outcome, Unit

LONGEST_MESSAGE = 2000
_NOT_WRITTEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


def take_up(unit: Unit, confirmation: str, operator: str) -> None:
    _keep(unit, confirmation, unit.decide(request, confirmation, TakeUpRequest(confirmation, operator)))


def answer(unit: Unit, safe: Safe, confirmation: str, operator: str, code: str, message: Secret | None) -> None:
    """Raises Rejected: `invalid` with `field` and `why` for a message that cannot be shown."""
    details = unit.state(request, confirmation).details
    if details is None:
        raise Rejected("unknown_request")
    text = _message(message)
    protected = safe.message(confirmation, details.participant_id, text, details.message) if text else None
    command = AnswerRequest(confirmation, operator, code, protected, day_of(unit.now))
    _keep(unit, confirmation, unit.decide(request, confirmation, command))


def read_content(unit: Unit, safe: Safe, confirmation: str, operator: str) -> dict[str, Any]:
    """What was asked or reported, {} where there was nothing beyond the kind. That it was looked at, and by whom, is
    on record with it or not at all. Raises CannotDecrypt where REPORT_KEYS lack the key."""
    unit.decide(request, confirmation, ReadContent(confirmation, operator))
    kept = content_of(unit.conn, confirmation)
    if kept is None:
        return {}
    content: dict[str, Any] = json.loads(safe.take_out(confirmation, kept).reveal())
    return content


def message_of(unit: Unit, safe: Safe, confirmation: str) -> Secret | None:
    """What was answered in words. Raises CannotDecrypt where SHOWN_KEYS lack the key."""
    details = unit.state(request, confirmation).details
    if details is None or details.message is None:
        return None
    return safe.told(details.participant_id, details.message.value)


def _keep(unit: Unit, confirmation: str, outcome: Outcome) -> None:
    if outcome.events:
        store_request(unit.conn, confirmation, outcome.version, outcome.state.details)


def _message(message: Secret | None) -> Secret | None:
    """In plain lines; nothing that a page or a phone could trip over."""
    text = unicodedata.normalize("NFC", message.reveal().replace("\r\n", "\n")).strip() if message else ""
    if len(text) > LONGEST_MESSAGE:
        raise Rejected("invalid", field="message", why="too_long")
    if any(unicodedata.category(letter) in _NOT_WRITTEN for letter in text if letter != "\n"):
        raise Rejected("invalid", field="message", why="control_characters")
    return Secret(text) if text else None
