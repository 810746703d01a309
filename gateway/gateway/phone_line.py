"""Puts the phone line together: the switchboard that all adapters share, and which of them answer."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore

from flask import Blueprint

from eventkit.secret import Secret
from gateway.agents import find_agent
from gateway.catalogue import Catalogue
from gateway.phone.adapters import ADAPTERS
from gateway.phone.calls import PostgresCalls
from gateway.phone.contexts import Contexts
from gateway.phone.driver import Driver
from gateway.phone.house import House
from gateway.phone.keeping import Keeping
from gateway.phone.routes import Lines, phone_blueprint
from gateway.phone.sealing import CallCipher
from gateway.phone.speech import Wording
from gateway.phone.switchboard import Switchboard, digits_of
from gateway.phone.zip_codes import counties_of
from gateway.phone_backend import PhoneBackend
from gateway.web.portal import Portal
from servicekit.logs import get_logger
from servicekit.settings import Settings

log = get_logger()
AT_WORK = 2
"""Log-ins that may be worked on, for each thread that serves: those whose caller was told "one moment" go on."""
SHARE_THAT_WAITS = 2
"""One in so many threads may wait for them; the others are for pages and for turns that only read."""


def phone_line(portal: Portal) -> Blueprint:
    settings = portal.settings
    secrets = _who_may_call(settings)
    return phone_blueprint(switchboard(portal), Lines(secrets, settings.PHONE_PUBLIC_URL, settings.AGENT_DESK_TOKEN),
                           portal.clock)


def switchboard(portal: Portal, waiting: int | None = None) -> Switchboard:
    """`waiting`: how many may wait for a turn with all patience; without it, half of the portal's threads."""
    settings = portal.settings
    backend = PhoneBackend(portal.engine, portal.auth, settings.AGENCY_TIME_ZONE, portal.offices,
                           portal.throttle, counties_of(settings.AGENCY_STATE), portal.clock)
    agent = find_agent(settings.AGENT_NUMBER, settings.AGENCY_TIME_ZONE, house(portal).hours, portal.clock)
    cipher = CallCipher(settings.SECRET_KEY)
    return Switchboard(
        PostgresCalls(portal.engine), Keeping(cipher), Driver(backend, agent),
        Wording(Catalogue.load("phone"), Catalogue.load("tty"), house(portal)), Contexts(portal.engine, cipher),
        portal.clock, ThreadPoolExecutor(settings.WEB_THREADS, "phone"),
        ThreadPoolExecutor(settings.WEB_THREADS * AT_WORK, "phone-auth"),
        Semaphore(waiting or max(1, settings.WEB_THREADS // SHARE_THAT_WAITS)),
        frozenset({digits_of(settings.CUSTOMER_TTY)}))


def house(portal: Portal) -> House:
    settings = portal.settings
    return House({"en": settings.PORTAL_NAME_EN, "es": settings.PORTAL_NAME_ES}, settings.CUSTOMER_TTY,
                 settings.PORTAL_ADDRESS, settings.PAYMENT_ADDRESS,
                 settings.AGENT_HOURS.but_for(settings.AGENT_CLOSED_ON), portal.offices.counties,
                 {"en": settings.PHONE_VOICE_EN, "es": settings.PHONE_VOICE_ES})


def _who_may_call(settings: Settings) -> Mapping[str, Secret | None]:
    """All callers come from the address of the telephone platform, so their tries are not counted by address. Unless
    the platform says who it is, anybody could guess PINs there as fast as they like; on a laptop nobody can."""
    found = {name: getattr(settings, adapter.secret_setting) for name, adapter in ADAPTERS.items()}
    if not settings.SECURE_COOKIES:
        return found
    for name in (name for name, secret in found.items() if secret is None):
        log.warning("phone_line_closed", line=name, reason=f"{ADAPTERS[name].secret_setting} is not set")
    return {name: secret for name, secret in found.items() if secret is not None}
