"""What must hold after anything that can happen: the books agree with themselves and with the accounts of the cases."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from eventkit.decider import Decider
from eventkit.events import decode_state, encode_state
from payments.domain.account.account import account
from payments.domain.account.state import Account
from payments.domain.disbursement import disbursement
from payments.domain.family import family
from payments.domain.receipt import receipt
from payments.domain.words import Destination, Kind, registry
from payments.ledger.chart import CHART
from payments.ledger.postings import entries_of
from payments.rules.interest import accrued
from payments.rules.months import month_of, next_month
from payments.rules.pass_through import cap
from payments.rules.service_fee import SERVICE_FEE
from payments.testing.desk import Desk

CODES = {found.code for found in CHART}
DECIDERS: dict[str, Decider] = {found.name: found for found in (account, receipt, disbursement, family)}

MAY_BE_OVERDRAWN = ("L:PAYABLE_CP", "L:PAYABLE_GOV", "L:REFUND_NCP", "A:SDU_CASH", "L:OWED_TO", "A:RECV_NCP")
"""Accounts that may stand on their other side, and why. PAYABLE_CP: a disbursement was reported before its collection
(checked: by `sent_ahead` at most). PAYABLE_GOV, REFUND_NCP: it was sent, and the receipt it came from was reversed.
SDU_CASH: both of these. RECV_NCP and OWED_TO: only their account of what was paid ahead (kind ADVANCE)."""


def code_of(name: str) -> str:
    return ":".join(name.split(":")[:2])


def entries_balance(desk: Desk, since: int) -> None:
    for entry in desk.books.entries[since:]:
        assert sum(line.cents for line in entry.lines) == 0, entry
        assert all(line.cents and code_of(line.account) in CODES for line in entry.lines), entry
    causes = [entry.cause for entry in desk.books.entries]
    assert len(set(causes)) == len(causes), "an event makes each of its entries once"


def sides_agree(desk: Desk, balances: dict[str, int]) -> None:
    """The invariants of domain.md §3.10."""
    for case in desk.known.open_by_case:
        owed = sum(cents for name, cents in balances.items() if name.startswith(f"A:RECV_NCP:{case}:"))
        owned = sum(cents for name, cents in balances.items()
                    if name.startswith("L:OWED_TO:") and name.split(":")[3] == case)
        assert owed == -owned, f"{case}: what is owed is what will be owned"
    total: Counter[str] = Counter()
    for name, cents in balances.items():
        total[code_of(name)] += cents
    assert total["A:SDU_CASH"] == -(total["L:UNIDENTIFIED"] + total["L:UNDISTRIBUTED"] + total["L:PAYABLE_CP"]
                                    + total["L:PAYABLE_GOV"] + total["L:REFUND_NCP"] + total["R:FEES"]
                                    ) - total["A:RECV_CP_OVERPAY"], "cash is whose it is"


def nothing_is_overdrawn(balances: dict[str, int]) -> None:
    for name, cents in balances.items():
        if code_of(name) not in MAY_BE_OVERDRAWN or (name.startswith(("A:RECV_NCP", "L:OWED_TO"))
                                                     and ":ADVANCE:" not in name):
            assert cents > 0 if name.startswith("A:") else cents < 0, (name, cents)
        if ":ADVANCE:" in name:
            assert cents < 0 if name.startswith("A:") else cents > 0, (name, cents)


def accounts_agree(desk: Desk, balances: dict[str, int]) -> None:
    """What the case's account says stands in the journal, account by account, and nothing else does."""
    for case in desk.known.open_by_case:
        state = desk.account(case)
        expected = Counter({f"A:RECV_CP_OVERPAY:{case}": state.overpayment,
                            f"L:PAYABLE_CP:{case}": state.sent_ahead - sum(lot.cents for lot in state.lots)})
        for found in state.installments.values():
            expected[f"A:RECV_NCP:{case}:{found.kind}:{found.bucket}:prin"] += found.open
        for interest in state.interest.values():
            expected[f"A:RECV_NCP:{case}:{interest.kind}:{interest.bucket}:int"] += interest.open
        for owner, cents in state.advances.items():
            expected[f"A:RECV_NCP:{case}:ADVANCE:{owner}:prin"] -= cents
        kept = {name: cents for name, cents in balances.items()
                if name.startswith((f"A:RECV_NCP:{case}:", f"A:RECV_CP_OVERPAY:{case}", f"L:PAYABLE_CP:{case}"))}
        wrong = {name: (kept.get(name, 0), expected.get(name, 0)) for name in {*kept, *expected}
                 if kept.get(name, 0) != expected.get(name, 0)}
        assert not wrong, f"journal, account: {wrong}"


