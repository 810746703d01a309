"""`python -m eventkit.testing.till <role>`: the sample service as processes of its own, for fault tests."""

import eventkit.patched  # noqa: F401  first: patches eventlet in the rpc role

# isort: split
from pathlib import Path

from eventkit.cli import make_cli
from eventkit.service import ServiceDefinition
from eventkit.subscription import Subscription
from eventkit.testing import sample

definition = ServiceDefinition(
    name="till",
    registry=sample.registry,
    publish=sample.publish,
    catalog=sample.catalog,
    migrations=Path(__file__).parent / "till_migrations",
    subscriptions=lambda _app, _settings: (Subscription("model", "till", sample.apply),),
    rpc="eventkit.testing.till_service:TillService",
)

if __name__ == "__main__":
    make_cli(definition)()
