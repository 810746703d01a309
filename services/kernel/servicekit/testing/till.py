"""`python -m servicekit.testing.till <role>`: the sample service as processes of its own, for fault tests."""

import servicekit.patched  # noqa: F401  first: patches eventlet in the rpc role

# isort: split
import os
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from eventkit.application import Application
from eventkit.public import Envelope
from eventkit.subscription import Subscription
from eventkit.testing import sample
from servicekit.cli import make_cli
from servicekit.service import ServiceDefinition
from servicekit.settings import Settings


def subscriptions(app: Application, _settings: Settings) -> Sequence[Subscription]:
    """The read model's subscription; with TILL_NAIVE set, one that commits its effects before the checkpoint."""

    def naive(_conn: Connection, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            with app.engine.begin() as own:
                sample.apply(own, [envelope])
            time.sleep(0.001)

    return (Subscription("model", "till", naive if os.environ.get("TILL_NAIVE") else sample.apply),)


definition = ServiceDefinition(
    name="till",
    registry=sample.registry,
    publish=sample.publish,
    catalog=sample.catalog,
    migrations=Path(__file__).parent / "till_migrations",
    subscriptions=subscriptions,
    rpc="servicekit.testing.till_service:TillService",
)

if __name__ == "__main__":
    make_cli(definition)()
