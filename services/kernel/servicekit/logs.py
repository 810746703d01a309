"""Logs: one JSON object a line, only fields that are on the list, no secrets, no exception texts."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from typing import Any

import structlog

from eventkit.errors import frames_of

# What may be said in a log. A new field is added here, after asking whether it can ever hold somebody's data.
ALLOWED = frozenset([
    "event", "level", "timestamp", "service", "role", "logger", "correlation_id", "incident", "error", "frames",
    "duty", "duties", "subscription", "publisher", "position", "offset", "events", "type", "command", "method",
    "code", "result", "retry_seconds", "seconds", "milliseconds", "attempt", "count", "version", "state", "status",
    "reason", "name", "path", "file", "line", "lines", "percent", "bytes", "applied", "unchanged", "rejected",
    "batch_id", "letters", "mail_id", "print_key_id", "template", "language", "channel", "operator", "signal", "port",
    "host", "pid",
])
REDACTED = "[redacted]"
# Libraries that bring handlers of their own, which would write past the rules of this module.
_LIBRARIES = ("alembic", "amqp", "eventlet", "gunicorn", "gunicorn.access", "gunicorn.error", "kombu", "nameko",
              "py.warnings", "sqlalchemy", "werkzeug")
_SCRUBBED = ("event", "path", "reason")
_DIGITS = re.compile(r"\d(?:[\s().-]{0,3}\d){4,}")
_EMAIL = re.compile(r"\S+@\S+")

Event = MutableMapping[str, Any]


def configure(service: str, role: str, level: str = "INFO") -> None:
    """Sets up structlog, the standard library's logging and the reports of uncaught exceptions to write the same
    lines to stdout. Libraries speak from WARNING up."""
    shared = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level,
              structlog.processors.TimeStamper(fmt="iso", utc=True), _name(service, role)]
    to_json = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, _frames_only, _allow_list, to_json],
        wrapper_class=structlog.make_filtering_bound_logger(_level(level)),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout), cache_logger_on_first_use=False)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _foreign], use_get_message=False,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _allow_list, to_json]))
    _route_libraries(handler)
    sys.excepthook = _crashed
    threading.excepthook = lambda given: _crashed(given.exc_type, given.exc_value, given.exc_traceback)


def get_logger() -> Any:
    return structlog.get_logger()


def bind_correlation(correlation_id: str) -> None:
    """Every later line of this thread (or green thread) carries it."""
    structlog.contextvars.bind_contextvars(correlation_id=correlation_id)


def scrub(text: str) -> str:
    """For words of others (a library's message): no long numbers, no addresses of mail, 1,000 characters at most."""
    return _DIGITS.sub("#", _EMAIL.sub("@", text[:1000]))


def _level(name: str) -> int:
    return logging.getLevelNamesMapping().get(name.upper(), logging.INFO)


def _route_libraries(handler: logging.Handler) -> None:
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _LIBRARIES:
        library = logging.getLogger(name)
        library.handlers[:] = []
        library.propagate = True
        library.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # else a message that does not fit its arguments is shown with them


def _crashed(kind: type[BaseException], error: BaseException | None, trace: Any) -> None:
    """In place of Python's own report, which tells what the exception said."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
    elif not issubclass(kind, SystemExit):
        get_logger().critical("crashed", exc_info=error or kind())


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


def _foreign(logger: Any, method: str, event: Event) -> Event:
    """A line of a library: its name, its message without the arguments (they may be anything), the place of an
    error."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    event["event"] = type(record.msg).__name__ if isinstance(record.msg, BaseException) else str(record.msg)
    event.pop("stack_info", None)
    return _frames_only(logger, method, event)


def _allow_list(_logger: Any, _method: str, event: Event) -> Event:
    for key, value in event.items():
        if isinstance(value, BaseException):
            event[key] = type(value).__name__
        elif key not in ALLOWED or not isinstance(value, str | int | float | None):
            event[key] = REDACTED
        elif key in _SCRUBBED:
            event[key] = scrub(str(value))
    return event
