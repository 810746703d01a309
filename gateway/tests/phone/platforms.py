"""The telephone platforms of these tests, each by the name of its adapter: as their callers meet them."""

from collections.abc import Callable, Mapping

from flask.testing import FlaskClient

from gateway.phone.callers.caller import Platform
from gateway.phone.callers.fastagi import AgiPlatform
from gateway.phone.callers.jambonz import JambonzPlatform
from gateway.phone.callers.turns import TurnsPlatform
from gateway.phone.callers.twiml import TwimlPlatform
from gateway.phone.callers.vxml import VxmlPlatform

from .parts import over
from .served_calls import LOOPBACK, ServedCalls

KEYS_ONLY = frozenset({"fastagi"})
"""Who hears no words."""

PLATFORMS: Mapping[str, Callable[[FlaskClient], Platform]] = {
    "fastagi": lambda client: AgiPlatform(LOOPBACK, _served(client).port),
    "vxml": lambda client: VxmlPlatform(over(client)),
    "twiml": lambda client: TwimlPlatform(over(client)),
    "jambonz": lambda client: JambonzPlatform(over(client)),
    "turns": lambda client: TurnsPlatform(over(client)),
}


def platform_for(name: str, client: FlaskClient) -> Platform:
    return PLATFORMS[name](client)


def _served(client: FlaskClient) -> ServedCalls:
    """The FastAGI server beside the application of the test, started when it is first called."""
    served: ServedCalls = client.application.extensions["fastagi"]
    return served.start()
