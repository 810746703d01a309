"""Money that was sent, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feedkit.feed import Line, Refused
from payments.bookkeeping import Books
from payments.distributing import Distributing
from payments.domain.account.account import account
from payments.domain.account.commands import DrawLots, RestoreLots
from payments.domain.account.events import LotsDrawn
from payments.domain.disbursement import (
    Disbursement,
    Payment,
    ReportDisbursement,
    comes_back,
    disbursement,
    sends,
)
from payments.domain.words import Method, PayeeType, Status
from payments.imports import columns, refusals
from payments.imports.reading import Reading, Taken, digest, key
from payments.parties import Directory

_GOVERNMENTS = {kind.value: kind for kind in (PayeeType.STATE, PayeeType.COUNTY, PayeeType.FEDERAL)}


class Disbursements(Reading):
    name, names, remembers, of = "disbursements", columns.DISBURSEMENTS, False, disbursement

    def preload(self, books: Books, lines: Sequence[Line], known: Directory) -> None:
        books.preload(account, sorted({line.values["case_id"] for line in lines if line.values["case_id"]}))

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        cells, payee_type, known = line.values, _type(line), work.known
        if payee_type.value in _GOVERNMENTS:
            return None if cells["payee_id"] == payee_type else refusals.NOT_THE_GOVERNMENT
        if cells["payee_id"] not in known.participants:
            return refusals.UNKNOWN_PAYEE
        if payee_type is PayeeType.PAYOR:
            return None
        if not cells["case_id"]:
            return refusals.CASE_MISSING
        if cells["case_id"] not in known.open_by_case:
            return refusals.UNKNOWN_CASE
        if not known.had_role(cells["case_id"], cells["payee_id"], "payee"):
            return refusals.NOT_THE_PAYEE
        return None

    def take(self, work: Distributing, line: Line) -> Taken:
        books, disbursement_id = work.books, key(line)
        command, before = _command(line), books.state(disbursement, disbursement_id)
        previewed = disbursement.decide(command, before)  # raises Rejected before the account is touched
        if command.payment.payee_type is PayeeType.FAMILY and sends(previewed, before):
            command = _drawn(books, disbursement_id, command)
        outcome = books.decide(disbursement, disbursement_id, command)
        if command.payment.payee_type is PayeeType.FAMILY and comes_back(outcome.events, before):
            _restore(books, disbursement_id, outcome.state, command)
        return bool(outcome.events)


def _type(line: Line) -> PayeeType:
    return PayeeType(line.values["payee_type"] or PayeeType.FAMILY)


def _command(line: Line) -> ReportDisbursement:
    cells = line.values
    payment = Payment(_type(line), cells["payee_id"], cells["case_id"], cells["amount"], Method(cells["method"]))
    return ReportDisbursement(payment, cells["issued_on"], Status(cells["status"]),
                              cells["status_on"] or cells["issued_on"],
                              digest(line, without=("issued_on", "status", "status_on")))


def _drawn(books: Books, disbursement_id: str, command: ReportDisbursement) -> ReportDisbursement:
    assert command.payment.case_id, "a family's disbursement has its case"
    drawing = DrawLots(disbursement_id, command.issued_on, command.payment.amount_cents)
    (drawn,) = books.follow(account, command.payment.case_id, drawing).events
    assert isinstance(drawn, LotsDrawn), "drawing draws"
    return replace(command, lots=drawn.lots, ahead=drawn.ahead)


def _restore(books: Books, disbursement_id: str, state: Disbursement, command: ReportDisbursement) -> None:
    assert command.payment.case_id, "a family's disbursement has its case"
    lots, ahead = state.drawn
    books.follow(account, command.payment.case_id,
                 RestoreLots(disbursement_id, command.status_on, lots, ahead))
