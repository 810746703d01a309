"""When something takes place, where the agency is: day of the week, time of day, and the name of that time."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from babel.dates import format_date, format_time, get_timezone_name
from flask import Flask

from gateway.catalogue import LOCALES, Language
from gateway.web.portal import portal, visitor


def install(app: Flask) -> None:
    app.jinja_env.globals.update(weekday=weekday, time_of_day=time_of_day, zone_name=zone_name)


def weekday(at: datetime) -> str:
    """Thursday, December 3, 2026 · Jueves, 3 de diciembre de 2026"""
    day = str(format_date(at.astimezone(portal().zone).date(), "full", locale=LOCALES[visitor().language]))
    return day[:1].upper() + day[1:]


def time_of_day(at: datetime) -> str:
    return str(format_time(at.astimezone(portal().zone), "short", locale=LOCALES[visitor().language]))


def zone_name() -> str:
    """Pacific Time · hora del Pacífico"""
    return _zone_name(visitor().language, str(portal().zone))


@lru_cache(maxsize=8)
def _zone_name(language: Language, zone: str) -> str:
    return str(get_timezone_name(zone, zone_variant="generic", locale=LOCALES[language]))