def debts_are_whole(state: Account) -> None:
    for found in state.installments.values():
        assert 0 <= found.open <= found.charged, found
    for interest in state.interest.values():
        assert 0 <= interest.credited <= interest.posted and interest.brought >= 0, interest
    assert all(cents >= 0 for cents in state.advances.values()), state.advances
    assert not any(found.open and state.advances.get(found.bucket.owner) for found in state.installments.values()
                   ), "what was paid ahead pays what is open"
    assert state.sent_ahead >= 0 and state.kept >= 0 and all(cents > 0 for cents in state.overpaid.values())
    assert all(lot.cents > 0 for lot in state.lots)
    assert not (state.lots and state.sent_ahead), "what was sent ahead takes the lots"
    most = max(entry.value.cents for entry in SERVICE_FEE)
    assert all(0 <= cents <= most for cents in state.fees.values())
    assert all(cents >= 0 for cents in state.collected_for_family.values()), state.collected_for_family


def interest_is_what_it_would_be(state: Account) -> None:
    """Counted anew from all that is known now, up to the month that was posted last; less only where it was paid."""
    if state.interest_through is None:
        return
    until = next_month(state.interest_through)
    for known in state.interest.values():
        mine = [(i.due, i.movements) for i in state.installments.values()
                if (i.obligation_id, i.bucket) == (known.obligation_id, known.bucket)]
        due = accrued(mine, until, state.obligations[known.obligation_id].interest)
        assert known.posted - known.brought == max(due, known.credited - known.brought), known


def receipts_are_whole(desk: Desk) -> None:
    kept: Counter[str] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    for stream, state in desk.books.states.items():
        if not stream.startswith("receipt-") or state.reversal:
            continue
        assert state.waiting == 0, f"every cent of {stream} is distributed or held"
        held = [hold for hold in state.all_holds if hold.share is None]
        assert all(share.cents > 0 for event in state.distributions for share in event.shares)
        assert all(hold.cents > 0 for hold in held)
        for event in state.distributions:
            for through in event.passed:
                passed[through.family_id, month_of(event.received_on).isoformat()] += through.cents
            for share in event.shares:
                if share.to is Destination.GOVERNMENT and share.kind is not Kind.FEE:
                    kept[share.case_id] += share.cents
    for case in desk.known.open_by_case:
        assert desk.account(case).kept == kept[case]
    used = {(stream.removeprefix("family-"), month): cents for stream, state in desk.books.states.items()
            if stream.startswith("family-") for month, cents in state.used.items() if cents}
    assert used == {key: cents for key, cents in passed.items() if cents}
    for (_, month), cents in used.items():
        assert cents <= cap(date.fromisoformat(month), 2)[0], "the family's cap of a month"


def replay_is_the_same(desk: Desk) -> None:
    """From JSON, as it is stored: the same states, snapshots and entries."""
    entries = []
    for stream, events in desk.books.streams.items():
        decider = DECIDERS[stream.partition("-")[0]]
        state = decider.initial
        for version, event in enumerate(events, start=1):
            name, schema, data = registry.encode(event)
            again = registry.decode(name, schema, json.loads(json.dumps(data)))
            assert again == event
            state = decider.evolve(state, again)
            entries += entries_of(state, [again], stream, version)
        assert state == desk.books.states[stream]
        if decider.snapshots:
            assert decode_state(json.loads(json.dumps(encode_state(state))), type(state)) == state
    def key(entry):
        return entry.cause.stream, entry.cause.version, entry.cause.part

    assert sorted(entries, key=key) == sorted(desk.books.entries, key=key)


def reversals_leave_no_money(desk: Desk) -> None:
    """Of a receipt that was taken back nothing stands in the accounts of money; what of it had left is owed back."""
    standing: dict[str, Counter[str]] = {}
    for entry in desk.books.entries:
        if entry.cause.stream.startswith("receipt-"):
            found = standing.setdefault(entry.cause.stream, Counter())
            for line in entry.lines:
                found[line.account] += line.cents
    for stream, found in standing.items():
        if desk.books.states[stream].reversal:
            assert not any(found.values()), (stream, found)
