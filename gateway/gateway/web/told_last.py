"""What became of a last payment, as one plain sentence."""

from __future__ import annotations

from gateway.view.payment_rows import Made, Received, Sent
from gateway.web.portal import text
from gateway.web.words import day, money, said, stories, told


def made_last(row: Made, case_id: str | None = None) -> str:
    """Of a payment that was divided, the part of that case."""
    amount = row.by_case.get(case_id, row.amount_cents) if case_id else row.amount_cents
    values: dict[str, str | None] = {
        "amount": money(amount), "whole": money(row.amount_cents), "date": day(row.on),
        "on": day(row.reversed_on) if row.reversed_on else None,
        "why": said("made.held", row.waiting[0].what) if row.waiting else None}
    code = row.status
    if row.status == "reversed":
        code = f"reversed.{(row.reversal_reason or 'other').lower()}"
    elif row.status == "applied" and amount != row.amount_cents:
        code = "applied.part"
    return told("overview.made", code, values)


def sent_last(row: Sent) -> str:
    return told("overview.sent", row.status, {
        "amount": money(row.amount_cents), "date": day(row.on), "how": said("overview.by", row.method),
        "on": day(row.status_on) if row.status_on else None})


def received_last(row: Received) -> str:
    if row.taken_back_on:
        return text("overview.received.taken_back", amount=money(row.amount_cents), date=day(row.on),
                    on=day(row.taken_back_on))
    went = "; ".join(stories().piece_text("received.went", piece) for piece in row.went)
    return text("overview.received", amount=money(row.amount_cents), date=day(row.on), went=went)
