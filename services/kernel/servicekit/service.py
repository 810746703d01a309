"""What a service is, in one place: its events, what it publishes, what it hears, its settings and its roles."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, text

from eventkit import outbox
from eventkit.application import Application
from eventkit.duty import Duty
from eventkit.events import EventRegistry
from eventkit.public import PublicCatalog
from eventkit.relay import Relay
from eventkit.rpc_client import RpcClient
from eventkit.source import RpcSource
from eventkit.subscriber import Subscriber
from eventkit.subscription import Subscription
from eventkit.unit import Publish
from servicekit.process import make_engine
from servicekit.settings import Setting, Settings

if TYPE_CHECKING:
    from eventkit.rpc_server import RpcService

Subscribe = Callable[[Application, Settings], Sequence[Subscription]]
FurtherDuties = Callable[[Application, Settings], Sequence[Duty]]



def _log_level(text: str) -> str:
    if text not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return text


COMMON_SETTINGS = (
    Setting("DATABASE_URL", "database_url", help="the service's database, as its own limited role"),
    Setting("DATABASE_OWNER_URL", "database_url", default=None,
            help="the same database as the role that owns its tables; only for migrate and rebuild"),
    Setting("DATABASE_APP_ROLE", "text", default=None, help="the role that migrations give rights to"),
    Setting("AMQP_URL", "text", help="the broker, amqp://user:password@host:5672/vhost", secret=True),
    Setting("HEALTH_PORT", "integer", default=0, help="port of /healthz, /readyz and /metrics; 0: any free one"),
    Setting("HEALTH_HOST", "text", default="127.0.0.1", help="address of the health port"),
    Setting("RPC_WORKERS", "integer", default=20, help="commands and queries worked on at once"),
    Setting("LOG_LEVEL", _log_level, default="INFO", help="DEBUG, INFO, WARNING or ERROR"),
)


@dataclass(frozen=True)
class ServiceDefinition:
    """`rpc` is "module:Class", imported only in the rpc role, so that no other role loads nameko."""

    name: str
    registry: EventRegistry
    publish: Publish
    catalog: PublicCatalog
    migrations: Path
    settings: Sequence[Setting] = ()
    subscriptions: Subscribe = field(default=lambda _app, _settings: ())
    duties: FurtherDuties = field(default=lambda _app, _settings: ())
    rpc: str | None = None

    @property
    def publishes(self) -> bool:
        """Whether it has public events; one that only listens needs no relay."""
        return next(self.catalog.events(), None) is not None

    def all_settings(self) -> tuple[Setting, ...]:
        return (*COMMON_SETTINGS, *self.settings)

    def application(self, settings: Settings, pool: int = 10) -> Application:
        engine = make_engine(settings.DATABASE_URL, pool)
        app = Application(self.name, engine, self.registry, self.publish)
        app.settings = settings
        return app

    def rpc_class(self) -> type[RpcService]:
        assert self.rpc is not None
        module, _, name = self.rpc.partition(":")
        found: type[RpcService] = getattr(importlib.import_module(module), name)
        return found

    def relay_duty(self, app: Application, settings: Settings) -> Duty:
        relay = Relay(app.engine, self.name, settings.AMQP_URL)
        return Duty(f"{self.name}.relay", relay.run)

    def subscription_duties(self, app: Application, settings: Settings) -> list[Duty]:
        source = RpcSource(RpcClient(settings.AMQP_URL))
        duties = []
        for sub in self.subscriptions(app, settings):
            subscriber = Subscriber(app.engine, sub, settings.AMQP_URL, source)
            duties.append(Duty(f"{sub.name}<{sub.publisher}", subscriber.run))
        return duties

    def readiness(self, engine: Engine, settings: Settings) -> dict[str, Callable[[], None]]:
        """Named checks of /readyz; each raises when it fails. Liveness never asks these."""
        return {"database": partial(_database_answers, engine), "migrations": partial(self._at_head, engine),
                "broker": partial(_broker_answers, str(settings.AMQP_URL))}

    def _at_head(self, engine: Engine) -> None:
        from servicekit.migrations import current, head

        with engine.connect() as conn:
            if current(conn) != head(self.migrations):
                raise RuntimeError("migrations are not at head")


def outbox_lag(engine: Engine, service: str, limit_seconds: float = 300) -> None:
    """Raises when the oldest event the broker does not have is older than the limit."""
    with engine.connect() as conn:
        _depth, age = outbox.backlog(conn, service)
    if age > limit_seconds:
        raise RuntimeError("the outbox does not drain")


def _database_answers(engine: Engine) -> None:
    with engine.connect() as conn:
        conn.execute(text("SELECT 1"))


def _broker_answers(amqp_url: str) -> None:
    from eventkit.broker import connect, disconnect

    disconnect(connect(amqp_url))

