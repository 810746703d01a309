"""Callers made of code, one for each telephone platform: what an agency tries its line with, and the tests walk."""

from collections.abc import Callable, Mapping
from typing import Final

from eventkit.secret import Secret
from gateway.phone.callers.caller import Platform
from gateway.phone.callers.fastagi import AgiPlatform
from gateway.phone.callers.http import over_http
from gateway.phone.callers.jambonz import JambonzPlatform
from gateway.phone.callers.turns import TurnsPlatform
from gateway.phone.callers.twiml import TwimlPlatform
from gateway.phone.callers.vxml import VxmlPlatform

PLATFORMS: Final[Mapping[str, Callable[[str, str | None], Platform]]] = {
    "fastagi": lambda address, _: AgiPlatform.at(address),
    "vxml": lambda address, secret: VxmlPlatform(over_http(address, password=secret)),
    "twiml": lambda address, secret: TwimlPlatform(over_http(address), address, Secret(secret) if secret else None),
    "jambonz": lambda address, secret: JambonzPlatform(over_http(address), Secret(secret) if secret else None),
    "turns": lambda address, secret: TurnsPlatform(over_http(address, password=secret)),
}
"""By the name of their adapter: from the address of a gateway, and the secret it knows the platform by."""
