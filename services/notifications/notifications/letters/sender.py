"""Whose letters these are: the agency's name, numbers and address, as its settings say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from servicekit.settings import Setting


@dataclass(frozen=True)
class Sender:
    """`names` by language; `address` are the lines of the letterhead, none where the envelope has them printed."""

    names: dict[str, str]
    phone: str
    tty: str
    web: str
    address: tuple[str, ...] = ()


def address_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("|") if line.strip())


def time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("must be the name of a time zone, like America/Los_Angeles") from None


SENDER_SETTINGS = (
    Setting("AGENCY_NAME_EN", default="Department of Child Support Services", help="the agency's name in English"),
    Setting("AGENCY_NAME_ES", default="Departamento de Servicios de Manutención de Menores",
            help="the agency's name in Spanish"),
    Setting("AGENCY_PHONE", default="1-866-901-3212", help="the toll-free number of Customer Connect"),
    Setting("AGENCY_TTY", default="1-866-399-4096", help="the number for text telephones (TTY)"),
    Setting("AGENCY_WEB", default="www.childsup-connect.ca.gov", help="the portal's address as customers type it"),
    Setting("AGENCY_ADDRESS", address_lines, default=(),
            help="lines under the agency's name in letters, with | between; empty: the envelope has them"),
    Setting("AGENCY_TIME_ZONE", time_zone, default=ZoneInfo("America/Los_Angeles"),
            help="where the agency's days begin and end"),
)


def sender_of(settings: Any) -> Sender:
    return Sender({"en": settings.AGENCY_NAME_EN, "es": settings.AGENCY_NAME_ES}, settings.AGENCY_PHONE,
                  settings.AGENCY_TTY, settings.AGENCY_WEB, settings.AGENCY_ADDRESS)
