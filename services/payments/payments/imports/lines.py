"""From a line of a file to the command it means, or why it means none."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from eventkit.decider import Decider
from feedkit.feed import Line, Refused
from payments.domain.disbursement import (
    ChangeDisbursementStatus,
    DisbursementCommand,
    IssueDisbursement,
    ReportDisbursement,
    disbursement,
)
from payments.domain.receipt import ReceiptCommand, ReceiveCollection, ReverseCollection, receipt
from payments.domain.words import Method, ReversalReason, Source, Status
from payments.imports import refusals
from payments.parties import Directory

Command = ReceiptCommand | DisbursementCommand


@dataclass(frozen=True)
class Reading(ABC):
    """How the lines of one kind of file are read."""

    decider: Decider[Any, Any, Any]
    participant: str | None
    """The column that names a participant."""

    @abstractmethod
    def command(self, line: Line, known: Directory) -> Command | Refused:
        """The command a line stands for, or why it stands for none."""


class Collections(Reading):
    def command(self, line: Line, known: Directory) -> Command | Refused:
        cells = line.values
        payor_id, case_id = cells["payor_id"], cells["case_id"]
        if payor_id and payor_id not in known.participants:
            return refusals.UNKNOWN_PAYOR
        if case_id and case_id not in known.open_by_case:
            return refusals.UNKNOWN_CASE
        if payor_id and case_id and not known.had_role(case_id, payor_id, "payor"):
            return refusals.NOT_THE_PAYOR
        if case_id and not payor_id:
            payor_id = known.only_payor(case_id)
        return ReceiveCollection(
            payor_id, case_id, cells["amount"], cells["received_on"], cells["posted_on"], Source(cells["source"]),
            cells["method"], _digest(line), known.paying_in.get(payor_id, ()) if payor_id else ())


class Reversals(Reading):
    def command(self, line: Line, known: Directory) -> Command | Refused:
        return ReverseCollection(line.values["reversed_on"], ReversalReason(line.values["reason"]))


class Disbursements(Reading):
    def command(self, line: Line, known: Directory) -> Command | Refused:
        cells = line.values
        if cells["payee_id"] not in known.participants:
            return refusals.UNKNOWN_PAYEE
        if cells["case_id"] not in known.open_by_case:
            return refusals.UNKNOWN_CASE
        if not known.had_role(cells["case_id"], cells["payee_id"], "payee"):
            return refusals.NOT_THE_PAYEE
        issue = IssueDisbursement(cells["payee_id"], cells["case_id"], cells["amount"], cells["issued_on"],
                                  Method(cells["method"]), _digest(line, without={"status", "status_on"}))
        status = Status(cells["status"])
        if status is Status.ISSUED:
            return ReportDisbursement(issue, None)
        return ReportDisbursement(issue, ChangeDisbursementStatus(status, cells["status_on"] or cells["issued_on"]))


def _digest(line: Line, without: frozenset[str] | set[str] = frozenset()) -> str:
    """Stands for what the sender wrote, so that the same id with other content is noticed."""
    content = "|".join(f"{name}={value}" for name, value in sorted(line.values.items()) if name not in without)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


COLLECTIONS = Collections(receipt, "payor_id")
REVERSALS = Reversals(receipt, None)
DISBURSEMENTS = Disbursements(disbursement, "payee_id")
