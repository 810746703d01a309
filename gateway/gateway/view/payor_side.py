"""What a payor may see of a payment: which debts it paid, what of it waits and why, and the steps that explain it.

Whether the family gets assistance is not the payor's to know, and where the money goes would tell. So destinations,
buckets and most rules are left out; a part that is held for the family counts as paid, and a payment for a coming
month is "paid ahead", whether it has to wait for that month or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventkit.public import Envelope
from gateway.view.folding import Row
from gateway.view.steps import Step, step, without

# That a refund was a federal one is federal tax information: the view does not know which tax authority paid.
_SOURCES = {"FEDERAL_TAX": "TAX_REFUND", "STATE_TAX": "TAX_REFUND"}
WAITING = ("unidentified", "no_case", "no_obligation", "overcollection")
"""Why all or some of a payment waits, of what the payor may know."""
RULES = ("order.interest_first", "order.principal_first")
"""The rules a payor may be told of; others speak of assistance or of tax refunds."""
REVERSALS = ("NSF", "MISAPPLIED")
_DEBTS = ("CURRENT", "ARREARS", "INTEREST", "FUTURE")
_PAST = frozenset({"ARREARS", "INTEREST"})


def received(event: Envelope) -> Row:
    data = event.data
    return {
        "receipt_id": data["receipt_id"], "viewer_id": data.get("payor_id"),
        "received_on": data["received_on"], "posted_on": data["posted_on"], "amount_cents": data["amount_cents"],
        "source": without_tax_authority(data["source"]), "method": data["method"], "status": "received",
        "paid": [], "waiting": [], "reversed_on": None, "reversal_reason": None,
        "steps": [step("received", on=data["received_on"], amount_cents=data["amount_cents"])],
    }


def without_tax_authority(source: str) -> str:
    return _SOURCES.get(source, source)


def identified(row: Row, event: Envelope) -> Row:
    """A payment that was held because nobody knew whose it was is now its payor's."""
    return {"viewer_id": event.data["payor_id"], "steps": [*row["steps"], step("identified", on=event.data["on"])]}


def held(row: Row, event: Envelope) -> Row:
    cents = event.data["amount_cents"]
    if row["paid"] and _total(row["paid"]) + cents > row["amount_cents"]:
        return {}  # of a part that was paid ahead, and still is for its payor
    reason = _known(event.data["reason"], WAITING)
    waiting = [*row["waiting"], {"reason": reason, "amount_cents": cents, "until": None}]
    return _changed(row, [step(f"held.{reason}", amount_cents=cents)], waiting=waiting)


def distributed(row: Row, event: Envelope) -> Row:
    data, steps = event.data, []
    over = [share for share in data["shares"] if share["debt"] == "NOTHING"]
    if data["applied_on"] == data["received_on"]:
        parts = _parts(data["shares"])
        paid = _merged([*row["paid"], *parts])
        steps += _paid_steps(parts, data["rules"])
    else:  # what was paid ahead, in the month it was for: it stays what it is, but for what nothing is owed for
        paid = without(row["paid"], _total(over), debt="FUTURE")
    waiting = [*row["waiting"], *({"reason": "overcollection", "amount_cents": share["amount_cents"],
                                   "until": share["until"]} for share in over)]
    steps += [step("held.overcollection", amount_cents=share["amount_cents"], until=share["until"]) for share in over]
    return _changed(row, steps, viewer_id=data["payor_id"], paid=paid, waiting=waiting)


def released(row: Row, event: Envelope) -> Row:
    data = event.data
    if data["reason"] not in WAITING:
        return {}  # between the agency and the family
    refunded = [step("refunded", on=data["on"], amount_cents=data["amount_cents"])] if data["to"] == "REFUND" else []
    return _changed(row, refunded, waiting=without(row["waiting"], data["amount_cents"], reason=data["reason"]))


def undone(row: Row, event: Envelope) -> Row:
    return _changed(row, [step("undone", on=event.data["on"])], paid=[], waiting=[])


def reversed_(row: Row, event: Envelope) -> Row:
    """The payment stays visible to whom it was credited to, with what became of it."""
    data, reason = event.data, _known(event.data["reason"], REVERSALS).upper()
    steps = [step(f"reversed.{reason.lower()}", on=data["reversed_on"], amount_cents=data["amount_cents"])]
    return _changed(row, steps, waiting=[], reversed_on=data["reversed_on"], reversal_reason=reason)


def _changed(row: Row, steps: Iterable[Step], **changes: Any) -> Row:
    changes["steps"] = [*row["steps"], *steps]
    return {**changes, "status": _status({**row, **changes})}


def _status(row: Row) -> str:
    if row["reversed_on"]:
        return "reversed"
    if row["paid"]:
        return "applied"
    if row["waiting"]:
        return "held"
    return "refunded" if any(step["code"] == "refunded" for step in row["steps"]) else "received"


def _parts(shares: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Only what is paid: where it goes would tell of assistance, so shares that differ in nothing else are one."""
    return _merged({"case_id": share["case_id"], "debt": share["debt"], "kind": share["kind"], "due": share["due"],
                    "amount_cents": share["amount_cents"]} for share in shares if share["debt"] != "NOTHING")


def _merged(parts: Iterable[Row]) -> list[Row]:
    """In an order of our own: that of the shares follows from who is owed the money."""
    found: dict[tuple[Any, ...], int] = {}
    for part in parts:
        key = tuple(part[name] for name in ("case_id", "debt", "due", "kind"))
        found[key] = found.get(key, 0) + part["amount_cents"]
    merged = [{"case_id": case_id, "debt": debt, "kind": kind, "due": due, "amount_cents": cents}
              for (case_id, debt, due, kind), cents in found.items()]
    return sorted(merged, key=lambda part: (part["case_id"], _rank(part["debt"]), part["due"] or "",
                                            part["kind"] or ""))


def _paid_steps(parts: Sequence[Row], rules: Sequence[str]) -> list[Step]:
    if not parts:
        return []
    divided = [step("divided")] if len({part["case_id"] for part in parts}) > 1 else []
    past = any(part["debt"] in _PAST for part in parts)
    return [*divided, step("paid", parts=list(parts)), *(step(rule) for rule in RULES if past and rule in rules)]


def _known(word: str, words: Sequence[str]) -> str:
    """A word that nobody has decided on is not shown."""
    return word if word in words else "other"


def _rank(debt: str) -> int:
    return _DEBTS.index(debt) if debt in _DEBTS else len(_DEBTS)


def _total(parts: Iterable[Mapping[str, Any]]) -> int:
    return sum(part["amount_cents"] for part in parts)
