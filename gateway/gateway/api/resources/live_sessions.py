"""Where the customer is logged in, and ending it there."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from flask import Response
from marshmallow import fields

from gateway.api.problems import Refusal
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import Answer, coded, many, said, word
from gateway.sessions import Live
from gateway.web.portal import portal, signed_in
from gateway.web.visits import end_session

resource = Resource("sessions", __name__, "Where the customer is logged in, on the pages and in apps.")


class LiveSession(Answer):
    id = word("Names it; it opens nothing.")
    device = said("What kind of device: all that is kept of it.", "where.device")
    began_at = fields.DateTime(required=True, metadata={"description": "When they logged in (UTC)."})
    seen_at = fields.DateTime(required=True, metadata={"description": "When it was last used (UTC)."})
    here = fields.Boolean(required=True, metadata={"description": "Whether it is the one that asks."})


class LiveSessions(Answer):
    sessions = many(LiveSession, "The one that asks first, then the last used.")


@resource.endpoint("GET", "/sessions", Reach.OWN_PIN, LiveSessions)
def listed() -> Mapping[str, Any]:
    """Where I am logged in"""
    return {"sessions": [{
        "id": one.id, "device": coded("where.device", one.device), "began_at": one.began_at.astimezone(UTC),
        "seen_at": one.seen_at.astimezone(UTC), "here": one.here} for one in _live()]}


@resource.endpoint("DELETE", "/sessions", Reach.OWN_PIN, None, status=204)
def end_others() -> Response:
    """End all my other sessions"""
    with portal().engine.begin() as conn:
        portal().sessions.end_others(conn, signed_in())
    return Response(status=204)


@resource.endpoint("DELETE", "/sessions/<session_id>", Reach.OWN_PIN, None, status=204, place={
    "session_id": "The `id` of one in `/sessions`. One of somebody else is not found."})
def end_one(session_id: str) -> Response:
    """End one of my sessions"""
    found = next((one for one in _live() if one.id == session_id), None)
    if found is None:
        raise Refusal("not_found")
    if found.here:
        end_session()
    else:
        with portal().engine.begin() as conn:
            portal().sessions.end_others(conn, signed_in(), session_id)
    return Response(status=204)


def _live() -> list[Live]:
    with portal().engine.connect() as conn:
        return portal().sessions.of(conn, signed_in(), portal().clock())
