"""The RPC edge of payments: translates, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from eventkit.rpc_server import RpcService, query
from payments.domain.words import registry
from payments.explanation import explain


class ReceiptSchema(Schema):
    receipt_id = fields.String(required=True)


class PaymentsService(RpcService):
    name = "payments"

    @query(ReceiptSchema)
    def receipt(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """What became of a receipt; see `explanation.explain`."""
        return explain(conn, registry, body["receipt_id"])
