"""What templates say things with: texts, money, dates, and the links that change the language."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton, format_time
from flask import Flask, current_app, request

from gateway.catalogue import LANGUAGES, LOCALES, Language
from gateway.catalogue import date as long_date
from gateway.catalogue import money as dollars
from gateway.web import access, cookies
from gateway.web.portal import portal, signed_in, text, visitor


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        t=text, said=said, money=money, day=day, short_day=short_day, month=month, moment=moment,
        other_language=other_language, language_link=language_link, form_token=form_token, visitor=visitor,
        brand=brand, ends_in=ends_in, ends_words=ends_words, keeps=keeps, is_away=is_away, time_of_day=time_of_day,
    )


def said(prefix: str, code: str) -> str:
    """The text of a code of another service; a code that is new to us reads as `<prefix>.other`."""
    key = f"{prefix}.{code.lower()}"
    return text(key if key in portal().texts.texts["en"] else f"{prefix}.other")


def money(cents: int) -> str:
    return _money(visitor().language, cents)


def day(on: date) -> str:
    return long_date(visitor().language, on)


def short_day(on: date) -> str:
    return _short_day(visitor().language, on)


def month(on: date) -> str:
    return _month(visitor().language, on.replace(day=1))


def month_in_text(on: date) -> str:
    """As it stands inside a sentence, where Spanish begins it with a small letter."""
    return _month_in_text(visitor().language, on.replace(day=1))


def moment(at: datetime) -> str:
    """Date and time of day where the agency is."""
    local = at.astimezone(portal().zone)
    return text("moment", date=day(local.date()), time=_clock(visitor().language, local.hour, local.minute))


def time_of_day(at: datetime) -> str:
    """Where the agency is, and it says so: the reader may be elsewhere."""
    local = at.astimezone(portal().zone)
    return f"{_clock(visitor().language, local.hour, local.minute)} {local.tzname()}"


def ends_in() -> int:
    """Seconds until the session ends if nothing is done; 0 without one."""
    session = visitor().session
    return max(0, int((session.ends_at - portal().clock()).total_seconds())) if session else 0


def ends_words() -> str:
    return text("session.ends", time=time_of_day(signed_in().ends_at))


def is_away(part: str) -> bool:
    return portal().troubles.is_away(part, portal().clock())


def keeps(endpoint: str) -> str:
    """The fields of that form which are kept when the session ends."""
    return " ".join(access.keeps(current_app.view_functions[endpoint]))


def brand() -> dict[str, Any]:
    """What another agency sets: names, numbers, links."""
    settings, language = portal().settings, visitor().language.upper()
    worded = {"name": "PORTAL_NAME", "agency": "AGENCY_NAME", "hours": "OFFICE_HOURS", "links": "FOOTER_LINKS"}
    return {"phone": settings.CUSTOMER_PHONE, "tty": settings.CUSTOMER_TTY, "abroad": settings.CUSTOMER_PHONE_ABROAD,
            "away": settings.QUICK_EXIT_URL,
            **{name: getattr(settings, f"{setting}_{language}") for name, setting in worded.items()}}


def form_token() -> str:
    return portal().form_tokens.make(cookies.binding())


def other_language() -> Language:
    return next(language for language in LANGUAGES if language != visitor().language)


def language_link() -> str:
    """This very page in the other language, with all of its query; the home page for what cannot be opened again."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"] if _can_be_opened_again() else []
    path = request.path if _can_be_opened_again() else "/"
    return f"{path}?{urlencode([*kept, ('lang', other_language())])}"


def _can_be_opened_again() -> bool:
    """A page there is, which is not only the answer to a form."""
    rule = request.url_rule
    if rule is None or "GET" in (rule.methods or ()):
        return rule is not None
    return any("GET" in (other.methods or ()) for other in current_app.url_map.iter_rules() if other.rule == rule.rule)


@lru_cache(maxsize=4096)
def _money(language: Language, cents: int) -> str:
    return dollars(language, cents)


@lru_cache(maxsize=4096)
def _short_day(language: Language, on: date) -> str:
    return str(format_date(on, "medium", locale=LOCALES[language]))


@lru_cache(maxsize=4096)
def _clock(language: Language, hour: int, minute: int) -> str:
    return str(format_time(time(hour, minute), "short", locale=LOCALES[language]))


@lru_cache(maxsize=512)
def _month(language: Language, on: date) -> str:
    name = _month_in_text(language, on)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=512)
def _month_in_text(language: Language, on: date) -> str:
    return str(format_skeleton("yMMMM", on, locale=LOCALES[language]))
