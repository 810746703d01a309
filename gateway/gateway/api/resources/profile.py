"""My Profile: what is on file of the customer, masked, and what they asked or reported."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from marshmallow import fields

from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, CaseName, OfTheView, coded, day, many, of_the_view, part, said, word
from gateway.shown import ON_FILE, PROFILE, Text
from gateway.view import my_cases, my_profile, reading
from gateway.view.my_profile import Request
from gateway.web.portal import portal, signed_in

resource = Resource("profile", __name__, "What is on file of the customer, masked, and what they asked or reported.")


class OnFile(Answer):
    text = word("Masked; null where nothing is on file, or it cannot be shown now.", or_none=True)
    on_file = fields.Boolean(required=True, metadata={"description": "Whether there is something."})


class Profile(OfTheView):
    name, address, phone_home, phone_mobile, phone_work, email, employer = (
        part(OnFile, f"{about}, masked.") for about in ("Name", "Mailing address", "Home phone", "Mobile phone",
                                                        "Work phone", "E-mail address", "Employer"))
    address_valid = fields.Boolean(required=True, allow_none=True, metadata={
        "description": "False where mail came back; null where nothing is on file."})
    speaks = word("Language of letters and e-mail, `en` or `es`; null where nothing is on file.", or_none=True)
    email_notices = fields.Boolean(required=True, allow_none=True, metadata={
        "description": "Whether notices come by e-mail; null where nothing is on file."})
    changed_on = day("When it was last changed; null where nothing is on file.", or_none=True)


class MyRequest(Answer):
    confirmation = word("The confirmation number.")
    kind = said("What it is.", "requests.kind")
    status = said("Whether it was answered.", "requests.status")
    received_at = fields.DateTime(required=True, metadata={"description": "When we received it (UTC)."})
    case = part(CaseName, "The case; null where it is of none.", or_none=True)
    answer = said("The answer; null where there is none yet.", "requests.answer", or_none=True)
    message = word("What the agency wrote; null where it wrote nothing.", or_none=True)
    answered_on = day("When it was answered; null where it was not.", or_none=True)


class Requests(OfTheView):
    requests = many(MyRequest, "Newest first. What was in them is never said.")


@resource.endpoint("GET", "/profile", Reach.OWN_PIN, Profile)
def profile() -> Mapping[str, Any]:
    """What is on file of me"""
    parts, viewer = portal(), signed_in()
    with parts.engine.connect() as conn:
        found = my_profile.profile_of(conn, viewer.participant_id)
        as_of = reading.as_of(conn, "cases")
    shown: Mapping[str, Text] = (
        parts.shown.profile(viewer.participant_id, found.shown_enc) if found else dict.fromkeys(PROFILE))
    return of_the_view(
        as_of, **{name: _on_file(shown[name]) for name in PROFILE}, address_valid=found and found.address_valid,
        speaks=found and found.language, email_notices=found and found.email_notices,
        changed_on=found and found.changed_on)


@resource.endpoint("GET", "/requests", Reach.OWN_PIN, Requests)
def requests() -> Mapping[str, Any]:
    """What I asked or reported"""
    with portal().engine.connect() as conn:
        found = my_profile.requests_of(conn, signed_in().participant_id)
        labels = my_cases.labels(my_cases.cases_of(conn, signed_in().participant_id))
        as_of = reading.as_of(conn, "cases")
    return of_the_view(as_of, requests=[_said(one, labels) for one in found])


def _said(of: Request, labels: Mapping[str, str]) -> Mapping[str, Any]:
    message = portal().shown.answer(signed_in().participant_id, of.answer_enc) if of.answer else None
    return {
        "confirmation": of.confirmation, "kind": coded("requests.kind", of.kind),
        "status": coded("requests.status", of.status), "received_at": of.received_at.astimezone(UTC),
        "case": {"id": of.case_id, "label": labels[of.case_id]} if of.case_id and of.case_id in labels else None,
        "answer": coded("requests.answer", of.answer) if of.answer else None,
        "message": message if isinstance(message, str) else None, "answered_on": of.answered_on if of.answer else None,
    }


def _on_file(value: Text) -> Mapping[str, Any]:
    return {"text": value if isinstance(value, str) else None, "on_file": value is ON_FILE or bool(value)}
