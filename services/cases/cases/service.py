"""The cases service as a definition: what it stores, publishes and is set up with."""

from __future__ import annotations

from pathlib import Path

from cases.catalog import catalog
from cases.domain.registry import registry
from cases.publishing import publish
from cases.requests import clock
from eventkit.crypto import Keyring, Opener, seal
from servicekit.service import ServiceDefinition
from servicekit.settings import Setting


def public_key(text: str) -> str:
    """`id:base64`, tried out once. Raises ValueError that names the key id, never the key."""
    seal(text, b"", "settings")
    return text


definition = ServiceDefinition(
    name="cases",
    registry=registry,
    publish=publish,
    catalog=catalog,
    migrations=Path(__file__).parent / "migrations",
    settings=(
        Setting("PERSONAL_KEYS", Keyring.parse, secret=True,
                help="keys of personal fields, id:base64 of 32 bytes, the current one first"),
        Setting("SHOWN_KEYS", Keyring.parse, secret=True,
                help="keys of what customers are shown, shared with the gateway, id:base64, the current one first"),
        Setting("CASES_PRIVATE_KEYS", Opener.parse, secret=True,
                help="keys that open what is sealed to this service, id:base64 of 32 bytes (X25519)"),
        Setting("REPORT_KEYS", Keyring.parse, secret=True,
                help="keys of what customers ask and report, of this service alone, id:base64, the current one first"),
        Setting("AUTH_PUBLIC_KEY", public_key, help="what Social Security numbers are sealed to, id:base64 (X25519)"),
        Setting("AGENCY_HOST", default="127.0.0.1", help="address the agency's API listens on"),
        Setting("AGENCY_PORT", "integer", default=8090, help="port the agency's API listens on"),
        Setting("AGENCY_WORKERS", "integer", default=1, help="processes of the agency's API"),
        Setting("AGENCY_THREADS", "integer", default=8, help="threads of each"),
        Setting("AGENCY_PER_MINUTE", "integer", default=300, help="requests of one token, or of one address without"),
        Setting("AGENCY_TRUSTED_PROXIES", "integer", default=0, help="how many proxies in front add X-Forwarded-For"),
    ),
    duties=clock.duties,
    rpc="cases.rpc:CasesService",
)
