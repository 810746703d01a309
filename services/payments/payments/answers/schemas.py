"""What leaves by the queries: an allow-list, so that a field somebody adds stays inside until it is here."""

from __future__ import annotations

from marshmallow import Schema, fields


class Owed(Schema):
    principal = fields.Integer(required=True)
    interest = fields.Integer(required=True)
    advance = fields.Integer(required=True)


class ControlTotals(Schema):
    position = fields.Integer(required=True)
    received_cents = fields.Integer(required=True)
    sent_cents = fields.Integer(required=True)
    owed = fields.Nested(Owed, required=True)


class Payment(Schema):
    case_id = fields.String(required=True)
    debt = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    due = fields.String(required=True, allow_none=True)
    amount_cents = fields.Integer(required=True)


class Waiting(Schema):
    reason = fields.String(required=True)
    since = fields.String(required=True)
    amount_cents = fields.Integer(required=True)


class Reversal(Schema):
    on = fields.String(required=True)
    reason = fields.String(required=True)


class PaymentMade(Schema):
    """See `payments_made`. No destination, no bucket, no rule."""

    receipt_id = fields.String(required=True)
    received_on = fields.String(required=True)
    posted_on = fields.String(required=True)
    source = fields.String(required=True)
    method = fields.String(required=True)
    amount_cents = fields.Integer(required=True)
    status = fields.String(required=True)
    paid = fields.List(fields.Nested(Payment), required=True)
    waiting = fields.List(fields.Nested(Waiting), required=True)
    refunded_cents = fields.Integer(required=True)
    reversal = fields.Nested(Reversal, required=True, allow_none=True)
    owed_after_cents = fields.Integer(required=True, allow_none=True)


class PaymentsMade(Schema):
    payments = fields.List(fields.Nested(PaymentMade), required=True)


class StatusOn(Schema):
    status = fields.String(required=True)
    on = fields.String(required=True)


class MadeOf(Schema):
    received_on = fields.String(required=True)
    debt = fields.String(required=True)
    passed_through = fields.Boolean(required=True)
    amount_cents = fields.Integer(required=True)


class PaymentSent(Schema):
    """See `payments_sent`. Nothing of a receipt but its day and amount: no id, source, method, payor or place."""

    disbursement_id = fields.String(required=True)
    case_id = fields.String(required=True, allow_none=True)
    issued_on = fields.String(required=True)
    method = fields.String(required=True)
    amount_cents = fields.Integer(required=True)
    status = fields.String(required=True)
    status_on = fields.String(required=True)
    history = fields.List(fields.Nested(StatusOn), required=True)
    made_of = fields.List(fields.Nested(MadeOf), required=True)
    ahead_cents = fields.Integer(required=True)
    fee_cents = fields.Integer(required=True)


class PaymentsSent(Schema):
    payments = fields.List(fields.Nested(PaymentSent), required=True)


class KindBalance(Schema):
    kind = fields.String(required=True)
    current_due_cents = fields.Integer(required=True)
    past_due_cents = fields.Integer(required=True)
    interest_cents = fields.Integer(required=True)


class NextExpected(Schema):
    on = fields.String(required=True)
    current_cents = fields.Integer(required=True)
    liquidation_cents = fields.Integer(required=True)
    amount_cents = fields.Integer(required=True)


class BalanceSums(Schema):
    due_cents = fields.Integer(required=True)
    past_due_cents = fields.Integer(required=True)
    interest_cents = fields.Integer(required=True)
    paid_ahead_cents = fields.Integer(required=True)
    total_cents = fields.Integer(required=True)


class CaseBalance(BalanceSums):
    case_id = fields.String(required=True)
    current_due_cents = fields.Integer(required=True)
    liquidation_due_cents = fields.Integer(required=True)
    kinds = fields.List(fields.Nested(KindBalance), required=True)
    next_expected = fields.Nested(NextExpected, required=True, allow_none=True)


class Balances(BalanceSums):
    as_of = fields.String(required=True)
    cases = fields.List(fields.Nested(CaseBalance), required=True)


class Period(Schema):
    from_ = fields.String(required=True, data_key="from", attribute="from")
    to = fields.String(required=True)


class StatementBalance(Schema):
    principal_cents = fields.Integer(required=True)
    interest_cents = fields.Integer(required=True)
    paid_ahead_cents = fields.Integer(required=True)
    total_cents = fields.Integer(required=True)


class Charged(Schema):
    kind = fields.String(required=True)
    amount_cents = fields.Integer(required=True)


class StatementPayment(Schema):
    received_on = fields.String(required=True)
    source = fields.String(required=True, allow_none=True)
    method = fields.String(required=True, allow_none=True)
    amount_cents = fields.Integer(required=True)
    reversed = fields.Boolean(required=True)


class Adjustment(Schema):
    on = fields.String(required=True)
    reason = fields.String(required=True)
    kind = fields.String(required=True)
    amount_cents = fields.Integer(required=True)


class Coupon(Schema):
    participant_id = fields.String(required=True, allow_none=True)
    case_id = fields.String(required=True)
    amount_cents = fields.Integer(required=True)
    address = fields.List(fields.String(), required=True)


class Statement(Schema):
    """See `statement`. It goes to the payor."""

    case_id = fields.String(required=True)
    participant_ids = fields.List(fields.String(), required=True)
    period = fields.Nested(Period, required=True)
    previous = fields.Nested(StatementBalance, required=True)
    charges = fields.List(fields.Nested(Charged), required=True)
    payments = fields.List(fields.Nested(StatementPayment), required=True)
    adjustments = fields.List(fields.Nested(Adjustment), required=True)
    interest_posted_cents = fields.Integer(required=True)
    balance = fields.Nested(StatementBalance, required=True)
    current_due_cents = fields.Integer(required=True)
    past_due_cents = fields.Integer(required=True)
    interest_cents = fields.Integer(required=True)
    paid_ahead_cents = fields.Integer(required=True)
    total_cents = fields.Integer(required=True)
    liquidation_cents = fields.Integer(required=True)
    to_avoid_interest_cents = fields.Integer(required=True)
    coupon = fields.Nested(Coupon, required=True)
