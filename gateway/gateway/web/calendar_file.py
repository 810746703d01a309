"""A date as a file for the reader's calendar. It says when, and nothing else: others may see that calendar.

No kind, no place, no names, no numbers: the title is the same for a court date as for any appointment.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from eventkit.secret import Secret
from gateway.view.my_dates import Date
from gateway.web.portal import text

REMINDER = timedelta(days=-1)


def calendar_file(date: Date, server_secret: Secret, now: datetime) -> bytes:
    """Taken again after a change it replaces the entry of before: same id, higher sequence."""
    event = Event()
    event.add("uid", _uid(date, server_secret))
    event.add("sequence", date.version)
    event.add("dtstamp", now)
    event.add("dtstart", date.starts_at)
    event.add("dtend", date.starts_at + timedelta(minutes=date.minutes))
    event.add("summary", text("calendar.title"))
    event.add("status", "CANCELLED" if date.off else "CONFIRMED")
    event.add("class", "PRIVATE")
    if not date.off:
        event.add_component(_reminder())
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _reminder() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text("calendar.title"))
    alarm.add("trigger", REMINDER)
    return alarm


def _uid(date: Date, server_secret: Secret) -> str:
    """Stands for the date where its number must not be."""
    said = f"calendar|{date.kind}|{date.id}".encode()
    return hmac.new(server_secret.reveal().encode(), said, hashlib.sha256).hexdigest()[:32]
