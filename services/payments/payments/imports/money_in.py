"""Money that came in: collections, whose they are, whose they should have been, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from feedkit.feed import Line, Refused
from payments.bookkeeping import Books
from payments.distributing import Distributing
from payments.domain.account.account import account
from payments.domain.family import family
from payments.domain.receipt import IdentifyCollection, Receipt, ReceiveCollection, ReverseCollection, receipt
from payments.domain.words import ReversalReason, Source
from payments.imports import columns, refusals
from payments.imports.reading import Reading, Taken, digest, key
from payments.parties import Directory

SETTLES_AHEAD = timedelta(days=7)
"""How far ahead of today a bank may tell what settles in the coming days; anything later is a wrong date."""


class Collections(Reading):
    name, names, remembers, of = "collections", columns.COLLECTIONS, False, receipt

    def preload(self, books: Books, lines: Sequence[Line], known: Directory) -> None:
        payors = {who for line in lines if (who := payor_of(line, known))}
        _preload_cases(books, {case for who in payors for case in known.paying_in.get(who, ())}, known)

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        if line.values["received_on"] > work.today + SETTLES_AHEAD:
            return refusals.RECEIVED_IN_THE_FUTURE
        return _not_the_payors(line, work.known)

    def take(self, work: Distributing, line: Line) -> Taken:
        cells = line.values
        command = ReceiveCollection(
            payor_of(line, work.known), cells["case_id"], cells["amount"], cells["received_on"], cells["posted_on"],
            Source(cells["source"]), cells["method"], digest(line), bool(cells["joint_return"]))
        return bool(work.receive(key(line), command).events)


class OfReceipts(Reading):
    """Lines whose id is that of a receipt that is known; its payor and cases are looked up from it."""

    remembers, of = False, receipt

    def people(self, books: Books, line: Line) -> Iterable[str]:
        payor_id = _receipt(books, line).payor_id
        return [*super().people(books, line), *([payor_id] if payor_id else [])]

    def cases(self, books: Books, line: Line) -> Iterable[str]:
        return {*super().cases(books, line), *(ref.case_id for distributed in _receipt(books, line).distributions
                                               for ref in distributed.credits)}

    def preload(self, books: Books, lines: Sequence[Line], known: Directory) -> None:
        cases = {case for line in lines for case in self.cases(books, line)}
        payors = {who for line in lines for who in self.people(books, line)}
        _preload_cases(books, cases | {case for who in payors for case in known.paying_in.get(who, ())}, known)


class Identifications(OfReceipts):
    name, names = "identifications", columns.IDENTIFICATIONS

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        return _not_the_payors(line, work.known)

    def take(self, work: Distributing, line: Line) -> Taken:
        command = IdentifyCollection(line.values["payor_id"], line.values["case_id"], work.today)
        return bool(work.identify(key(line), command).events)


class Reallocations(OfReceipts):
    """What was distributed wrongly is taken back and distributed to these cases only; a line counts once."""

    name, names, remembers = "reallocations", columns.REALLOCATIONS, True

    def cases(self, books: Books, line: Line) -> Iterable[str]:
        return {*super().cases(books, line), *line.values["case_ids"]}

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        named, payor_id = line.values["case_ids"], _receipt(work.books, line).payor_id
        if not named or not all(work.known.open_by_case.get(case) for case in named):
            return refusals.NOT_AN_OPEN_CASE
        if payor_id and not all(payor_id in work.known.payors.get(case, ()) for case in named):
            return refusals.NOT_A_CASE_OF_ITS_PAYOR
        return None

    def take(self, work: Distributing, line: Line) -> Taken:
        return bool(work.reallocate(key(line), list(dict.fromkeys(line.values["case_ids"]))).events)


class Reversals(OfReceipts):
    name, names = "reversals", columns.REVERSALS

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        return refusals.REVERSED_IN_THE_FUTURE if line.values["reversed_on"] > work.today + SETTLES_AHEAD else None

    def take(self, work: Distributing, line: Line) -> Taken:
        command = ReverseCollection(line.values["reversed_on"], ReversalReason(line.values["reason"]))
        return bool(work.reverse(key(line), command).events)


def payor_of(line: Line, known: Directory) -> str | None:
    """Whom the sender named, or the only one who pays in the case it named."""
    payor_id, case_id = line.values["payor_id"], line.values["case_id"]
    found: str | None = payor_id or (known.only_payor(case_id) if case_id else None)
    return found


def _receipt(books: Books, line: Line) -> Receipt:
    found: Receipt = books.state(receipt, key(line))
    return found


def _not_the_payors(line: Line, known: Directory) -> Refused | None:
    payor_id, case_id = line.values["payor_id"], line.values["case_id"]
    if payor_id and payor_id not in known.participants:
        return refusals.UNKNOWN_PAYOR
    if case_id and case_id not in known.open_by_case:
        return refusals.UNKNOWN_CASE
    if payor_id and case_id and not known.had_role(case_id, payor_id, "payor"):
        return refusals.NOT_THE_PAYOR
    return None


def _preload_cases(books: Books, cases: Iterable[str], known: Directory) -> None:
    wanted = sorted(cases)
    books.preload(account, wanted)
    books.preload(family, sorted({known.payees[case][0] for case in wanted if known.payees.get(case)}))
