"""The service side of RPC: nameko carries it, marshmallow translates, and errors never carry personal data."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog
from kombu.exceptions import OperationalError
from marshmallow import EXCLUDE, Schema, ValidationError, fields
from nameko.extensions import DependencyProvider
from nameko.rpc import rpc
from structlog.contextvars import bound_contextvars

from eventkit import outbox
from eventkit.application import Application, Reply, Request
from eventkit.decider import Rejected
from eventkit.errors import reason_of
from eventkit.metrics import command_seconds, commands_total
from eventkit.rpc_client import BROKEN

log = structlog.get_logger()
M = TypeVar("M", bound=Callable[..., Any])
MAX_PAGE = 2000


class CommandSchema(Schema):
    """What every command comes in."""

    class Meta:
        unknown = EXCLUDE

    command_id = fields.String(required=True)
    actor = fields.String(required=True)
    channel = fields.String(required=True)
    correlation_id = fields.String(load_default="")
    body = fields.Dict(required=True)


class PageSchema(Schema):
    position = fields.Integer(required=True, validate=lambda p: p >= 0)
    limit = fields.Integer(load_default=1000, validate=lambda n: 0 < n <= MAX_PAGE)


class Kernel(DependencyProvider):  # type: ignore[misc]
    """Gives every worker the one Application of the process."""

    def get_dependency(self, worker_ctx: Any) -> Application:
        application: Application = self.container.config["application"]
        return application


def command(schema: type[Schema]) -> Callable[[M], Any]:
    """`method(self, unit, body) -> result | Refusal`: body is loaded by `schema`, the transaction is kernel's."""
    loader = schema()

    def wrap(method: M) -> Any:
        name = method.__name__

        def entry(self: Any, payload: dict[str, Any]) -> dict[str, Any]:
            def run() -> Reply:
                outer = CommandSchema().load(payload)
                loader.load(outer["body"])  # before the transaction: a bad body costs no database work
                request = Request(name, outer["body"], outer["command_id"], outer["actor"], outer["channel"],
                                  outer["correlation_id"])
                app: Application = self.kernel
                with bound_contextvars(correlation_id=outer["correlation_id"]):
                    return app.handle(request, lambda unit, body: method(self, unit, loader.load(body)))

            return _answer(name, run)

        entry.__name__ = name
        entry.__doc__ = method.__doc__
        return rpc(entry)

    return wrap


def query(schema: type[Schema]) -> Callable[[M], Any]:
    """`method(self, conn, body) -> result`: reads only, in one short transaction."""
    loader = schema()

    def wrap(method: M) -> Any:
        name = method.__name__

        def entry(self: Any, payload: dict[str, Any]) -> dict[str, Any]:
            def run() -> Reply:
                body = loader.load(payload.get("body") or {})
                with self.kernel.engine.begin() as conn:
                    return Reply(True, method(self, conn, body))

            return _answer(name, run)

        entry.__name__ = name
        entry.__doc__ = method.__doc__
        return rpc(entry)

    return wrap


class RpcService:
    """What every service answers: its published events by position, for whoever has a gap."""

    name: str
    kernel = Kernel()

    @query(PageSchema)
    def events_after(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """{"events": [CloudEvents envelopes after `position`, in order, at most `limit`]}"""
        events = outbox.page(conn, self.kernel.service, body["position"], body["limit"])
        return {"events": [event.to_dict() for event in events]}

    @query(Schema)
    def last_position(self, conn: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        """{"position": the last position given, 0 for none}"""
        return {"position": outbox.last_position(conn)}


def _answer(name: str, run: Callable[[], Reply]) -> dict[str, Any]:
    started = time.monotonic()
    reply = _safely(name, run)
    commands_total.labels(name, "ok" if reply.ok else str(reply.code)).inc()
    command_seconds.labels(name).observe(time.monotonic() - started)
    return reply.to_dict()


def _safely(name: str, run: Callable[[], Reply]) -> Reply:
    try:
        return run()
    except Rejected as refusal:
        return Reply(False, {}, refusal.code, refusal.details)
    except ValidationError as error:
        wrong = ",".join(sorted(map(str, error.messages_dict)))
        return Reply(False, {}, "invalid", {"fields": wrong})
    except Exception as error:
        incident = uuid.uuid4().hex[:12]
        log.error("rpc_failed", method=name, incident=incident, error=reason_of(error))
        return Reply(False, {}, "internal", {"incident": incident})


def run_service(service_class: type[RpcService], application: Application, amqp_url: str, workers: int,
                stop: threading.Event, ready: Callable[[], None]) -> None:
    """Serves until `stop` is set; `ready` is called each time it begins to. While the broker is away, tries again.

    nameko waits for a broker that is away, but its container gives up for good where an answer could not be sent for
    that. So a new one begins then: a process that lives and hears nothing is the worst of all. Raises what a container
    ended with if it is no matter of the broker.

    The process must be patched by eventlet (`servicekit.patched`): nameko's workers are green threads.
    """
    from nameko.containers import ServiceContainer

    config = {"AMQP_URI": amqp_url, "max_workers": workers, "application": application, "serializer": "json",
              "HEARTBEAT": 30}
    while not stop.is_set():
        container = ServiceContainer(service_class, config=config)
        try:
            container.start()
            ready()
            _serve(container, stop)
        except (*BROKEN, OperationalError) as error:
            log.warning("rpc_waits_for_broker", error=type(error).__name__)
            container.kill()
            stop.wait(1)


def _serve(container: Any, stop: threading.Event) -> None:
    """Until `stop` is set, then ends in order. Raises what the container ended with by itself."""
    import eventlet

    ended = eventlet.spawn(container.wait)
    while not stop.wait(0.2):
        if ended.dead:
            ended.wait()
            return
    container.stop()
