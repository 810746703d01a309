"""Which processes make up the suite, and which settings each of them gets: nothing that it does not need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COMMON = ("DATABASE_URL", "AMQP_URL", "HEALTH_PORT", "HEALTH_PORT_FILE", "LOG_LEVEL")
MIGRATING = ("DATABASE_OWNER_URL", "DATABASE_APP_ROLE")

# What each service is set up with beyond COMMON. Secrets are listed where they are needed and nowhere else.
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "cases": ("PERSONAL_KEYS", "SHOWN_KEYS", "REPORT_KEYS", "CASES_PRIVATE_KEYS", "AUTH_PUBLIC_KEY",
              "AGENCY_PORT"),
    "auth": ("AUTH_PRIVATE_KEYS", "AUTH_PEPPERS", "AUTH_INDEX_KEY"),
    "payments": (),
    "notifications": ("PERSONAL_KEYS", "LETTERS_DIR", "PRINT_EVERY_SECONDS"),
    "gateway": ("AUTH_PUBLIC_KEY", "CASES_PUBLIC_KEY", "SHOWN_KEYS", "SECRET_KEY", "PUBLIC_PORT", "SECURE_COOKIES"),
}
OPTIONAL: Mapping[str, tuple[str, ...]] = {"gateway": ("AGENT_NUMBER", "FASTAGI_PORT")}
"""Those that a process is told where they are given, and has defaults for."""
SERVICES = tuple(SETTINGS)


@dataclass(frozen=True)
class Program:
    """`python -m <service> <role>`; ready when its own /readyz says so."""

    service: str
    role: str

    @property
    def name(self) -> str:
        return f"{self.service}-{self.role}"

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("-m", self.service, self.role)


PROGRAMS = (
    Program("cases", "rpc"), Program("cases", "worker"), Program("cases", "agency"),
    Program("auth", "rpc"), Program("auth", "worker"),
    Program("payments", "rpc"), Program("payments", "worker"),
    Program("notifications", "rpc"), Program("notifications", "worker"),
    Program("gateway", "web"), Program("gateway", "worker"), Program("gateway", "fastagi"),
)

PORTAL = "gateway-web"


def settings_for(service: str, values: Mapping[str, str], further: Iterable[str] = ()) -> dict[str, str]:
    """The settings of one process out of all `values`; raises KeyError for one that is missing."""
    optional = (name for name in OPTIONAL.get(service, ()) if name in values)
    return {name: values[name] for name in (*COMMON, *SETTINGS[service], *optional, *further)}
