"""Logs: one JSON object a line, only fields that are on the list, no secrets, no exception texts."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from eventkit.secret import Secret

# What may be said in a log. A new field is added here, after asking whether it can ever hold somebody's data.
ALLOWED = frozenset(
    ["event", "level", "timestamp", "service", "role", "logger", "correlation_id", "incident", "error", "frames", "retry_seconds", "duty", "duties", "signal", "subscription", "publisher", "position", "events", "type", "command", "method", "code", "result", "port", "host", "count", "seconds", "state", "version", "offset", "file", "line", "lines", "rejected", "applied", "unchanged", "batch_id", "letters", "print_key_id", "template", "language", "channel", "path", "status", "bytes", "milliseconds", "pid", "name", "reason", "percent", "attempt", "operator"]
)
REDACTED = "[redacted]"
_DIGITS = re.compile(r"\d[\d\s().-]{3,}\d")
_EMAIL = re.compile(r"\S+@\S+")

Event = MutableMapping[str, Any]


def configure(service: str, role: str, level: str = "INFO") -> None:
    """Sets up structlog and the standard library's logging to write the same lines to stdout."""
    shared = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level,
              structlog.processors.TimeStamper(fmt="iso", utc=True), _name(service, role)]
    structlog.configure(
        processors=[*shared, _frames_only, _allow_list, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout), cache_logger_on_first_use=False)
    foreign = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _foreign],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _allow_list,
                    structlog.processors.JSONRenderer(ensure_ascii=False)])
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(foreign)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def get_logger() -> Any:
    return structlog.get_logger()


def bind_correlation(correlation_id: str) -> None:
    """Every later line of this thread (or green thread) carries it."""
    structlog.contextvars.bind_contextvars(correlation_id=correlation_id)


def scrub(text: str) -> str:
    """For words of others (a library's message): no long numbers, no addresses of mail."""
    return _DIGITS.sub("#", _EMAIL.sub("@", text))


def frames_of(error: BaseException) -> str:
    """Where it happened, without what it said: arguments of exceptions may hold somebody's data."""
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}:{frame.name}"
              for frame in traceback.extract_tb(error.__traceback__)]
    return " < ".join(reversed(places[-12:]))


def _name(service: str, role: str) -> Any:
    def add(_logger: Any, _method: str, event: Event) -> Event:
        event.update(service=event.get("service", service), role=role)
        return event

    return add


def _frames_only(_logger: Any, _method: str, event: Event) -> Event:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"], event["frames"] = type(error).__name__, frames_of(error)
    return event


def _foreign(_logger: Any, _method: str, event: Event) -> Event:
    """A line of a library: its name, its scrubbed message, and the place of an error."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    event["event"] = scrub(str(record.msg))  # the format string without its arguments: they may be anything
    if record.exc_info and record.exc_info[1]:
        event["error"], event["frames"] = type(record.exc_info[1]).__name__, frames_of(record.exc_info[1])
    event.pop("exc_info", None)
    return event


def _allow_list(_logger: Any, _method: str, event: Event) -> Event:
    for key, value in event.items():
        if key.startswith("_"):
            continue
        if key not in ALLOWED or isinstance(value, Secret) or not isinstance(value, str | int | float | None):
            event[key] = REDACTED
    return event
