"""The languages of telephone platforms: each file turns what is said into one of them, and reads its replies."""

from collections.abc import Mapping
from typing import Final

from gateway.phone.adapters.adapter import Adapter
from gateway.phone.adapters.jambonz import Jambonz
from gateway.phone.adapters.turns import Turns
from gateway.phone.adapters.twiml import TwiMl
from gateway.phone.adapters.vxml import VoiceXml

ADAPTERS: Final[Mapping[str, Adapter]] = {
    adapter.name: adapter for adapter in (VoiceXml(), TwiMl(), Jambonz(), Turns())
}
"""Those that are spoken over HTTP, by the name in their address: /phone/<name>/start. A new one is a file and its
name here."""
