"""What the API takes and gives, as marshmallow schemas: the OpenAPI document is made of them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser

from cases.domain.request import ANSWERED as DONE
from cases.domain.request import ANSWERS, IN_REVIEW, RECEIVED
from cases.requests.answering import LONGEST_MESSAGE
from cases.requests.index import After

KINDS: Final = tuple(ANSWERS)
CODES: Final = tuple(dict.fromkeys(code for codes in ANSWERS.values() for code in codes))
MOST = 200
LAST = 2**63 - 1  # that the database can count to
_ID = validate.Regexp(r"^[A-Za-z0-9-]{1,64}$", error="is not an id")


class Parser(FlaskParser):
    """Reads a body; whatever json cannot read is the sender's mistake. What is sent and not known is an error too."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012  as webargs has it
        "json": None, "query": None, "headers": EXCLUDE}

    def load_json(self, req: Any, schema: Any) -> Any:
        try:
            return super().load_json(req, schema)
        except (ValueError, RecursionError) as error:  # a number too long to read, brackets too deep
            return self._handle_invalid_json_error(error, req)  # type: ignore[arg-type]


class Cursor(fields.Field[After]):
    """The place behind the last one of a page. Callers pass it on as it is."""

    def _serialize(self, value: After | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        if value is None:
            return None
        return base64.urlsafe_b64encode(f"{value[0].isoformat()}|{value[1]}".encode()).decode().rstrip("=")

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> After:
        try:
            text = base64.b64decode(f"{value}===", b"-_").decode("ascii")
            due, _bar, number = text.partition("|")
            if len(number) > 20 or not number.isprintable():
                raise ValueError
            return date.fromisoformat(due), number
        except (ValueError, binascii.Error):
            raise ValidationError("is not a cursor of ours") from None


class Nothing(Schema):
    """Of an address that takes no parameters: one that is sent is an error, not ignored."""


class Wanted(Schema):
    kind = fields.String(validate=validate.OneOf(KINDS))
    status = fields.String(validate=validate.OneOf((RECEIVED, IN_REVIEW, DONE)))
    open = fields.Boolean(load_default=False, metadata={"description": "Only what is not answered."})
    overdue = fields.Boolean(load_default=False, metadata={
        "description": "Only what is neither answered nor taken up by the day it is due."})
    safety_concern = fields.Boolean(load_default=False, metadata={
        "description": "Only where the customer says that somebody may be in danger."})
    participant_id = fields.String(validate=_ID)
    received_before = fields.Date(metadata={"description": "A day of the agency (Pacific time)."})
    cursor = Cursor(metadata={"description": "`next_cursor` of the page before."})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))


class Since(Schema):
    since = fields.Integer(load_default=0, validate=validate.Range(0, LAST), metadata={
        "description": "`next` of the answer before; 0 begins with the first."})
    content = fields.Boolean(load_default=False, metadata={
        "description": "With what was asked or reported; each goes on record as looked at by you."})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))


class RequestShape(Schema):
    confirmation = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    status = fields.String(required=True, validate=validate.OneOf((RECEIVED, IN_REVIEW, DONE)))
    participant_id = fields.String(required=True)
    case_id = fields.String(required=True, allow_none=True)
    appointment_id = fields.String(required=True, allow_none=True)
    safety_concern = fields.Boolean(required=True)
    received_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    taken_by = fields.String(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)
    answered_on = fields.Date(required=True, allow_none=True)
    possible_answers = fields.List(fields.String(), required=True)


class PageShape(Schema):
    requests = fields.List(fields.Nested(RequestShape), required=True)
    next_cursor = Cursor(required=True, allow_none=True)


class ChangedShape(RequestShape):
    position = fields.Integer(required=True, metadata={"description": "Of its last change."})
    content = fields.Dict(metadata={"description": "Only where it was asked for: field by field, unverified."})


class ChangesShape(Schema):
    requests = fields.List(fields.Nested(ChangedShape), required=True)
    next = fields.Integer(required=True, metadata={"description": "Where to go on, now or another day. Keep it only "
                                                   "when you have kept these requests."})
    more = fields.Boolean(required=True, metadata={"description": "Whether there is more now."})


class StepShape(Schema):
    what = fields.String(required=True, validate=validate.OneOf(("received", "taken_up", "answered", "content_read")))
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True, metadata={"description": "An operator; null: the customer."})


class HistoryShape(Schema):
    steps = fields.List(fields.Nested(StepShape), required=True)


class ContentShape(Schema):
    said = fields.Dict(required=True, metadata={"description": "Field by field, unverified."})
    message = fields.String(required=True, allow_none=True, metadata={"description": "What was answered in words."})


class Keyed(Schema):
    """Header of whatever changes something."""

    idempotency_key = fields.String(
        required=True, data_key="Idempotency-Key", validate=validate.Regexp(r"^[A-Za-z0-9_-]{8,64}$",
                                                                            error="is 8 to 64 letters and digits"),
        metadata={"description": "The same key with the same body is the same act, done once."})


class AnswerBody(Schema):
    answer = fields.String(required=True, validate=validate.OneOf(CODES))
    message = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_MESSAGE),
                            metadata={"description": "For the customer, in their language. To who reported something "
                                      "of the other party it must never tell whether that was right."})


class WrongField(Schema):
    field = fields.String(required=True)
    detail = fields.String(required=True)


class Problem(Schema):
    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    errors = fields.List(fields.Nested(WrongField))
    incident = fields.String()
