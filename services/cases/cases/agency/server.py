"""The agency role: its application, and where it listens."""

from __future__ import annotations

from flask import Flask

from cases.agency.access import Parts
from cases.agency.app import create_app
from cases.keys import keys_of
from cases.requests.desk import Desk
from eventkit.application import Application
from servicekit import web_server
from servicekit.service import ServiceDefinition
from servicekit.settings import Settings


def serve(definition: ServiceDefinition, settings: Settings) -> None:
    """Until SIGTERM. Requests are read and answered without the broker."""
    listening = web_server.Listening(settings.AGENCY_HOST, settings.AGENCY_PORT, settings.AGENCY_WORKERS,
                                     settings.AGENCY_THREADS)
    web_server.serve(definition, "agency", settings, listening,
                     lambda: make_app(definition.application(settings, settings.AGENCY_THREADS), settings))


def make_app(application: Application, settings: Settings) -> Flask:
    parts = Parts(Desk(application, keys_of(settings).safe, "api"), settings.AGENCY_PER_MINUTE)
    return create_app(parts, settings.AGENCY_TRUSTED_PROXIES)
