"""What an app may send: fields whose errors are keys of our texts, and bodies that hold nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser

from gateway.api.problems import Refusal

LONGEST = 64
"""Of what is typed, as in the forms of the pages."""


MESSAGES: Final[dict[str, str | list[Any] | dict[Any, Any]]] = {
    "required": "api.field.required", "null": "api.field.required", "invalid": "api.field.text",
    "invalid_utf8": "api.field.text"}


class Typed(fields.String):
    """A text that somebody typed."""

    def __init__(self, description: str, *, longest: int = LONGEST, **options: Any) -> None:
        about = {"description": description, **options.pop("metadata", {})}
        options.setdefault("validate", validate.Length(max=longest, error="api.field.long"))
        super().__init__(metadata=about, error_messages=MESSAGES, **options)


class Choice(Typed):
    def __init__(self, description: str, *choices: str, **options: Any) -> None:
        super().__init__(description, validate=validate.OneOf(choices, error="api.field.choice"), **options)


class Day(Typed):
    def __init__(self, description: str, **options: Any) -> None:
        super().__init__(f"{description} A day, ISO 8601: `2026-03-31`.", validate=_is_day,
                         metadata={"format": "date"}, **options)


def _is_day(text: str) -> None:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text):
            return
    except ValueError:
        pass
    raise ValidationError("api.field.day")


class Flag(fields.Boolean):
    """True or false, and nothing that only looks like it."""

    def __init__(self, description: str, **options: Any) -> None:
        super().__init__(metadata={"description": description}, error_messages={
            **MESSAGES, "invalid": "api.field.flag"}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Sent(Schema):
    """The base of what is sent: a field that is not named here is an error, not ignored."""

    error_messages = {"unknown": "api.field.unknown", "type": "api.field.body"}  # noqa: RUF012  of marshmallow


class Asked(Sent):
    """What every endpoint takes in its address."""

    lang = Choice("Language of the words in the answer; wins over `Accept-Language`.", "en", "es")


class Parser(FlaskParser):
    """Whatever json cannot read is the sender's mistake, and so is a mistyped name in an address."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": None, "query": RAISE}  # noqa: RUF012  of webargs

    def load_json(self, req: Any, schema: Any) -> Any:
        try:
            return super().load_json(req, schema)
        except (ValueError, RecursionError):  # a number too long to read, brackets too deep
            raise Refusal("bad_json") from None
