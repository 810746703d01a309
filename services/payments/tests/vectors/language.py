"""The words a vector is told in: each pattern is a kind of line, and the function beside it does or checks it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

from payments.domain.account import commands as ask
from payments.domain.receipt import IdentifyCollection
from payments.domain.words import Bucket, Convention, HoldReason, Kind, Program, ReversalReason, Source, Status
from payments.rules.interest import InterestTerms
from payments.testing.desk import PAYOR, Desk

MONEY, DAY, CASE, WORD = r"([\d,]+\.\d\d)", r"(\d{4}-\d\d-\d\d)", r"(c\d)", r"(\w+)"
SHORT = {"$": MONEY, "@": DAY, "#": CASE, "%": WORD}
"""In the patterns below."""


class Told:
    """A desk with the cases a vector names, and what the lines need to remember of each other."""

    def __init__(self, text: str, family: str) -> None:
        cases = tuple(sorted(set(re.findall(r"\bc\d\b", text)) or {"c1"}))
        families = {case: "shared" if case in family.split() else f"family-{case}" for case in cases}
        self.desk = Desk(cases, families=families)
        self.sent: dict[str, tuple[str, int, str]] = {}
        self.corrections = 0

    def tell(self, line: str, lines: list[tuple[re.Pattern[str], Callable[..., None]]]) -> None:
        for pattern, act in lines:
            if found := pattern.fullmatch(line):
                act(self, *found.groups())
                return
        raise AssertionError(f"no line is told like this: {line!r}")

    def correction(self) -> str:
        self.corrections += 1
        return f"K{self.corrections}"


def cents(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def listed(text: str) -> dict[str, int]:
    """"FAMILY 100.00, FEE 35.00" as cents by word."""
    return {word: cents(amount) for word, amount in (part.split() for part in text.split(", "))} if text else {}


def _order(told, case, kind, amount, since, until, counted, percent, no_grace):
    terms = InterestTerms(Convention.MONTHLY_12 if counted else Convention.DAILY_365,
                          int(percent) * 100 if percent else None, not no_grace)
    told.desk.obligation(cents(amount), since, case=case, kind=Kind(kind), ends_on=until, interest=terms)


def _bring(told, case, kind, amount, due, bucket, interest):
    told.desk.tell(ask.BringCharge(kind, Kind(kind), date.fromisoformat(due), cents(amount),
                                   Bucket(bucket) if bucket else None, bool(interest)), case)


def _pay(told, amount, on, source, joint, unknown):
    told.desk.pay(cents(amount), on, source=Source(source or "INCOME_WITHHOLDING"), joint=bool(joint),
                  payor=None if unknown else PAYOR)


def _identify(told, receipt_id, on):
    told.desk.work.identify(receipt_id, IdentifyCollection(PAYOR, None, date.fromisoformat(on)))


def _reallocate(told, receipt_id, cases, on):
    told.desk.work.today = date.fromisoformat(on)
    told.desk.work.reallocate(receipt_id, cases.split())


def _send(told, case, amount, on, name):
    told.sent[name] = (case, cents(amount), on)
    told.desk.send(cents(amount), on, case=case, disbursement_id=name)


def _status(told, name, status, on):
    case, amount, issued = told.sent[name]
    told.desk.send(amount, issued, case=case, disbursement_id=name, status=Status(status), status_on=on)


def _command(make: Callable[..., object]) -> Callable[..., None]:
    return lambda told, case, *values: told.desk.tell(make(told, *values), case)


def _lines(*pairs):
    found = []
    for text, act in pairs:
        for short, long in SHORT.items():
            text = text.replace(short, long)
        found.append((re.compile(text), act))
    return found


_day = date.fromisoformat
DOING = _lines(
    (r"order # % $ from @(?: until @)?( monthly/12)?(?: at (\d+) percent)?( without grace)?", _order),
    (r"bring # % $ due @(?: in %)?( as interest)?", _bring),
    (r"charge (\d{4}-\d\d)", lambda told, month: told.desk.charge(f"{month}-01")),
    (r"interest (\d{4}-\d\d)", lambda told, month: told.desk.interest(f"{month}-01")),
    (r"aid # % for (\d+) from @", _command(lambda _, program, children, on: ask.StartAid(
        Program(program), _day(on), int(children)))),
    (r"aid # ends @", _command(lambda _, on: ask.EndAid(_day(on)))),
    (r"assistance # $ in @", _command(lambda told, amount, on: ask.RecordAssistance(
        _day(on), cents(amount), told.correction()))),
    (r"correct # % @ to $", _command(lambda told, name, due, amount: ask.CorrectCharge(
        told.correction(), name, _day(due), cents(amount)))),
    (r"paid directly # $ on @", _command(lambda told, amount, on: ask.CreditDirectPayment(
        told.correction(), _day(on), cents(amount)))),
    (r"compromise # $ on @", _command(lambda told, amount, on: ask.CompromiseDebt(
        told.correction(), _day(on), cents(amount)))),
    (r"hold # % on @", _command(lambda _, reason, on: ask.HoldPayouts(HoldReason(reason), _day(on)))),
    (r"resume # % on @", _command(lambda _, reason, on: ask.ResumePayouts(HoldReason(reason), _day(on)))),
    (r"consent # (\d+) percent on @", _command(lambda _, share, on: ask.ConsentToRecoupment(
        "letter", _day(on), int(share) * 100))),
    (r"pay $ on @(?: from %)?( joint)?( unknown)?", _pay),
    (r"identify % on @", _identify),
    (r"bounce % on @", lambda told, receipt_id, on: told.desk.bounce(receipt_id, on)),
    (r"take back % on @ as %", lambda told, receipt_id, on, why: told.desk.bounce(receipt_id, on, ReversalReason(why))),
    (r"release % hold (\d+) on @", lambda told, receipt_id, hold, on: told.desk.release(receipt_id, int(hold), on)),
    (r"reallocate % to ((?:c\d ?)+) on @", _reallocate),
    (r"send # $ on @ as %", _send),
    (r"status % % on @", _status),
)


def _equal(found: object, expected: object) -> None:
    assert found == expected, f"found {found}, expected {expected}"


def _installment(told, case, name, due, amount):
    _equal(told.desk.account(case).installments[f"{name}|{due}"].open, cents(amount))


def _buckets(told, case, expected):
    found: Counter[str] = Counter()
    for installment in told.desk.account(case).installments.values():
        found[installment.bucket] += installment.open
    _equal({bucket.value: amount for bucket, amount in found.items() if amount}, listed(expected))


def _interest_buckets(told, case, expected):
    found: Counter[str] = Counter()
    for interest in told.desk.account(case).interest.values():
        found[interest.bucket] += interest.open
    _equal({bucket.value: amount for bucket, amount in found.items() if amount}, listed(expected))


def _hold(told, receipt_id, number, reason, amount, until):
    holds = {hold.number: hold for hold in told.desk.receipt(receipt_id).holds}
    hold = holds[int(number)]
    _equal((hold.reason.value, hold.cents, hold.until.isoformat() if hold.until else None),
           (reason, cents(amount), until))


def _stands(told, name, amount):
    balance = told.desk.balance(name)
    _equal(balance if name.startswith("A:") else -balance, cents(amount.lstrip("-")) * (-1 if amount[0] == "-" else 1))


CHECKING = _lines(
    (r"% pays (.+)", lambda told, receipt_id, text: _equal(told.desk.paid(receipt_id), listed(text))),
    (r"% goes (.+)", lambda told, receipt_id, text: _equal(told.desk.to(receipt_id), listed(text))),
    (r"% to cases (.+)", lambda told, receipt_id, text: _equal(told.desk.by_case(receipt_id), listed(text))),
    (r"% hold (\d+) % $(?: until @)?", _hold),
    (r"% has no holds", lambda told, receipt_id: _equal(told.desk.receipt(receipt_id).holds, ())),
    (r"# owes $", lambda told, case, amount: _equal(told.desk.owed(case), cents(amount))),
    (r"# principal(?: (.+))?", lambda told, case, text: _buckets(told, case, text)),
    (r"# interest(?: (.+))?", lambda told, case, text: _interest_buckets(told, case, text)),
    (r"# % @ open $", _installment),
    (r"# payable $", lambda told, case, amount: _stands(told, f"L:PAYABLE_CP:{case}", amount)),
    (r"# overpaid $", lambda told, case, amount: _stands(told, f"A:RECV_CP_OVERPAY:{case}", amount)),
    (r"# ahead $", lambda told, case, amount: _equal(sum(told.desk.account(case).advances.values()), cents(amount))),
    (r"# pool $", lambda told, case, amount: _equal(told.desk.account(case).pool, cents(amount))),
    (r"([AL]:[\w:-]+|R:FEES) stands at (-?[\d,]+\.\d\d)", _stands),
)
