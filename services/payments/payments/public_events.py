"""The public events of payments: what other services and the agency's systems may rely on."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from eventkit.public import PublicCatalog
from payments.domain.words import DebtKind, HoldReason, Method, ReversalReason, Source, Status

catalog = PublicCatalog("payments")


def _day() -> fields.Date:
    return fields.Date(required=True)


def _id(*, known: bool = True) -> fields.String:
    return fields.String(required=True, allow_none=not known)


def _cents() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=1),
                          metadata={"description": "integer cents"})


def _one_of(words: Any) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf([word.value for word in words]))


def _open_word(words: Any) -> fields.String:
    """New rules bring new words; a consumer must have an answer for one that it does not know."""
    known = ", ".join(word.value for word in words)
    return fields.String(required=True, validate=validate.Length(min=1),
                         metadata={"description": f"{known}; further ones may come"})


@catalog.event("collection_received", 1)
class CollectionReceivedV1(Schema):
    """The disbursement unit received money."""

    receipt_id = _id()
    payor_id = _id(known=False)
    case_id = _id(known=False)
    amount_cents = _cents()
    received_on = _day()
    posted_on = _day()
    source = _one_of(Source)
    method = fields.String(required=True)


class AppliedPart(Schema):
    case_id = _id()
    kind = _open_word(DebtKind)
    amount_cents = _cents()


@catalog.event("collection_applied", 1)
class CollectionAppliedV1(Schema):
    """A collection was applied to what its payor owes; the parts add up to it."""

    receipt_id = _id()
    payor_id = _id()
    applied = fields.List(fields.Nested(AppliedPart), required=True, validate=validate.Length(min=1))


@catalog.event("collection_held", 1)
class CollectionHeldV1(Schema):
    """A collection is kept for now, for the reason given."""

    receipt_id = _id()
    payor_id = _id(known=False)
    amount_cents = _cents()
    reason = _open_word(HoldReason)


@catalog.event("collection_reversed", 1)
class CollectionReversedV1(Schema):
    """A collection was taken back, with all that it did; it stays part of the history."""

    receipt_id = _id()
    payor_id = _id(known=False)
    amount_cents = _cents()
    reversed_on = _day()
    reason = _open_word(ReversalReason)


@catalog.event("disbursement_issued", 1)
class DisbursementIssuedV1(Schema):
    """Money was sent to a family."""

    disbursement_id = _id()
    payee_id = _id()
    case_id = _id()
    amount_cents = _cents()
    issued_on = _day()
    method = _one_of(Method)
    status = _one_of(Status)


@catalog.event("disbursement_status_changed", 1)
class DisbursementStatusChangedV1(Schema):
    """A disbursement came further on its way, or came back, on the day given."""

    disbursement_id = _id()
    payee_id = _id()
    status = _one_of(Status)
    on = _day()
