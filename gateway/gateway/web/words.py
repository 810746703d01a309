"""What templates say things with: texts, money, dates, and the links that change the language.

All that depends on the language alone is bound to it once: a page of a list says a thousand words, and to find out
each time who is reading would take longer than to say them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from math import ceil
from typing import Any, cast
from urllib.parse import urlencode

from babel.dates import format_time
from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup

from gateway.catalogue import LANGUAGES, LOCALES, Language
from gateway.catalogue import date as long_date
from gateway.catalogue import money as dollars
from gateway.web import access, cookies, formats
from gateway.web.portal import Portal, portal, signed_in, text, visitor
from gateway.web.stories import Stories


def install(app: Flask, parts: Portal) -> None:
    bound = {language: _bound(parts, language) for language in LANGUAGES}
    app.context_processor(lambda: bound[visitor().language])
    app.jinja_env.globals.update(
        moment=moment, other_language=other_language, language_link=language_link, form_token=form_token,
        visitor=visitor, brand=brand, url_for=_address_of, day=day, ends_in=ends_in, ends_words=ends_words, keeps=keeps,
        is_away=is_away, trouble=trouble, remembered=_remembered(app, bound),
    )


def _remembered(app: Flask, bound: Mapping[Language, dict[str, Any]]) -> Callable[..., Markup]:
    """Pieces of pages that are alike for everybody who reads the language: `templates/remembered/`, rendered once.

    What they depend on is named (`remembered("nav", section="payments")`); of who is visiting they know nothing.
    """

    @lru_cache(maxsize=512)
    def rendered(name: str, language: Language, _mounted_at: str, given: tuple[tuple[str, str], ...]) -> Markup:
        piece = app.jinja_env.get_template(f"remembered/{name}.html")
        return Markup(piece.render(bound[language], **dict(given)))  # noqa: S704 - the template has escaped it

    return lambda name, **given: rendered(name, visitor().language, request.root_path, tuple(given.items()))


def _bound(parts: Portal, language: Language) -> dict[str, Any]:
    return {"t": partial(parts.text, language), "said": parts.stories[language].said,
            **{name: partial(say, language) for name, say in _SAYINGS.items()}}


def _whole_dollars(_language: Language, cents: int) -> str:
    return f"${cents // 100:,}"


_SAYINGS: Mapping[str, Callable[[Language, Any], str]] = {
    "money": dollars, "dollars": _whole_dollars, "day": long_date,
    "month": formats.month, "month_in_text": formats.month_in_text,
}


def stories() -> Stories:
    """In the visitor's language."""
    return portal().stories[visitor().language]


def said(prefix: str, code: str) -> str:
    return stories().said(prefix, code)


def told(prefix: str, code: str, values: Mapping[str, str | None]) -> str:
    return stories().told(prefix, code, values)


def known(prefix: str, code: str) -> str:
    """The code as its text is found by; one that is new to us is `other`."""
    code = code.lower()
    return code if f"{prefix}.{code}" in portal().texts.texts["en"] else "other"


def money(cents: int) -> str:
    return dollars(visitor().language, cents)


def day(on: date) -> str:
    return long_date(visitor().language, on)


def short_day(on: date) -> str:
    return formats.short_day(visitor().language, on)


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


def trouble(name: str) -> str:
    """What went wrong, as the page and the API say it."""
    idle: timedelta = portal().settings.SESSION_IDLE_MINUTES
    values = {"minutes": ceil(idle / timedelta(minutes=1))} if name == "session_expired" else {}
    return text(f"error.{name}.text", **values)


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
    """One a page, for all of its forms."""
    if (made := g.get("form_token")) is None:
        made = g.form_token = portal().form_tokens.make(cookies.binding())
    return cast(str, made)


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


def _address_of(endpoint: str, **values: Any) -> str:
    """Of a page; those that take no values have one address each, wherever the portal is mounted."""
    return url_for(endpoint, **values) if values else _plain_address_of(endpoint, request.root_path)


@lru_cache(maxsize=4096)
def _clock(language: Language, hour: int, minute: int) -> str:
    return str(format_time(time(hour, minute), "short", locale=LOCALES[language]))


@lru_cache(maxsize=512)
def _plain_address_of(endpoint: str, _mounted_at: str) -> str:
    return url_for(endpoint)
