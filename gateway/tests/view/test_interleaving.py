"""No order holds across publishers: whatever the interleaving and the batches, the same facts end in the same rows."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from eventkit.public import Envelope
from eventkit.rebuild import fingerprint
from gateway.view.projections import PROJECTIONS, apply_of, read_model

from ..conftest import Database, empty
from ..facts import Facts

PEOPLE = ("1000000001", "1000000002", "1000000003")
CASES = ("C1", "C2")


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
        for step in draw(st.lists(st.sampled_from(["held", "applied", "reversed"]), max_size=3)):
            getattr(facts, step)(f"R{number}", payor, *([draw(cases)] if step == "applied" else []))
    for number in range(draw(st.integers(0, 4))):
        payee = draw(people)
        facts.issued(f"D{number}", payee, draw(cases))
        for status in draw(st.lists(st.sampled_from(["cleared", "returned", "reissued"]), max_size=2)):
            facts.status(f"D{number}", payee, status)
    for case in draw(st.lists(cases, max_size=3)):
        facts.case(case, [draw(people)], [draw(people)], name="case_changed")
    for person in draw(st.lists(people, max_size=3)):
        facts.pin_changed(person)
    return facts.told


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
