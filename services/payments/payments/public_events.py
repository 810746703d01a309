"""The public events of payments: what other services and the agency's systems may rely on.

What a contract once said it goes on saying, so the words of version 1 are written out here.
"""

from __future__ import annotations

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from eventkit.public import PublicCatalog
from payments.domain.words import Debt, Destination, Kind, Method, PayeeType, Source, Status

catalog = PublicCatalog("payments")


def _day(*, known: bool = True) -> fields.Date:
    return fields.Date(required=True, allow_none=not known)


def _id(*, known: bool = True) -> fields.String:
    return fields.String(required=True, allow_none=not known)


def _cents() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=1),
                          metadata={"description": "integer cents"})


def _signed_cents() -> fields.Integer:
    return fields.Integer(required=True, strict=True, metadata={"description": "integer cents; more owed is positive"})


def _figure() -> fields.Integer:
    return fields.Integer(required=True, strict=True, metadata={"description": "integer cents"})


def _one_of(words: Iterable[str]) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf([str(word) for word in words]))


def _open_word(words: Iterable[str], *, known: bool = True) -> fields.String:
    """New rules bring new words; a consumer must have an answer for one that it does not know."""
    text = ", ".join(str(word) for word in words)
    return fields.String(required=True, allow_none=not known, validate=validate.Length(min=1),
                         metadata={"description": f"{text}; further ones may come"})


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


@catalog.event("collection_identified", 1)
class CollectionIdentifiedV1(Schema):
    """Whose money it is became known."""

    receipt_id = _id()
    payor_id = _id()
    amount_cents = _cents()
    on = _day()


class AppliedPart(Schema):
    case_id = _id()
    kind = _open_word(("CURRENT_CHILD", "CURRENT_MEDICAL", "CURRENT_SPOUSAL", "ARREARS"))
    amount_cents = _cents()


@catalog.event("collection_applied", 1)
class CollectionAppliedV1(Schema):
    """A collection was applied to what its payor owes; the parts add up to it."""

    receipt_id = _id()
    payor_id = _id()
    applied = fields.List(fields.Nested(AppliedPart), required=True, validate=validate.Length(min=1))


class SharePart(Schema):
    """What a part pays and where it goes; `rule` names the rule that says so. Why a tax refund is held is told as
    `may_be_adjusted`, and then without a day."""

    case_id = _id()
    debt = _open_word(Debt)
    kind = _open_word(Kind, known=False)
    due = _day(known=False)
    amount_cents = _cents()
    to = _open_word(Destination)
    rule = fields.String(required=True)
    hold = fields.String(required=True, allow_none=True)
    until = _day(known=False)


@catalog.event("collection_distributed", 1)
class CollectionDistributedV1(Schema):
    """What waited of a collection was distributed; the shares add up to `amount_cents`."""

    receipt_id = _id()
    payor_id = _id()
    number = fields.Integer(required=True, strict=True)
    amount_cents = _cents()
    received_on = _day()
    applied_on = _day()
    shares = fields.List(fields.Nested(SharePart), required=True, validate=validate.Length(min=1))
    rules = fields.List(fields.String(), required=True)


@catalog.event("collection_held", 1)
class CollectionHeldV1(Schema):
    """A collection is kept for now, for the reason given."""

    receipt_id = _id()
    payor_id = _id(known=False)
    amount_cents = _cents()
    reason = _open_word(("unidentified", "no_case"))


@catalog.event("hold_released", 1)
class HoldReleasedV1(Schema):
    """Money that was held goes on: to the family, back to the payor, or (null) to be distributed anew."""

    receipt_id = _id()
    payor_id = _id(known=False)
    case_id = _id(known=False)
    amount_cents = _cents()
    reason = fields.String(required=True)
    to = _open_word(Destination, known=False)
    on = _day()


@catalog.event("distribution_undone", 1)
class DistributionUndoneV1(Schema):
    """A collection had been distributed wrongly; a new distribution follows."""

    receipt_id = _id()
    payor_id = _id(known=False)
    on = _day()


@catalog.event("collection_reversed", 1)
class CollectionReversedV1(Schema):
    """A collection was taken back, with all that it did; it stays part of the history."""

    receipt_id = _id()
    payor_id = _id(known=False)
    amount_cents = _cents()
    reversed_on = _day()
    reason = _open_word(("NSF", "MISAPPLIED"))


@catalog.event("obligation_set", 1)
class ObligationSetV1(Schema):
    """From `effective_on` an obligation is this much a month."""

    case_id = _id()
    obligation_id = _id()
    kind = _open_word(Kind)
    effective_on = _day()
    monthly_cents = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    ends_on = _day(known=False)


