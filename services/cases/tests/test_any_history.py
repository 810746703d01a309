"""Whatever the agency says, in whatever order: what counts is what it said last, and saying it again is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.domain.case import CaseChanged, RecordCase, case
from cases.domain.participant import RecordParticipant, UpdateContact, participant
from cases.domain.profile import Details, changed_fields
from cases.domain.protected import Protected
from cases.domain.registry import registry
from eventkit.decider import Rejected

TODAY = date(2026, 11, 20)
# few contents and many encryptions of each
fields = st.builds(Protected, st.text("abcdef", min_size=8, max_size=8), st.sampled_from(["k1.1", "k1.2"]))
details = st.builds(Details, st.sampled_from(["en", "es"]), fields, st.none() | fields, st.booleans(),
                    email=st.none() | fields, ssn=st.none() | fields)
people = st.lists(st.sampled_from(["11", "22", "33"]), max_size=3).map(tuple)
records = st.builds(RecordCase, st.just("1"), st.sampled_from(["06001", "06037"]), st.none() | st.just("FL-1"),
                    st.sampled_from(["open", "closed"]), st.dates(date(2026, 11, 1), date(2026, 11, 30)), people,
                    people, st.just(TODAY))


@given(st.lists(details, min_size=1))
@settings(deadline=None)
def test_a_participant_is_what_was_said_last(said):
    events = []
    for each in said:
        events += participant.decide(RecordParticipant("0123456789", each), participant.fold(events))
    state = participant.fold(events)
    assert changed_fields(state.details, said[-1]) == ()
    assert not participant.decide(RecordParticipant("0123456789", said[-1]), state)
    for before, after in pairwise(events):
        assert changed_fields(before.details, after.details) == after.changed != ()


@given(st.lists(records, min_size=1))
@settings(deadline=None)
def test_a_case_is_what_was_said_last_of_what_can_be_and_who_joined_and_left_adds_up(said):
    events, last = [], None
    for command in said:
        try:
            events += case.decide(command, case.fold(events))
            last = command
        except Rejected:
            continue
    state = case.fold(events)
    assert state.details == (last.details() if last else None)
    if last:
        assert not case.decide(replace(last, today=date(2027, 1, 1)), state)
        parties = set(events[0].details.parties)
        for event in events[1:]:
            assert isinstance(event, CaseChanged)
            assert set(event.left) <= parties and not set(event.joined) & parties
            parties = parties - set(event.left) | set(event.joined)
        assert parties == set(state.details.parties)


own_fields = {"address": fields, "email": fields | st.none(), "phone_home": fields | st.none(),
              "employer": fields | st.none(), "language": st.sampled_from(["en", "es"])}
typed = st.dictionaries(st.sampled_from(sorted(own_fields)), st.none(), min_size=1).flatmap(
    lambda names: st.fixed_dictionaries({name: own_fields[name] for name in names}))
full = st.builds(Details, own_fields["language"], st.just(Protected("k1.n", "k1.1")), fields, st.booleans(),
                 email=own_fields["email"], phone_home=own_fields["phone_home"], employer=own_fields["employer"])
histories = st.lists(st.tuples(st.just("agency"), full, st.sampled_from([frozenset(), frozenset({"phone_home"})]))
                     | st.tuples(st.just("self"), typed, st.none()), max_size=10)


@given(first=full, said=histories)
@settings(deadline=None)
def test_each_field_is_what_was_said_last_that_was_new(first, said):
    """Of a field counts what the participant said, until the agency says something else than it did before."""
    events = [*participant.decide(RecordParticipant("1", first), participant.initial)]
    value = {name: first.content(name) for name in own_fields}
    agency = dict(value)
    for who, what, unsaid in said:
        if who == "self":
            events += _unless_refused(UpdateContact("1", what, "s1.x", {}, "CC-1", TODAY), events)
            value |= {name: replace(first, **{name: new}).content(name) for name, new in what.items()}
        else:
            command = RecordParticipant("1", what, unsaid)
            events += participant.decide(command, participant.fold(events))
            for name in set(own_fields) - unsaid:
                if what.content(name) != agency[name]:
                    value[name] = agency[name] = what.content(name)
            assert not participant.decide(command, participant.fold(events)), "and saying it again is nothing"
        state = participant.fold(events)
        assert {name: state.details.content(name) for name in own_fields} == value
        decoded = [registry.decode(*registry.encode(event)) for event in events]
        assert participant.fold(decoded) == state, "also as it is stored"


def _unless_refused(command, events):
    try:
        return participant.decide(command, participant.fold(events))
    except Rejected:
        return []


@given(first=full, typed=fields, said=st.lists(full, max_size=4))
@settings(deadline=None)
def test_an_address_is_self_changed_until_the_agency_gives_another(first, typed, said):
    """The rule that keeps a temporary PIN from going to an address its reader gave."""
    events = [*participant.decide(RecordParticipant("1", first), participant.initial)]
    events += _unless_refused(UpdateContact("1", {"address": typed}, "s1.x", {}, "CC-1", TODAY), events)
    for each in said:
        events += participant.decide(RecordParticipant("1", each), participant.fold(events))
        now = participant.fold(events).details
        told = {other.content("address") for other in (first, *said)}
        if typed.mark not in told:
            assert (now.address_self_changed_on == TODAY) == (now.content("address") == typed.mark)
        if now.content("address") != typed.mark:
            assert now.address_self_changed_on is None
