"""What can be chosen on the command line, in the words of the domain."""

from __future__ import annotations

from enum import StrEnum

from cases.agency import tokens
from cases.domain import request


class Kind(StrEnum):
    CONTACT_UPDATE = request.CONTACT_UPDATE
    OTHER_PARTY_REPORT = request.OTHER_PARTY_REPORT
    RESCHEDULE = request.RESCHEDULE


class Status(StrEnum):
    RECEIVED = request.RECEIVED
    IN_REVIEW = request.IN_REVIEW
    ANSWERED = request.ANSWERED


class Code(StrEnum):
    DONE = "done"
    RESCHEDULED = "rescheduled"
    COULD_NOT_VERIFY = "could_not_verify"
    NEED_MORE = "need_more"
    NOT_POSSIBLE = "not_possible"
    SEE_MESSAGE = request.SEE_MESSAGE


class Scope(StrEnum):
    READ = tokens.READ
    ANSWER = tokens.ANSWER


class Format(StrEnum):
    CSV = "csv"
    NDJSON = "ndjson"
