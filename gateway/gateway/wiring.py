"""Puts the gateway together out of its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import Engine

from eventkit.rpc_client import RpcClient
from gateway.cases_desk import CasesDesk
from gateway.catalogue import Catalogue
from gateway.credentials import Auth, CommandClient
from gateway.drafts import Drafts
from gateway.offices import Offices
from gateway.phone_line import phone_line
from gateway.reading_engine import reading_engine
from gateway.sessions import Lifetimes, Sessions
from gateway.shown import Shown
from gateway.submissions import Submissions
from gateway.throttle import LIMITS, Limit, Throttle
from gateway.web.app import create_app
from gateway.web.csrf import FormTokens
from gateway.web.portal import Portal
from servicekit.process import make_engine
from servicekit.settings import Settings

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def make_app(settings: Settings, engine: Engine | None = None, client: CommandClient | None = None,
             clock: Clock = utc_now) -> Flask:
    """The whole application; `engine`, `client` and `clock` in place of those the settings lead to."""
    portal = make_portal(settings, engine, client, clock)
    return create_app(portal, phone_line(portal))


def make_portal(settings: Settings, engine: Engine | None = None, client: CommandClient | None = None,
                clock: Clock = utc_now) -> Portal:
    """What pages and phone work with."""
    reading = engine or reading_engine(settings.DATABASE_URL, settings.WEB_THREADS)
    engine = engine or make_engine(settings.DATABASE_URL, pool=settings.WEB_THREADS)
    client = client or RpcClient(settings.AMQP_URL, settings.RPC_TIMEOUT_SECONDS, pool=settings.WEB_THREADS)
    auth = Auth(client, settings.AUTH_PUBLIC_KEY)
    secret = settings.SECRET_KEY
    sessions = Sessions(secret, Lifetimes(idle=settings.SESSION_IDLE_MINUTES))
    return Portal(engine, reading, auth, sessions, Throttle(secret, _limits(settings)), FormTokens(secret),
                  Catalogue.load("web"), Drafts(secret), settings, CasesDesk(client, settings.CASES_PUBLIC_KEY),
                  Submissions(secret), Shown(settings.SHOWN_KEYS), settings.OFFICES_FILE or Offices.load(), clock)


def _limits(settings: Settings) -> Mapping[str, Limit]:
    day = timedelta(days=1)
    return {**LIMITS, "change": Limit(settings.CHANGES_A_DAY, day), "report": Limit(settings.REPORTS_A_DAY, day)}
