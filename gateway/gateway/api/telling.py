"""What every endpoint takes and says by which a customer tells the agency something: it acts once, however often it is
sent, and is answered with a number to ask by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import fields, validate

from gateway.api.fields import Sent, Typed
from gateway.api.problems import Refusal
from gateway.api.shapes import Answer, word
from gateway.web import sending
from gateway.web.portal import text
from gateway.web.typed import Typed as Said

PROBLEMS: Final = ("too_many_today", "cases_away", "already_sent")
"""What may go wrong with each of them."""


class Telling(Sent):
    """The base of their bodies."""

    command_id = Typed(
        "Made by the app at random, a UUID for example, and kept until there is an answer. The same content sent again "
        "under the same one acts once and is answered the same, also after another log-in.", required=True,
        validate=validate.Regexp("^[A-Za-z0-9_-]{16,64}$", error="api.field.command_id"),
        metadata={"example": "0d4b1d0e-5f0a-4c3e-9a53-0c4f3f6f2a11"})


class Told(Answer):
    confirmation = word("The confirmation number, by which `/requests` names it; null where it has none.", or_none=True)
    seen = fields.Boolean(required=True, metadata={
        "description": "Whether other answers show it already; else it is received and being processed."})
    text = word("For the reader: what was done.")


def typed(body: Mapping[str, Any], names: tuple[str, ...]) -> Said:
    """As if it had been typed into the form of the page, so that the same is right and wrong."""
    return Said.of({name: _as_typed(value) for name, value in body.items()}, names)


def told(sent: sending.Sent | None, said: Said, words: str) -> Mapping[str, Any]:
    """`words`: what the keys of the texts begin with. Raises Refusal with what is wrong in `said`."""
    if sent is None:
        raise Refusal("invalid", said.told)
    found = sending.outcome(sent.command_id)
    assert found is not None
    return {"confirmation": found.confirmation, "seen": found.seen,
            "text": text(f"{words}.{'seen' if found.seen else 'received'}")}


def _as_typed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
