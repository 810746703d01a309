"""The payments service in one place: its events, what it publishes, what it hears."""

from __future__ import annotations

from pathlib import Path

from payments import parties
from payments.domain.words import registry
from payments.public_events import catalog
from payments.publishing import publish
from servicekit.service import ServiceDefinition

definition = ServiceDefinition(
    name="payments",
    registry=registry,
    publish=publish,
    catalog=catalog,
    migrations=Path(__file__).parent / "migrations",
    subscriptions=lambda _app, _settings: (parties.subscription,),
    rpc="payments.service:PaymentsService",
)
