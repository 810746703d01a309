"""The telephone platforms of these tests, each by the name of its adapter: as their callers meet them."""

from collections.abc import Callable, Mapping

from flask.testing import FlaskClient

from gateway.phone.callers.caller import Platform
from gateway.phone.callers.jambonz import JambonzPlatform
from gateway.phone.callers.turns import TurnsPlatform
from gateway.phone.callers.twiml import TwimlPlatform
from gateway.phone.callers.vxml import VxmlPlatform

from .parts import over

PLATFORMS: Mapping[str, Callable[[FlaskClient], Platform]] = {
    "vxml": lambda client: VxmlPlatform(over(client)),
    "twiml": lambda client: TwimlPlatform(over(client)),
    "jambonz": lambda client: JambonzPlatform(over(client)),
    "turns": lambda client: TurnsPlatform(over(client)),
}


def platform_for(name: str, client: FlaskClient) -> Platform:
    return PLATFORMS[name](client)
