"""The RPC edge: so far what every service answers, its published events by position."""

from __future__ import annotations

from eventkit.rpc_server import RpcService


class CasesService(RpcService):
    name = "cases"
