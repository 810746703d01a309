"""The gateway's settings: beside what every process has, the portal's secret, its address, and its brand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eventkit.crypto import Keyring
from eventkit.secret import Secret
from gateway import theme
from gateway.agents import parse_days, parse_hours
from gateway.offices import Offices
from gateway.phone.house import Hours
from gateway.phone.peers import Peers
from gateway.phone.speaking import OURS, Speaking
from servicekit.settings import Setting

SHORTEST_SECRET = 32
LOGOS = (".svg", ".png")


def _secret_key(text: str) -> Secret:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return Secret(text)


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("is no time zone, such as America/Los_Angeles") from None


def _https(text: str) -> str:
    if urlsplit(text).scheme != "https" or not urlsplit(text).netloc:
        raise ValueError("must be an https:// address")
    return text


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise ValueError("must be an address without a path: https://connect.example.gov")
    return text.rstrip("/")


def _logo(text: str) -> Path:
    """A picture that is there, and that browsers know."""
    if not Path(text).is_file() or Path(text).suffix not in LOGOS:
        raise ValueError(f"must be a file that is there, with a name that ends in {' or '.join(LOGOS)}")
    return Path(text)


def _links(text: str) -> tuple[tuple[str, str], ...]:
    """`Our county=https://county.example; Forms=https://forms.example`"""
    found = tuple((words.strip(), address.strip()) for words, _, address in
                  (part.partition("=") for part in text.split(";") if part.strip()))
    if not all(words and urlsplit(address).scheme == "https" and urlsplit(address).netloc for words, address in found):
        raise ValueError("must be like: Our county=https://county.example; Forms=https://forms.example")
    return found


def _offices(text: str) -> Offices:
    return Offices.load(Path(text))


def _times(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError("must be a whole number, 1 or more")
    return int(text)


def _minutes(text: str) -> timedelta:
    return timedelta(minutes=float(text))


SETTINGS = (
    Setting("AUTH_PUBLIC_KEY", help="a1:<base64>, what PINs and identifiers are sealed to"),
    Setting("CASES_PUBLIC_KEY", help="c1:<base64>, what customers change and report is sealed to"),
    Setting("SHOWN_KEYS", Keyring.parse, secret=True,
            help="s1:<base64 of 32 bytes>,..., what customers are shown of themselves is encrypted with; as in cases"),
    Setting("SECRET_KEY", _secret_key, help="32 random characters or more, the same for all gateway processes",
            secret=True),
    Setting("PUBLIC_HOST", default="127.0.0.1", help="address the portal listens on"),
    Setting("PUBLIC_PORT", "integer", default=8080, help="port the portal listens on"),
    Setting("SECURE_COOKIES", "boolean", default=True, help="false only where there is no HTTPS: on a laptop"),
    Setting("TRUSTED_PROXIES", "integer", default=0, help="how many proxies in front add X-Forwarded-For and -Proto"),
    Setting("WEB_WORKERS", "integer", default=2, help="processes of the portal"),
    Setting("WEB_THREADS", "integer", default=8, help="threads of each"),
    Setting("WEB_PAGES_AT_ONCE", _times, default=1,
            help="pages that a process makes at a time, the others in turn; 2 where PostgreSQL is far away"),
    Setting("RPC_TIMEOUT_SECONDS", "number", default=4.0,
            help="how long a page waits for the auth service, which is asked twice; a phone platform waits for 10"),
    Setting("SESSION_IDLE_MINUTES", _minutes, default=timedelta(minutes=15), help="a session ends after this"),
    Setting("CHANGES_A_DAY", _times, default=20,
            help="changes of contact and preferences, confirmations and wishes for another time, each customer, a day"),
    Setting("REPORTS_A_DAY", _times, default=20, help="reports of the other party, each customer, a day"),
    Setting("AGENCY_TIME_ZONE", _zone, default=ZoneInfo("America/Los_Angeles"), help="of the times on pages and phone"),
    Setting("PORTAL_NAME_EN", default="Customer Connect", help="on top of each page"),
    Setting("PORTAL_NAME_ES", default="Cliente Conectado", help="the same in Spanish"),
    Setting("AGENCY_NAME_EN", default="Child Support Agency", help="in the foot of each page"),
    Setting("AGENCY_NAME_ES", default="Agencia de Manutención de los Hijos", help="the same in Spanish"),
    Setting("CUSTOMER_PHONE", default="1-866-901-3212", help="the toll-free number of the agency's phone line"),
    Setting("CUSTOMER_TTY", default="1-866-399-4096", help="for customers with hearing or speech problems"),
    Setting("OFFICES_FILE", _offices, default=None, help="local offices by FIPS code, in place of our offices.toml"),
    Setting("CUSTOMER_PHONE_ABROAD", default="1-408-273-0073", help="for callers from outside the United States"),
    Setting("OFFICE_HOURS_EN", default="Monday to Friday, 7 a.m. to 5 p.m.", help="when a person answers the phone"),
    Setting("OFFICE_HOURS_ES", default="de lunes a viernes, de 7 a.m. a 5 p.m.", help="the same in Spanish"),
    Setting("FOOTER_LINKS_EN", _links, default=(), help="in the foot of each page: Our county=https://...; ..."),
    Setting("FOOTER_LINKS_ES", _links, default=(), help="the same in Spanish"),
    Setting("QUICK_EXIT_URL", _https, default="https://www.weather.gov/", help="where the quick exit leads"),
    Setting("THEME_COLORS", theme.parse, default=None, help="colors of the portal: primary=#005ea2,exit=#b50909"),
    Setting("LOGO_FILE", _logo, default=None, help="an SVG or PNG file, square, shown on top of each page"),
    Setting("PAYMENT_ADDRESS", default="P.O. Box 1000, Sacramento, California 95899",
            help="where checks are mailed, as the phone line says it"),
    Setting("PORTAL_ADDRESS", default="www.childsup-connect.ca.gov", help="of the portal, as the phone line says it"),
    Setting("AGENCY_STATE", default="CA", help="whose ZIP codes callers find their office by"),
    Setting("AGENT_HOURS", parse_hours, default=Hours(), help="when agents answer: mon-fri 07:00-17:00"),
    Setting("AGENT_CLOSED_ON", parse_days, default=frozenset(), help="days they do not: 2026-12-25, 2027-01-01"),
    Setting("AGENT_NUMBER", default=None, help="tel:+1..., where a caller who asks for an agent is transferred"),
    Setting("PHONE_PASSWORD", Secret, default=None, secret=True,
            help="asked of a VoiceXML platform and of JSON turns (HTTP Basic); with HTTPS neither answers without it"),
    Setting("TWIML_AUTH_TOKEN", Secret, default=None, secret=True,
            help="what a TwiML platform signs its requests with; with HTTPS there is no such line without it"),
    Setting("JAMBONZ_SECRET", Secret, default=None, secret=True,
            help="what jambonz signs its requests with; with HTTPS there is no such line without it"),
    Setting("FASTAGI_HOST", default="127.0.0.1", help="address the role fastagi listens on"),
    Setting("FASTAGI_PORT", "integer", default=4573, help="port the role fastagi listens on"),
    Setting("FASTAGI_PEERS", Peers.parse, default=Peers.parse("127.0.0.0/8, ::1"),
            help="addresses and networks of the Asterisks that may connect, with commas between; others are refused"),
    Setting("FASTAGI_SAY", Speaking.parse, default=Speaking.parse(OURS),
            help="the application of the dialplan that speaks, or writes a {file}; {text}, {keys}, {voice} in it"),
    Setting("PHONE_VOICE_EN", default="", help="how the telephone platform calls its voice, such as Polly.Joanna"),
    Setting("PHONE_VOICE_ES", default="", help="the same in Spanish, such as Polly.Lupe"),
    Setting("PHONE_PUBLIC_URL", _origin, default="",
            help="https://host, as telephone platforms reach us: their signatures are made of the address"),
    Setting("AGENT_DESK_TOKEN", Secret, default=None, secret=True,
            help="what the agents' desk asks with who was transferred to it"),
)
