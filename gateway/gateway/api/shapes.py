"""What answers are made of: a code with its words, cents, days, times, and the base of all answers out of the view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, fields

from gateway.web import words
from gateway.web.portal import visitor


class Answer(Schema):
    """The base of what is said. It may say more one day, so nobody is promised that it will not."""

    class Meta:
        unknown = EXCLUDE


class Said(Answer):
    code = fields.String(required=True, metadata={
        "description": "For the program. New codes may come; whatever you do not know, show by its `text`."})
    text = fields.String(required=True, metadata={"description": "For the reader, in the language of the answer."})


class CaseName(Answer):
    id = fields.String(required=True, metadata={"description": "The number of the case with us."})
    label = fields.String(required=True, metadata={
        "description": "What the case is called: the court's number where there is one, else ours."})


class OfTheView(Answer):
    """Of every answer out of our records."""

    as_of = fields.DateTime(required=True, allow_none=True, metadata={
        "description": "When our records were last brought up to date (UTC); null where nothing has come in yet. "
                       "Show it with every figure."})
    language = fields.String(required=True, metadata={"description": "Of the words in this answer: `en` or `es`."})


def cents(about: str) -> fields.Integer:
    return fields.Integer(required=True, metadata={"description": f"{about} Integer cents of US dollars."})


def day(about: str, *, or_none: bool = False) -> fields.Date:
    return fields.Date(required=True, allow_none=or_none, metadata={"description": f"{about} A day, ISO 8601."})


def month(about: str) -> fields.String:
    return fields.String(required=True, allow_none=True, metadata={"description": f"{about} ISO 8601, `2026-02`."})


def word(about: str, *, or_none: bool = False) -> fields.String:
    return fields.String(required=True, allow_none=or_none, metadata={"description": about})


def said(about: str, *codes_of: str, or_none: bool = False) -> fields.Nested:
    """A code with its words; `codes_of` are the beginnings of the keys that its texts have."""
    codes = {"x-codes": list(codes_of)} if codes_of else {}
    return fields.Nested(Said, required=True, allow_none=or_none, metadata={"description": about, **codes})


def part(schema: type[Schema], about: str, *, or_none: bool = False) -> fields.Nested:
    return fields.Nested(schema, required=True, allow_none=or_none, metadata={"description": about})


def many(schema: type[Schema], about: str) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), required=True, metadata={"description": about})


def coded(prefix: str, code: str) -> Mapping[str, str]:
    """For `said`: as a page says it, so what is new to us is `other` here too."""
    return {"code": words.known(prefix, code), "text": words.said(prefix, code)}


def named(case_id: str, labels: Mapping[str, str]) -> Mapping[str, str]:
    return {"id": case_id, "label": labels.get(case_id, case_id)}


def of_the_view(as_of: datetime | None, **answer: Any) -> Mapping[str, Any]:
    return {"as_of": as_of and as_of.astimezone(UTC), "language": visitor().language, **answer}


def in_month(on: date) -> str:
    return f"{on:%Y-%m}"
