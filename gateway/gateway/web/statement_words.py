"""A statement in words: what its page and its PDF say, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.paper.statement import Coupon, Entries, Figures, Pair, StatementContent
from gateway.view.statements import Entry, Statement, ToPay
from gateway.web.formats import month_in_text
from gateway.web.portal import text, visitor
from gateway.web.words import day, money, said


def content(of: Statement, label: str) -> StatementContent:
    """`label` is what its case is called."""
    about = [f"{text('payments.of_case', number=label)}. {said('balances.role', of.role)}",
             text("statements.period", first=day(of.since), last=day(of.until)),
             text("statements.issued", date=day(of.issued_on))]
    return StatementContent(text("statements.one.title", month=_month(of)), about, list(_notes(of)),
                            list(_figures(of)), list(_entries(of)), _coupon(of.to_pay, of, label))


def _notes(of: Statement) -> Iterator[str]:
    if of.number > 1:
        yield text("statements.replaces")
    if of.total < 0:
        yield text("statements.more_paid")


def _figures(of: Statement) -> Iterator[Figures]:
    yield Figures(text("statements.came"), list(_changes(of)),
                  (text("statements.balance", date=day(of.until)), money(of.total)))
    parts = [(text("statements.current_due", month=_month(of)), money(of.current_due)),
             (text("balances.past_due"), money(of.past_due)), (text("balances.interest"), money(of.interest))]
    if of.ahead:
        parts.append((text("balances.ahead"), money(-of.ahead)))
    yield Figures(text("statements.made_of"), parts, (text("balances.total"), money(of.total)))
    if of.to_pay and (asked := list(_asked(of.to_pay))):
        yield Figures(text("statements.to_pay"), asked)


def _changes(of: Statement) -> Iterator[Pair]:
    yield text("statements.previous"), money(of.previous)
    for charge in of.charges:
        yield text("statements.charge", kind=said("kind", charge.kind or "other")), money(charge.amount_cents)
    yield text("statements.paid"), money(-of.paid)
    if of.adjusted or of.adjustments:
        yield text("statements.adjusted"), money(of.adjusted)
    if of.interest_posted:
        yield text("statements.interest_posted"), money(of.interest_posted)


def _asked(to_pay: ToPay) -> Iterator[Pair]:
    if to_pay.coupon > 0:
        yield text("statements.coupon.due"), money(to_pay.coupon)
    if to_pay.asked:
        yield text("statements.asked"), money(to_pay.asked)
    if to_pay.to_avoid_interest:
        yield text("statements.to_avoid_interest"), money(to_pay.to_avoid_interest)


def _entries(of: Statement) -> Iterator[Entries]:
    how = [text("payments.made.how")] if of.to_pay else []
    yield Entries(text("statements.paid"), [text("payments.made.on"), *how, text("payments.amount")],
                  [[_when(one), *([_how(one)] if of.to_pay else []), money(one.amount_cents)]
                   for one in of.payments], text("statements.paid.none"))
    if of.adjustments:
        headings = [text(key) for key in ("statements.adjusted.on", "statements.adjusted.why", "statements.kind",
                                          "payments.amount")]
        yield Entries(text("statements.adjusted"), headings, [
            [_when(one, taken_back=False), said("statements.reason", one.reason or "other"),
             said("kind", one.kind or "other"), money(one.amount_cents)] for one in of.adjustments], "")


def _how(one: Entry) -> str:
    kind, code = one.paid_by
    return said(f"made.{kind}", code)


def _month(of: Statement) -> str:
    return month_in_text(visitor().language, of.month)


def _when(one: Entry, *, taken_back: bool = True) -> str:
    on = day(one.on) if one.on else ""
    return text("statements.taken_back", date=on) if taken_back and one.taken_back else on


def _coupon(of: ToPay | None, whole: Statement, label: str) -> Coupon | None:
    """None where nothing is asked for."""
    if of is None or of.coupon <= 0:
        return None
    case = whole.case_id if label == whole.case_id else f"{whole.case_id} ({label})"
    return Coupon(text("statements.coupon"), text("statements.coupon.note"), [
        (text("help.term.participant_id"), of.participant_id), (text("payments.case"), case),
        (text("statements.coupon.due"), money(of.coupon))], text("statements.coupon.to"), of.address)
