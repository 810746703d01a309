"""What templates say things with: texts, money, dates, and the links that change the language."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton, format_time
from flask import Flask, request

from gateway.catalogue import LANGUAGES, LOCALES, Language
from gateway.catalogue import date as long_date
from gateway.catalogue import money as dollars
from gateway.web import cookies
from gateway.web.portal import portal, text, visitor


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        t=text, said=said, money=money, day=day, short_day=short_day, month=month, moment=moment,
        other_language=other_language, language_link=language_link, form_token=form_token, visitor=visitor,
        brand=brand,
    )


def said(prefix: str, code: str) -> str:
    """The text of a code of another service."""
    return text(f"{prefix}.{known(prefix, code)}")


def known(prefix: str, code: str) -> str:
    """The code as its text is found by; one that is new to us is `other`."""
    code = code.lower()
    return code if f"{prefix}.{code}" in portal().texts.texts["en"] else "other"


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
    local, language = at.astimezone(portal().zone), visitor().language
    return text("moment", date=day(local.date()), time=format_time(local, "short", locale=LOCALES[language]))


def brand() -> dict[str, str]:
    settings = portal().settings
    return {"agency": settings.AGENCY_NAME_ES if visitor().language == "es" else settings.AGENCY_NAME_EN,
            "phone": settings.CUSTOMER_PHONE, "tty": settings.CUSTOMER_TTY}


def form_token() -> str:
    return portal().form_tokens.make(cookies.binding())


def other_language() -> Language:
    return next(language for language in LANGUAGES if language != visitor().language)


def language_link() -> str:
    """This page in the other language; for a page that does not exist, the home page."""
    known = request.endpoint is not None and request.url_rule is not None
    kept = {name: value for name, value in request.args.items() if name != "lang"} if known else {}
    return f"{request.path if known else '/'}?{urlencode({**kept, 'lang': other_language()})}"


@lru_cache(maxsize=4096)
def _money(language: Language, cents: int) -> str:
    return dollars(language, cents)


@lru_cache(maxsize=4096)
def _short_day(language: Language, on: date) -> str:
    return str(format_date(on, "medium", locale=LOCALES[language]))


@lru_cache(maxsize=512)
def _month(language: Language, on: date) -> str:
    name = _month_in_text(language, on)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=512)
def _month_in_text(language: Language, on: date) -> str:
    return str(format_skeleton("yMMMM", on, locale=LOCALES[language]))
