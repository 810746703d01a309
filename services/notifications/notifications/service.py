"""The RPC edge: this service takes no commands yet; it answers for its published events."""

from eventkit.rpc_server import RpcService


class NotificationsService(RpcService):
    name = "notifications"
