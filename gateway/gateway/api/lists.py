"""Lists, newest first, in pages as the portal's; of payments all, or those that are chosen.

A cursor leads on, and only in the list it came from. What may be chosen, and what it means, is that of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from marshmallow import ValidationError, fields, validates_schema

from gateway.api.fields import Asked, Choice, Day, Typed
from gateway.api.problems import Refusal
from gateway.api.shapes import OfTheView, of_the_view
from gateway.view import choosing, reading
from gateway.view.choosing import Kind
from gateway.view.paging import PAGE, Cursor
from gateway.view.payment_rows import Made, Received, Sent
from gateway.view.reading import MyCase
from gateway.web.asking import METHODS, SOURCES, asked
from gateway.web.portal import portal, signed_in

LONGEST_CURSOR = 400
WAYS: Final = tuple(way.lower() for way in (*SOURCES, *METHODS))


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


class Chosen(Asked):
    """Which payments; none named, all of them."""

    since = Day("Only payments of this day or later.", data_key="from", attribute="from")
    until = Day("Only payments of this day or earlier.", data_key="to", attribute="to")
    case = Typed("Only payments of this case, by its `id`.")


class PlaceOfChosen(Place, Chosen):
    pass


class ByWay(Chosen):
    how = Choice("Only payments that were paid so: the code of `how` in an answer.", *WAYS)


class PlaceByWay(Place, ByWay):
    pass


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
        mine, as_of = reading.cases_and_as_of(conn, viewer_id, "payments")
        page = reading.payments(conn, viewer_id, kind, cursor_of(asked), PAGE, chosen(kind, asked, mine))
    labels = {case.case_id: case.label for case in mine}
    rows: list[Made | Sent | Received] = list(page.rows)
    return of_the_view(as_of, payments=[say(row, labels) for row in rows],
                       older=page.older.encode() if page.older else None,
                       newer=page.newer.encode() if page.newer else None)


def chosen(kind: Kind, said: Mapping[str, str], mine: Sequence[MyCase]) -> choosing.Choice:
    """What of `said` chooses payments. Raises Refusal where it cannot be, as the page names it."""
    found = asked({**said, "how": said.get("how", "").upper()}, kind, mine)
    if found.errors:
        raise Refusal("invalid", found.errors)
    return found.choice


def cursor_of(asked: Mapping[str, str]) -> Cursor | None:
    if "after" in asked:
        return Cursor.decode(asked["after"], "after")
    return Cursor.decode(asked["before"], "before") if "before" in asked else None
