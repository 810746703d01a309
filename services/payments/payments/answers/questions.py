"""What queries are asked with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from payments.answers.moment import Moment


class MomentSchema(Schema):
    """As of when; see `moment.Moment`."""

    effective_on = fields.Date(load_default=None)
    recorded_at = fields.AwareDateTime(load_default=None)


def moment_of(body: Mapping[str, Any]) -> Moment:
    return Moment(body["effective_on"], body["recorded_at"])


class ReceiptSchema(Schema):
    receipt_id = fields.String(required=True)


class PayorSchema(MomentSchema):
    payor_id = fields.String(required=True)


class PayeeSchema(MomentSchema):
    payee_id = fields.String(required=True)


class BalancesSchema(MomentSchema):
    """Of a case, or of all cases a participant is in."""

    case_id = fields.String(load_default=None)
    participant_id = fields.String(load_default=None)

    @validates_schema
    def _one_of_them(self, data: Mapping[str, Any], **_: Any) -> None:
        if bool(data["case_id"]) == bool(data["participant_id"]):
            raise ValidationError("give a case or a participant", "case_id")


class ExplainSchema(MomentSchema):
    """`viewer`: payor, payee (then `case_id` says of which case) or agency."""

    receipt_id = fields.String(required=True)
    viewer = fields.String(required=True, validate=validate.OneOf(("payor", "payee", "agency")))
    case_id = fields.String(load_default=None)

    @validates_schema
    def _case_of_the_payee(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["viewer"] == "payee" and not data["case_id"]:
            raise ValidationError("a payee sees one case", "case_id")


class StatementSchema(Schema):
    case_id = fields.String(required=True)
    month = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{4}-(0[1-9]|1[0-2])$"))
    recorded_at = fields.AwareDateTime(load_default=None)
