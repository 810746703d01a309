"""The RPC edge of payments: translates, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import Schema

from eventkit.rpc_server import RpcService, query
from payments.answers import questions, schemas
from payments.answers.balances import balances
from payments.answers.control_totals import control_totals
from payments.answers.explaining import explain_to_payee, explain_to_payor
from payments.answers.moment import Moment
from payments.answers.payments_made import payments_made
from payments.answers.payments_sent import payments_sent
from payments.answers.statement import statement
from payments.domain.words import registry
from payments.explanation import explain


class PaymentsService(RpcService):
    name = "payments"

    @query(questions.ReceiptSchema)
    def receipt(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """What became of a receipt; see `explanation.explain`."""
        return explain(conn, registry, body["receipt_id"])

    @query(questions.PayorSchema)
    def payments_made(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """{"payments": see `answers.payments_made`}"""
        found = payments_made(conn, body["payor_id"], questions.moment_of(body))
        return _out(schemas.PaymentsMade(), {"payments": found})

    @query(questions.PayeeSchema)
    def payments_sent(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """{"payments": see `answers.payments_sent`}"""
        found = payments_sent(conn, body["payee_id"], questions.moment_of(body))
        return _out(schemas.PaymentsSent(), {"payments": found})

    @query(questions.BalancesSchema)
    def balances(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """What is owed on a case, or on all cases of a participant; see `answers.balances`."""
        found = balances(conn, questions.moment_of(body), case_id=body["case_id"],
                         participant_id=body["participant_id"])
        return _out(schemas.Balances(), found)

    @query(questions.ExplainSchema)
    def explain(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """What became of a receipt, for a viewer; the steps of payor and payee are listed in `answers.steps`."""
        moment = questions.moment_of(body)
        match body["viewer"]:
            case "payor":
                return explain_to_payor(conn, body["receipt_id"], moment)
            case "payee":
                return explain_to_payee(conn, body["receipt_id"], body["case_id"], moment)
            case _:
                return explain(conn, registry, body["receipt_id"], moment)

    @query(questions.StatementSchema)
    def statement(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a monthly statement; see `answers.statement`."""
        month = date.fromisoformat(f"{body['month']}-01")
        return _out(schemas.Statement(), statement(conn, body["case_id"], month, Moment(None, body["recorded_at"])))

    @query(Schema)
    def control_totals(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """Sums for whoever keeps a view; see `answers.control_totals`."""
        return _out(schemas.ControlTotals(), control_totals(conn))


def _out(schema: Schema, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Only what the schema names leaves."""
    told: dict[str, Any] = schema.dump(answer)
    return told
