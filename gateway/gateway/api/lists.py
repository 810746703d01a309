"""Lists, newest first, in pages as the portal's: a cursor leads on, and only in the list it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from gateway.api.fields import Asked, Typed
from gateway.api.shapes import OfTheView, of_the_view
from gateway.view import reading
from gateway.view.choosing import Kind
from gateway.view.paging import PAGE, Cursor
from gateway.view.payment_rows import Made, Received, Sent
from gateway.web.portal import portal, signed_in

LONGEST_CURSOR = 400


class Place(Asked):
    after = Typed("The cursor `older` of an answer: what comes after it.", longest=LONGEST_CURSOR)
    before = Typed("The cursor `newer` of an answer: what comes before it.", longest=LONGEST_CURSOR)

    @validates_schema
    def _one_place(self, asked: Mapping[str, str], **_more: Any) -> None:
        for name in ("after", "before"):
            if name in asked and Cursor.decode(asked[name], "after") is None:
                raise ValidationError("api.field.cursor", name)
        if "after" in asked and "before" in asked:
            raise ValidationError("api.field.one_cursor", "before")


class Listed(OfTheView):
    """Of every list: up to 25 rows, newest first."""

    older = fields.String(required=True, allow_none=True, metadata={
        "description": "For `after`, to go on; null on the last page. It stays good."})
    newer = fields.String(required=True, allow_none=True, metadata={
        "description": "For `before`, to go back; null on the first page."})


def listed(kind: Kind, asked: Mapping[str, str],
           say: Callable[[Any, Mapping[str, str]], Mapping[str, Any]]) -> Mapping[str, Any]:
    """A page of the signed-in customer's payments, as `say` says each with the labels of the cases."""
    viewer_id = signed_in().participant_id
    with portal().engine.connect() as conn:
        page = reading.payments(conn, viewer_id, kind, cursor_of(asked), PAGE)
        labels = reading.case_labels(conn, viewer_id)
        as_of = reading.as_of(conn, "payments")
    rows: list[Made | Sent | Received] = list(page.rows)
    return of_the_view(as_of, payments=[say(row, labels) for row in rows],
                       older=page.older.encode() if page.older else None,
                       newer=page.newer.encode() if page.newer else None)


def cursor_of(asked: Mapping[str, str]) -> Cursor | None:
    if "after" in asked:
        return Cursor.decode(asked["after"], "after")
    return Cursor.decode(asked["before"], "before") if "before" in asked else None
