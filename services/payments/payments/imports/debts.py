"""What is owed: orders, schedules for arrears, charges from elsewhere, corrections, assistance, consents and holds."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from eventkit.decider import Rejected
from feedkit.feed import Line, Refused
from payments.bookkeeping import Books
from payments.distributing import Distributing
from payments.domain.account.account import account
from payments.domain.account.commands import (
    AccountCommand,
    BringCharge,
    CompromiseDebt,
    ConsentToRecoupment,
    CorrectCharge,
    CreditDirectPayment,
    EndAid,
    HoldPayouts,
    RecordAssistance,
    ResumePayouts,
    SetLiquidation,
    SetObligation,
    StartAid,
)
from payments.domain.words import Bucket, Convention, Frequency, HoldReason, Kind, Program
from payments.imports import columns, refusals
from payments.imports.reading import Cells, Reading, Taken, key
from payments.parties import Directory
from payments.rules.frequency import monthly_cents
from payments.rules.interest import InterestTerms


class OfAccounts(Reading):
    """Each line is one command to the account of its case."""

    def preload(self, books: Books, lines: Sequence[Line], known: Directory) -> None:
        books.preload(account, sorted({line.values["case_id"] for line in lines}))

    def refuse(self, work: Distributing, line: Line) -> Refused | None:
        return None if line.values["case_id"] in work.known.open_by_case else refusals.UNKNOWN_CASE

    def take(self, work: Distributing, line: Line) -> Taken:
        command = self.command(line.values, key(line))
        if isinstance(command, Refused):
            return command
        return bool(work.books.decide(account, line.values["case_id"], command).events)

    @abstractmethod
    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused: ...


class Orders(OfAccounts):
    name, names = "orders", columns.ORDERS

    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused:
        grace = cells["interest_grace"]
        terms = InterestTerms(Convention(cells["interest_convention"] or Convention.DAILY_365),
                              cells["interest_percent"], True if grace is None else grace)
        cents = monthly_cents(cells["amount"], Frequency(cells["frequency"]))
        return SetObligation(cells["obligation_id"], cells["order_id"], Kind(cells["kind"]), cells["effective_on"],
                             cents, cells["ends_on"], terms)


class Liquidations(OfAccounts):
    name, names = "liquidations", columns.LIQUIDATIONS

    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused:
        return SetLiquidation(cells["effective_on"], cells["amount"])


class Charges(OfAccounts):
    name, names = "charges", columns.CHARGES

    def take(self, work: Distributing, line: Line) -> Taken:
        try:
            return super().take(work, line)
        except Rejected as rejected:
            if rejected.code == "duplicate_id":
                return refusals.CHARGED_THAT_DAY
            raise

    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused:
        return BringCharge(cells["obligation_id"], Kind(cells["kind"]), cells["due_on"], cells["amount"],
                           Bucket(cells["bucket"]) if cells["bucket"] else None, cells["part"] == "interest")


class Corrections(OfAccounts):
    name, names = "corrections", columns.CORRECTIONS

    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused:
        match cells["what"]:
            case "charge":
                if not cells["obligation_id"]:
                    return refusals.OBLIGATION_MISSING
                return CorrectCharge(line_key, cells["obligation_id"], cells["on"], cells["amount"])
            case "direct_payment":
                return CreditDirectPayment(line_key, cells["on"], cells["amount"])
            case _:
                return CompromiseDebt(line_key, cells["on"], cells["amount"])


class Assistance(OfAccounts):
    name, names = "assistance", columns.ASSISTANCE

    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused:
        match cells["what"]:
            case "started":
                if not cells["program"] or not cells["children"]:
                    return refusals.PROGRAM_MISSING
                return StartAid(Program(cells["program"]), cells["on"], int(cells["children"]))
            case "ended":
                return EndAid(cells["on"])
            case _:
                if not cells["amount"]:
                    return refusals.AMOUNT_MISSING
                return RecordAssistance(cells["on"].replace(day=1), cells["amount"], line_key)


class Holds(OfAccounts):
    name, names = "holds", columns.HOLDS

    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused:
        hold = HoldPayouts if cells["what"] == "hold" else ResumePayouts
        return hold(HoldReason(cells["reason"]), cells["on"])


class Consents(OfAccounts):
    name, names = "consents", columns.CONSENTS

    def command(self, cells: Cells, line_key: str) -> AccountCommand | Refused:
        return ConsentToRecoupment(cells["document"], cells["on"], cells["percent"])
