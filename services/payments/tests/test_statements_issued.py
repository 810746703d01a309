"""Statements as they are issued: once for each case and month, never altered, and replaced only by a next number."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.domain.statement import Issued, IssueStatement, StatementIssued, decide, evolve, issued
from payments.runs.charges import Charges
from payments.runs.statements import Statements
from payments.runs.workers import carry_out

MARCH, LATER = date(2026, 3, 1), date(2026, 4, 2)


def issue(total: int, *, anew: bool = False) -> IssueStatement:
    return IssueStatement("2001", MARCH, LATER, {"total_cents": total}, anew)


def was_issued(total: int, number: int = 1, replaces: int | None = None) -> StatementIssued:
    return StatementIssued("2001", MARCH, number, replaces, LATER, {"total_cents": total})


@pytest.mark.parametrize(("given_events", "when", "then"), [
    ([], issue(100), [was_issued(100)]),
    ([was_issued(100)], issue(100), []),
    ([was_issued(100)], issue(90), []),
    ([was_issued(100)], issue(100, anew=True), []),
    ([was_issued(100)], issue(90, anew=True), [was_issued(90, 2, 1)]),
    ([was_issued(100), was_issued(90, 2, 1)], issue(100, anew=True), [was_issued(100, 3, 2)]),
], ids=["the first", "the same again", "a correction alters nothing", "anew, but nothing is new", "anew", "and anew"])
def test_a_statement_is_issued_once(given_events, when, then):
    assert decide(when, issued.fold(given_events)) == then


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12))
def test_numbers_have_no_gaps_and_each_names_the_one_before(asked):
    state, told = Issued(), []
    for total, anew in asked:
        for event in decide(issue(total, anew=anew), state):
            state = evolve(state, event)
            told.append(event)
    assert [event.number for event in told] == list(range(1, len(told) + 1))
    assert [event.replaces for event in told] == [None, *range(1, len(told))][:len(told)]
    assert all(one.told != other.told for one, other in pairwise(told))


@pytest.fixture
def run_statements(app):
    def run(month=MARCH, **options):
        report = carry_out(app, Statements(month, LATER, options.pop("anew", False)), batch=1, **options)
        return report.changed

    return run


@pytest.fixture
def march(owing, take, line, app):
    carry_out(app, Charges(MARCH))
    take("collections", line(1, amount="130.00"))


def statements(published):
    return [data for type_, data in published() if type_ == "payments.statement_issued.v1"]


def test_the_run_tells_each_cases_statement_once(march, run_statements, published):
    assert run_statements(dry_run=True) == 3
    assert statements(published) == []
    assert (run_statements(), run_statements()) == (3, 0)
    (mine,) = [told for told in statements(published) if told["case_id"] == "2001"]
    assert (mine["month"], mine["number"], mine["replaces"], mine["issued_on"]) == ("2026-03-01", 1, None, "2026-04-02")
    assert [(row["amount_cents"], row["source"], row["method"]) for row in mine["payments"]] == [
        (130_00, "INCOME_WITHHOLDING", "EFT")]
    assert mine["coupon"]["participant_id"] == "1000000001"


def test_a_month_before_anything_was_owed_has_none(march, run_statements, published):
    assert run_statements(date(2025, 12, 1)) == 0
    assert statements(published) == []


def test_a_correction_alters_nothing_and_anew_replaces(march, run_statements, published, take, line):
    run_statements()
    take("collections", line(2, amount="20.00", on=date(2026, 3, 9)))
    assert run_statements() == 0
    assert run_statements(anew=True) == 1, "only the case whose statement would say something else"
    first, second = [told for told in statements(published) if told["case_id"] == "2001"]
    assert (first["number"], second["number"], second["replaces"]) == (1, 2, 1)
    assert len(second["payments"]) == len(first["payments"]) + 1
