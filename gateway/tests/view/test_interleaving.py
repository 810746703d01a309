"""No order holds across publishers: whatever the interleaving and the batches, the same facts end in the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from eventkit.public import Envelope
from eventkit.rebuild import fingerprint
from gateway.view.projections import PROJECTIONS, apply_of, read_model

from ..conftest import Database, empty
from ..facts import Facts, share

PEOPLE = ("1000000001", "1000000002", "1000000003")
CASES = ("C1", "C2")
COMING = "2026-11-01"

Tell = Callable[[Facts, str, str, str], object]
OF_A_PAYMENT: Mapping[str, Tell] = {
    "identified": lambda facts, receipt, payor, _case: facts.identified(receipt, payor),
    "held": lambda facts, receipt, payor, _case: facts.held(receipt, payor, cents=900),
    "found": lambda facts, receipt, payor, _case: facts.released(receipt, payor, None, 900, "no_case"),
    "applied": lambda facts, receipt, payor, case: facts.distributed(
        receipt, payor, share(case, 700), share(case, 300, to="GOVERNMENT"),
        share(case, 100, to="HELD", hold="dispute"),
        share(case, 200, "FUTURE", "HELD", kind=None, due=None, hold="futures", until=COMING)),
    "settled": lambda facts, receipt, payor, case: facts.released(receipt, payor, case, 100, "dispute", "FAMILY"),
    "month": lambda facts, receipt, payor, case: facts.released(receipt, payor, case, 200, "futures"),
    "month applied": lambda facts, receipt, payor, case: facts.distributed(
        receipt, payor, share(case, 150, due=COMING),
        share("-", 50, "NOTHING", "HELD", kind=None, hold="overcollection"), month=COMING),
    "refunded": lambda facts, receipt, payor, _case: facts.released(
        receipt, payor, None, 50, "overcollection", "REFUND"),
    "undone": lambda facts, receipt, payor, _case: facts.undone(receipt, payor),
    "reversed": lambda facts, receipt, payor, _case: facts.reversed(receipt, payor),
}


@st.composite
def histories(draw: st.DrawFn) -> list[Envelope]:
    """A life-like past of all publishers, in the order it happened."""
    facts = Facts()
    people, cases = st.sampled_from(PEOPLE), st.sampled_from(CASES)
    for person in PEOPLE:
        facts.account(person)
        facts.participant(person, draw(st.sampled_from(["en", "es"])))
    for case in CASES:
        facts.case(case, [draw(people)], [draw(people)])
    for number in range(draw(st.integers(1, 6))):
        payor = draw(people)
        facts.received(f"R{number}", draw(st.sampled_from([payor, None])), draw(st.integers(1, 99_999)))
        for step in draw(st.lists(st.sampled_from(list(OF_A_PAYMENT)), max_size=4)):
            OF_A_PAYMENT[step](facts, f"R{number}", payor, draw(cases))
    owed_and_sent(draw, facts)
    shown_of_cases(draw, facts)
    for case in draw(st.lists(cases, max_size=3)):
        facts.case(case, [draw(people)], [draw(people)], name="case_changed")
    for person in draw(st.lists(people, max_size=3)):
        facts.pin_changed(person)
    return facts.told


def owed_and_sent(draw: st.DrawFn, facts: Facts) -> None:
    people, cases = st.sampled_from(PEOPLE), st.sampled_from(CASES)
    months = st.sampled_from(["2026-09-01", "2026-10-01", "2026-11-01"])
    for case in draw(st.lists(cases, max_size=4)):
        facts.obligation(case, draw(st.integers(0, 50_000)), draw(months))
        facts.liquidation(case, draw(st.integers(0, 5_000)), draw(months))
        facts.debt(case, ("principal", draw(months), draw(st.sampled_from([-500, 500]))), ("interest", None, 7))
    for case in draw(st.lists(cases, max_size=4)):
        payors = draw(st.lists(people, max_size=2))
        facts.statement(case, payors, draw(months), previous=draw(st.integers(-900, 900)),
                        paid=(("2026-10-21", draw(st.sampled_from(["UIB", "FEDERAL_TAX", None])), 300),),
                        adjusted=(("2026-10-09", draw(st.sampled_from(["charge_corrected", "unheard_of"])), -50),))
    for number in range(draw(st.integers(0, 4))):
        payee = draw(people)
        for status in draw(st.sampled_from([["pending"], ["pending", "issued"], ["issued"]])):
            facts.issued(f"D{number}", payee, draw(cases), status=status)
        for status in draw(st.lists(st.sampled_from(["cleared", "returned", "reissued"]), max_size=2)):
            facts.status(f"D{number}", payee, status)


def shown_of_cases(draw: st.DrawFn, facts: Facts) -> None:
    people, cases, texts = st.sampled_from(PEOPLE), st.sampled_from(CASES), st.sampled_from(["1••• St", "2••• St"])
    for person in draw(st.lists(people, max_size=3)):
        facts.profile(person, address=draw(texts))
        facts.appointment(f"A{draw(st.integers(0, 1))}", person, draw(st.none() | cases),
                          status=draw(st.sampled_from(["scheduled", "confirmed", "cancelled"])))
        status = draw(st.sampled_from(["received", "answered"]))
        facts.request(f"CC-0000-000{draw(st.integers(0, 1))}", person, status=status)
    for case in draw(st.lists(cases, max_size=3)):
        facts.details(case, assistance=draw(st.sampled_from(["current", "never"])))
        facts.order(case, f"O{draw(st.integers(0, 1))}")
        modes = {f"p{person}": "remote" for person in draw(st.lists(people, max_size=2))}
        facts.hearing(f"H{draw(st.integers(0, 1))}", case, status=draw(st.sampled_from(["set", "vacated"])), **modes)


@st.composite
def interleaved(draw: st.DrawFn, told: Sequence[Envelope]) -> list[list[Envelope]]:
    """Batches of one publisher each, each publisher's in order, the publishers in any order."""
    queues = {name: [event for event in told if event.source == f"/{name}"] for name in PROJECTIONS}
    batches = []
    while waiting := sorted(name for name, queue in queues.items() if queue):
        name = draw(st.sampled_from(waiting))
        size = draw(st.integers(1, len(queues[name])))
        batches.append(queues[name][:size])
        del queues[name][:size]
    return batches


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_interleaving_ends_in_the_same_rows(database: Database, data: st.DataObject) -> None:
    told = data.draw(histories())
    assert after(database.engine, data.draw(interleaved(told))) == after(database.engine, [[e] for e in told])


def after(engine: Engine, batches: Sequence[Sequence[Envelope]]) -> str:
    empty(engine)
    for batch in batches:
        with engine.begin() as conn:
            apply_of(batch[0].source.strip("/"))(conn, batch)
    with engine.connect() as conn:
        return fingerprint(conn, read_model())
