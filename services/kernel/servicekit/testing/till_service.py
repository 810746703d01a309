"""The till's RPC edge, as a service would write it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import text

from eventkit.application import Refusal
from eventkit.rpc_server import RpcService, command, query
from eventkit.testing.sample import on_add
from eventkit.unit import Unit


class AddSchema(Schema):
    till = fields.String(required=True)
    amount = fields.Integer(required=True)


class SecondsSchema(Schema):
    seconds = fields.Float(required=True)


class TillService(RpcService):
    name = "till"

    @command(AddSchema)
    def add(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        return on_add(unit, body)

    @command(AddSchema)
    def refuse(self, unit: Unit, body: dict[str, Any]) -> Refusal:
        on_add(unit, body)
        return Refusal("not_accepted")

    @command(AddSchema)
    def fail(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError(f"the secret of {body['till']}")

    @query(SecondsSchema)
    def slow(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        conn.execute(text("SELECT pg_sleep(:s)"), {"s": body["seconds"]})
        return {"slept": body["seconds"], "at": time.time()}
