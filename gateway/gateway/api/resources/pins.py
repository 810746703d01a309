"""PINs: choose the first one, change it, ask for a temporary one by mail."""

from collections.abc import Mapping
from typing import Any

from eventkit.secret import Secret
from gateway.api.fields import Sent, Typed
from gateway.api.problems import Refusal
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.resources.sessions import IDENTIFIER, Begun, begun
from gateway.api.shapes import Answer, word
from gateway.web.entering import PinIsSet, change_pin, request_pin
from gateway.web.forms import Errors
from gateway.web.portal import text

resource = Resource("pin", __name__, "Choose a PIN after a temporary one, change it, or ask for a new one by mail.")
NEW = {"format": "password", "example": "640275"}


class NewPin(Sent):
    new_pin = Typed("6 to 12 digits, not easy to guess, no part of the customer's own numbers.", required=True,
                    metadata=NEW)


class OtherPin(NewPin):
    current_pin = Typed("The PIN until now. Wrong ones count like wrong log-ins.", required=True,
                        metadata={"format": "password", "example": "482913"})


class Changed(Begun):
    """The session goes on under another token; all other sessions end."""

    text = word("For the reader: the PIN is saved, or was received and is being processed.")


class ForALetter(Sent):
    identifier = Typed("Participant ID number (10 to 15 digits) or SSN (9 digits); spaces and dashes are fine.",
                       required=True, metadata={"pattern": IDENTIFIER, "example": "1000000001"})


class Requested(Answer):
    text = word("For the reader: what happens next. The same for everyone.")


@resource.endpoint("PUT", "/pin/first", Reach.TEMPORARY_PIN, Changed, body=NewPin, problems=("too_many", "auth_away"))
def choose(typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Choose a PIN after a log-in with a temporary one

    The token of the answer takes the place of the one that asked.
    """
    return _changed(change_pin(Secret(typed["new_pin"].strip())))


@resource.endpoint("PUT", "/pin", Reach.OWN_PIN, Changed, body=OtherPin, problems=("too_many", "auth_away"))
def replace(typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Change the PIN

    The token of the answer takes the place of the one that asked; all other sessions end.
    """
    return _changed(change_pin(Secret(typed["new_pin"].strip()), Secret(typed["current_pin"].strip())))


@resource.endpoint("POST", "/pin/requests", Reach.ANYONE, Requested, status=202, body=ForALetter,
                   problems=("too_many", "auth_away"))
def request_letter(typed: Mapping[str, str]) -> Mapping[str, str]:
    """Ask for a temporary PIN by mail

    The answer is the same for everyone, so nobody learns who is a customer.
    """
    if errors := request_pin(Secret(typed["identifier"])):
        raise Refusal("invalid", errors)
    return {"text": f"{text('request_pin.done.heading')}. {text('request_pin.done.text')}"}


def _changed(found: PinIsSet | Errors) -> Mapping[str, Any]:
    if isinstance(found, PinIsSet):
        return {**begun(found.session), "text": text(found.notice)}
    raise Refusal("invalid", found)