@catalog.event("liquidation_set", 1)
class LiquidationSetV1(Schema):
    """So much a month is asked for on arrears from `effective_on`; it is no debt of its own."""

    case_id = _id()
    effective_on = _day()
    monthly_cents = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class DebtChange(Schema):
    """`what` is principal (of the installment due on `due`), interest, or advance (paid ahead, so less is owed)."""

    kind = _open_word(Kind)
    due = _day(known=False)
    what = _one_of(("principal", "interest", "advance"))
    cents = _signed_cents()


@catalog.event("debt_changed", 1)
class DebtChangedV1(Schema):
    """What is owed on a case changed. All changes of a case, added up, are its balance."""

    case_id = _id()
    reason = _open_word(("charge_posted", "charge_corrected", "payment_credited", "credit_reversed",
                         "interest_accrued", "interest_corrected", "interest_brought", "surplus_moved",
                         "advance_applied", "advance_returned", "direct_payment_credited", "debt_compromised"))
    on = _day()
    changes = fields.List(fields.Nested(DebtChange), required=True, validate=validate.Length(min=1))


_STATUSES_V1 = ("issued", "cleared", "returned", "stop_paid", "reissued", "stale", "voided")


@catalog.event("disbursement_issued", 1)
class DisbursementIssuedV1(Schema):
    """Money was sent to a family."""

    disbursement_id = _id()
    payee_id = _id()
    case_id = _id()
    amount_cents = _cents()
    issued_on = _day()
    method = _one_of(Method)
    status = _one_of(_STATUSES_V1)


class Lot(Schema):
    """What a disbursement is made of: a part of a collection received on that day."""

    received_on = _day()
    debt = _open_word(Debt)
    to = _open_word(Destination)
    amount_cents = _cents()


@catalog.event("disbursement_issued", 2)
class DisbursementIssuedV2(Schema):
    """Money was sent, or is about to be (`pending`), to a family or back to a payor. `ahead_cents` is what it sent
    before anything was there for it; the lots and that add up to it, and there are none while it is pending."""

    disbursement_id = _id()
    payee_type = _one_of((PayeeType.FAMILY, PayeeType.PAYOR))
    payee_id = _id()
    case_id = _id(known=False)
    amount_cents = _cents()
    issued_on = _day()
    method = _one_of(Method)
    status = _one_of(Status)
    lots = fields.List(fields.Nested(Lot), required=True)
    ahead_cents = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


@catalog.event("disbursement_status_changed", 1)
class DisbursementStatusChangedV1(Schema):
    """A disbursement came further on its way, or came back, on the day given."""

    disbursement_id = _id()
    payee_id = _id()
    status = _one_of(_STATUSES_V1)
    on = _day()


class StatementPeriod(Schema):
    """The first and the last day."""

    from_ = fields.Date(required=True, data_key="from")
    to = _day()


class StatementBalance(Schema):
    principal_cents = _figure()
    interest_cents = _figure()
    paid_ahead_cents = _figure()
    total_cents = _figure()


class StatementCharge(Schema):
    kind = _open_word(Kind)
    amount_cents = _figure()


class StatementPayment(Schema):
    """A payment that was taken back is there twice; `source` and `method` are for the payor alone. Where the source is
    OTHER the method says how it was paid; a statement that was issued before this was told has none."""

    received_on = _day()
    source = fields.String(required=True, allow_none=True)
    method = fields.String(allow_none=True)
    amount_cents = _figure()
    reversed = fields.Boolean(required=True)


class StatementAdjustment(Schema):
    on = _day()
    reason = fields.String(required=True, validate=validate.Length(min=1))
    kind = _open_word(Kind)
    amount_cents = _figure()


class StatementCoupon(Schema):
    participant_id = _id(known=False)
    case_id = _id()
    amount_cents = _figure()
    address = fields.List(fields.String(), required=True)


@catalog.event("statement_issued", 1)
class StatementIssuedV1(Schema):
    """The statement of a case for a month, as it goes to its payor: it never changes. One that is issued anew has the
    next number and names the one it replaces. `participant_ids` are those who pay."""

    case_id = _id()
    month = _day()
    number = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    replaces = fields.Integer(required=True, strict=True, allow_none=True)
    issued_on = _day()
    participant_ids = fields.List(fields.String(), required=True)
    period = fields.Nested(StatementPeriod, required=True)
    previous = fields.Nested(StatementBalance, required=True)
    charges = fields.List(fields.Nested(StatementCharge), required=True)
    payments = fields.List(fields.Nested(StatementPayment), required=True)
    adjustments = fields.List(fields.Nested(StatementAdjustment), required=True)
    interest_posted_cents = _figure()
    balance = fields.Nested(StatementBalance, required=True)
    current_due_cents = _figure()
    past_due_cents = _figure()
    interest_cents = _figure()
    paid_ahead_cents = _figure()
    total_cents = _figure()
    liquidation_cents = _figure()
    to_avoid_interest_cents = _figure()
    coupon = fields.Nested(StatementCoupon, required=True)
